import { factAbout } from '../support/plan-builder.ts';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BeginRecord } from '../../src/model/schema/generated/ledger.ts';
import type { CliResult } from '../support/e2e/cli.ts';
import { APPROVAL_SPOILERS } from '../support/e2e/approval-spoilers.ts';
import { readPlan, replacePlan } from '../support/e2e/edit-plan.ts';
import { buildPeople, changePeople } from '../support/e2e/people.ts';
import { approver, mergePullRequest } from '../support/e2e/pull-request.ts';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import { API_KEY, ORGANISATION, World } from '../support/e2e/world.ts';
import { buildReview, REPOSITORY } from '../support/github-shapes.ts';
import { startGithubStub, type GithubStub } from '../support/github-stub.ts';

const TOKEN = 'ghs_CanaryOfTheToken7f31';
const NOT_APPROVED = { exitCode: 30, code: 'APPROVAL_MISSING' } as const;

/** Six managed people, reviews on GitHub required; the open plan suspends one and creates one. */
let base: World;
let stub: GithubStub;

beforeAll(async () => {
  stub = await startGithubStub();
  const people = buildPeople(6);
  base = await World.createSettled({ people });
  await base.configure(
    (text) =>
      `${text}approval: { reviews: { forge: github, repository: ${REPOSITORY}, apiUrl: "${stub.url}/", minimum: 1 } }\n`,
  );
  await base.writeDirectory([...changePeople(people, [2], () => ({ disabled: true })), ...buildPeople(1, 2)]);
  expectEnd(await base.plan(), 0);
});

afterAll(async () => {
  await base.close();
  await stub.close();
});

async function forkFresh(): Promise<World> {
  stub.pullRequests = [];
  stub.requests.length = 0;
  stub.permissions.clear();
  stub.fault = () => false;
  return base.fork();
}

function apply(world: World, token: string | null = TOKEN): Promise<CliResult> {
  const secrets = { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity };
  return world.call(['apply'], { ...secrets, GITHUB_TOKEN: token ?? undefined, GITHUB_TOKEN_FILE: undefined });
}

async function expectApplied(world: World): Promise<void> {
  expectEnd(await apply(world), 0);
  expect(world.writes()).toHaveLength(2);
}

test.each(['merge', 'squash', 'rebase'] as const)('a reviewed pull request is applied after a %s', async (how) => {
  const world = await forkFresh();
  const { head, stubbed } = await mergePullRequest(world, stub, { how });
  await expectApplied(world);
  const begin = await readBegin(world);
  expect(begin.approval.reviews).toEqual({
    forge: 'github',
    proposal: 7,
    url: `https://github.com/${REPOSITORY}/pull/7`,
    head,
    reviews: [{ login: 'rita-reviewer', id: String(stubbed.reviews[0]?.id), commit: head, at: '2026-11-23T10:40:00Z' }],
  });
  expect(
    stub.requests.every(({ method, authorization }) => method === 'GET' && authorization === `Bearer ${TOKEN}`),
  ).toBe(true);
});

/** All of them, and all faults of GitHub, are tried without the command line in test/integration/github-approval.test.ts. */
const SPOILERS = [
  'no review',
  'a dismissed review',
  'a request for changes beside the approval',
  'an approval by an author',
  'no pull request',
  'a GitHub that is out of order',
];

test('whatever is missing, nothing is sent to Zivver; once nothing is missing, the same plan is applied', async () => {
  const world = await forkFresh();
  await mergePullRequest(world, stub, { how: 'squash' });
  const good = structuredClone(stub.pullRequests);
  const told = new Set<string>();
  for (const name of SPOILERS) {
    stub.pullRequests = structuredClone(good);
    APPROVAL_SPOILERS[name]?.(stub.pullRequests[0]!, stub);
    const { stdout, stderr } = await expectRefusal(world, NOT_APPROVED, () => apply(world));
    expect(stdout + stderr, name).not.toContain('Canary');
    told.add(stderr);
    stub.fault = () => false;
  }
  expect(told.size).toBe(SPOILERS.length);
  stub.pullRequests = good;
  await expectApplied(world);
  expect(await textOfAllObjects(world)).not.toContain('Canary');
}, 120_000);

test('a plan pushed to the branch without a pull request is not applied', async () => {
  const world = await forkFresh();
  await world.merge();
  await expectRefusal(world, NOT_APPROVED, () => apply(world));
});

test('a pull request that also relaxes limits is not applied', async () => {
  const world = await forkFresh();
  await world.edit(
    `desired/${ORGANISATION}/organisation.yaml`,
    (text) => `${text}limits: { suspend: { floor: 50 } }\n`,
  );
  expectEnd(await world.plan(), 0);
  await mergePullRequest(world, stub);
  const { stderr } = await expectRefusal(world, NOT_APPROVED, () => apply(world));
  expect(stderr).toContain('organisation.yaml');
});

