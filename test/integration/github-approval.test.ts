import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyReviews, type ReviewApprovalInput } from '../../src/operations/approval/review-approval.ts';
import { verifyGitApproval } from '../../src/operations/approval/git-approval.ts';
import { verifyPlanFolder } from '../../src/adapters/git/plan-folder.ts';
import { readConfiguration } from '../../src/operations/reading/read-configuration.ts';
import { GitRepository } from '../../src/adapters/git/repository.ts';
import { APPROVAL_SPOILERS } from '../support/e2e/approval-spoilers.ts';
import { buildPeople } from '../support/e2e/people.ts';
import { mergePullRequest, type MergeMethod } from '../support/e2e/pull-request.ts';
import { ORGANISATION, World } from '../support/e2e/world.ts';
import { GITHUB_FAULTS } from '../support/github-faults.ts';
import { REPOSITORY } from '../support/github-shapes.ts';
import { tryTimes, type Trial } from '../support/trials.ts';
import { readBranchesOf } from '../support/read-ledger-of.ts';
import { startGithubStub, type GithubStub, type StubbedPullRequest } from '../support/github-stub.ts';

const TOKEN = 'ghs_CanaryOfTheToken7f31';
const RESOURCES = {
  'the pull requests of the commit': /\/commits\/[0-9a-f]{40}\/pulls/,
  'the pull request': /\/pulls\/7$/,
  'the reviews': /\/reviews/,
  'the commits': /\/pulls\/7\/commits/,
  'the permission of the reviewer': /\/permission$/,
};

/** A real plan, merged in a real repository, and GitHub's API from a stub. */
describe.each(['merge', 'squash', 'rebase'] satisfies MergeMethod[])('approval through GitHub after a %s', (how) => {
  let world: World;
  let stub: GithubStub;
  let input: ReviewApprovalInput;
  let good: StubbedPullRequest;

  beforeAll(async () => {
    stub = await startGithubStub();
    world = await World.create({ people: buildPeople(3) });
    const reviews = `{ forge: github, repository: ${REPOSITORY}, apiUrl: "${stub.url}" }`;
    await world.configure((text) => `${text}approval: { reviews: ${reviews} }\n`);
    const planned = await world.plan('--bootstrap');
    expect(planned.exitCode, planned.stderr).toBe(0);
    ({ stubbed: good } = await mergePullRequest(world, stub, { how }));
    input = await buildInput(world);
  });

  afterAll(async () => {
    await world.close();
    await stub.close();
  });

  beforeEach(() => {
    stub.pullRequests = [structuredClone(good)];
    stub.requests.length = 0;
    stub.permissions.clear();
    stub.fault = () => false;
  });

  it('approves what was reviewed', async () => {
    expect(await verifyReviews(input)).toMatchObject({
      forge: 'github',
      proposal: 7,
      reviews: [{ login: 'rita-reviewer' }],
    });
    expect(stub.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it.each(Object.entries(APPROVAL_SPOILERS))('refuses: %s', async (_, spoil) => {
    spoil(stub.pullRequests[0]!, stub);
    await expectNotApproved(input);
  });

  it('refuses if the commit that brought the plan belongs to no pull request', async () => {
    stub.pullsOf.set(input.merge.planCommit, []);
    await expectNotApproved(input);
    stub.pullsOf.clear();
  });

  if (how !== 'squash') return;

  it('refuses after any fault of GitHub, in the answer to any of the questions', async () => {
    const cells = Object.entries(RESOURCES).flatMap(([name, url]) =>
      Object.entries(GITHUB_FAULTS).map(([fault, spoil]) => ({ where: `${fault}, for ${name}`, url, spoil })),
    );
    const limits = { id: 'R14', unit: 'faulty answers', goal: cells.length, normal: 50 } as const;
    await tryTimes(limits, async ({ number, count }) => {
      // Coprime to their number: any share of the trials meets all kinds of faults and all questions.
      const { where, url, spoil } = cells[(number * 37) % cells.length]!;
      let hits = 0;
      stub.fault = (response, request) => {
        if (!url.test(request.url.split('?')[0] ?? '')) return false;
        hits += 1;
        return spoil(response, request);
      };
      await expectNotApproved(input, count);
      expect(hits, where).toBe(1);
    });
  });

  it('reads everything again in the next apply, and approves once GitHub works again', async () => {
    stub.fault = GITHUB_FAULTS['status 503']!;
    await expectNotApproved(input);
    stub.fault = () => false;
    expect(await verifyReviews(input)).not.toBeNull();
  });

  it('needs to know the repository, from the configuration or from the git remote', async () => {
    const { approval } = input.configuration;
    const reviews = { forge: 'github', apiUrl: stub.url, minimum: 1, repository: null } as const;
    const configuration = { ...input.configuration, approval: { ...approval, reviews } };
    await expect(verifyReviews({ ...input, configuration })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
    });
    expect(stub.requests).toEqual([]);
  });

  it('asks nobody if approval.reviews is not configured', async () => {
    const { approval } = input.configuration;
    const configuration = { ...input.configuration, approval: { ...approval, reviews: null } };
    expect(await verifyReviews({ ...input, configuration })).toBeNull();
    expect(stub.requests).toEqual([]);
  });
});

async function buildInput(world: World): Promise<ReviewApprovalInput> {
  const git = await GitRepository.open(world.repository);
  const configuration = await readConfiguration(git.root, ORGANISATION);
  const verified = await verifyPlanFolder(git, ORGANISATION, await world.newestPlan());
  const branches = await readBranchesOf(git, ORGANISATION);
  const merge = await verifyGitApproval(git, branches, { verified, configuration });
  const environment = { GITHUB_TOKEN: TOKEN };
  return {
    git,
    verified,
    configuration,
    merge,
    authors: [],
    environment,
    userAgent: 'zivver-gitops/0.0.0',
    timeoutMs: 200,
  };
}

async function expectNotApproved(input: ReviewApprovalInput, count?: Trial['count']): Promise<void> {
  const error: unknown = await verifyReviews(input).catch((thrown: unknown) => thrown);
  count?.('approved wrongly', Number(!(error instanceof Error)));
  expect(error).toMatchObject({ code: 'APPROVAL_MISSING', exitCode: 30 });
  const { message, remedy, problems } = error as { message: string; remedy: string; problems: unknown[] };
  expect(problems.length).toBeGreaterThan(0);
  expect(JSON.stringify([message, remedy, problems])).not.toContain('Canary');
}