test('a plan that was exchanged between the approval and the merge is not applied', async () => {
  const world = await forkFresh();
  const { stubbed } = await mergePullRequest(world, stub, { reviews: () => [] });
  const { pullRequest } = stubbed;
  await replacePlan(world, (body) => ({ ...body, notes: [factAbout('somebody was here')] }));
  await world.git.commitAll('Exchange the plan');
  await world.git.push();
  stubbed.reviews = [buildReview({ user: approver, commit_id: pullRequest.head.sha })];
  await expectRefusal(world, NOT_APPROVED, () => apply(world));
  pullRequest.merge_commit_sha = (await world.git.call('rev-parse', 'HEAD')).trim();
  await expectRefusal(world, NOT_APPROVED, () => apply(world));
});

test('of two pull requests that GitHub names, only the one that brought the plan counts', async () => {
  const world = await forkFresh();
  const { stubbed } = await mergePullRequest(world, stub, { number: 7 });
  const other = structuredClone(stubbed);
  other.pullRequest = { ...other.pullRequest, number: 8, merge_commit_sha: 'f'.repeat(40) };
  stub.pullRequests.unshift(other);
  stubbed.reviews = [];
  await expectRefusal(world, NOT_APPROVED, () => apply(world));
  stubbed.reviews = [buildReview({ user: approver, commit_id: stubbed.pullRequest.head.sha })];
  await expectApplied(world);
});

test('without a token nothing is asked and nothing is applied', async () => {
  const world = await forkFresh();
  await mergePullRequest(world, stub);
  await expectRefusal(world, { exitCode: 3, code: 'CONFIGURATION_SECRET_MISSING' }, () => apply(world, null));
  await expectRefusal(world, { exitCode: 3, code: 'CONFIGURATION_SECRET_MISSING' }, () => apply(world, 'two words'));
  expect(stub.requests).toEqual([]);
});

test('the token may lie in a file', async () => {
  const world = await forkFresh();
  await mergePullRequest(world, stub);
  const file = path.join(world.folder, 'token');
  await writeFile(file, `${TOKEN}\n`);
  const secrets = { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity };
  expectEnd(await world.call(['apply'], { ...secrets, GITHUB_TOKEN: undefined, GITHUB_TOKEN_FILE: file }), 0);
});

test('a plan that names a milder approval than the configuration is refused', async () => {
  const world = await forkFresh();
  await replacePlan(world, (body) => ({ ...body, approval: { ...body.approval, reviews: null } }));
  await mergePullRequest(world, stub);
  await expectRefusal(world, { exitCode: 27, code: 'PLAN_CONFIGURATION_CHANGED' }, () => apply(world));
});

test('a shallow clone, and a clone without the git remote, are refused', async () => {
  const world = await forkFresh();
  await mergePullRequest(world, stub);
  const shallow = path.join(world.repository, '.git', 'shallow');
  await writeFile(shallow, await world.git.call('rev-parse', 'HEAD'));
  await expectRefusal(world, NOT_APPROVED, () => apply(world));
  await writeFile(shallow, '');
  await world.git.call('fetch', '--quiet', 'origin', 'ledger:ledger');
  await world.git.call('remote', 'remove', 'origin');
  await expectRefusal(world, NOT_APPROVED, () => apply(world));
});

test('the review says which approval is in force', async () => {
  const world = await forkFresh();
  const name = await world.newestPlan();
  expect((await readPlan(world, name)).body.approval).toMatchObject({
    branch: 'main',
    reviews: { forge: 'github', minimum: 1 },
  });
  const review = await world.read(`plans/${ORGANISATION}/${name}/plan.md`);
  expect(review).toContain('1 person other than its author must approve it on GitHub');
  const first = await world.git.call('ls-files', `plans/${ORGANISATION}/0001-*/plan.md`);
  expect(await world.read(first.trim())).toContain(
    'no signature and no review is asked for, one pair of eyes is enough',
  );
});

async function readBegin(world: World): Promise<BeginRecord> {
  const name = await world.newestPlan();
  const text = await world.git.call('--git-dir', world.gitRemote, 'show', `ledger:${ORGANISATION}/${name}.jsonl`);
  return JSON.parse(text.split('\n')[0] ?? '') as BeginRecord;
}

async function textOfAllObjects(world: World): Promise<string> {
  const objects = await world.git.call('cat-file', '--batch-all-objects', '--batch');
  const log = await readFile(path.join(world.folder, 'requests.jsonl'), 'utf8');
  return objects + log;
}
