import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GitRepository } from '../../src/adapters/git/repository.ts';
import { readPlanAuthors } from '../../src/adapters/git/plan-authors.ts';
import { verifyPlanFolder } from '../../src/adapters/git/plan-folder.ts';
import { FORGES } from '../../src/model/forge/forges.ts';
import { verifyGitApproval } from '../../src/operations/approval/git-approval.ts';
import { verifyReviews, type ReviewApprovalInput } from '../../src/operations/approval/review-approval.ts';
import { checkForge } from '../../src/operations/doctor/forge/check-forge.ts';
import { readConfiguration } from '../../src/operations/reading/read-configuration.ts';
import { buildQuestion, summarise } from '../support/doctor-question.ts';
import { buildPeople } from '../support/e2e/people.ts';
import { ORGANISATION, World } from '../support/e2e/world.ts';
import { FORGE_STORIES, type MergedInGit, type Story } from '../support/forge/review-stories.ts';
import { GITHUB_FAULTS } from '../support/github-faults.ts';
import type { StubFault } from '../support/github-stub.ts';
import { close, listen } from '../support/loopback-server.ts';
import { readBranchesOf } from '../support/read-ledger-of.ts';
import { tryTimes } from '../support/trials.ts';

const TOKEN = 'canary-forge-token-31';
const AUTHOR = ['-c', 'user.name=Plan Author', '-c', 'user.email=author@city.example'];
const MERGER = ['-c', 'user.name=Rita Roos', '-c', 'user.email=rita@home.example'];
/** What a status or a body says the same of on every forge; the content type is GitHub’s to be strict about. */
const FAULTS = Object.entries(GITHUB_FAULTS).filter(([name]) => name !== 'JSON with the wrong content type');

/** A real plan, merged in a real repository; what the forge says of it is a stub’s. */
let world: World;
let merged: MergedInGit;
let base: Omit<ReviewApprovalInput, 'configuration'>;
let url: string;
let story: Story;
let fault: (path: string) => StubFault | null;
const requests: { method: string; path: string; token: string }[] = [];

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
  const { authorization, 'private-token': own } = request.headers;
  requests.push({ method: request.method ?? '', path: pathname, token: String(own ?? authorization) });
  const found = story.get(pathname);
  const shown = Array.isArray(found) && Number(searchParams.get('page') ?? 1) > 1 ? [] : found;
  const body = JSON.stringify(shown ?? { message: 'Not Found' });
  if (fault(pathname)?.(response, { url: pathname, body }) === true) return;
  response.writeHead(shown === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(body);
});

beforeAll(async () => {
  url = `http://127.0.0.1:${await listen(server)}`;
  world = await World.create({ people: buildPeople(3) });
  const planned = await world.plan('--bootstrap');
  expect(planned.exitCode, planned.stderr).toBe(0);
  const { git } = world;
  await git.call('switch', '--quiet', '--create', 'proposal');
  await git.call('add', '--all');
  await git.call(...AUTHOR, 'commit', '--quiet', '--message', 'Plan');
  const head = (await git.call('rev-parse', 'HEAD')).trim();
  for (const { headRef } of FORGE_STORIES) await git.call('push', '--quiet', 'origin', `HEAD:${headRef}`);
  await git.call('switch', '--quiet', 'main');
  await git.call(...MERGER, 'merge', '--quiet', '--no-ff', '--message', 'Merge', 'proposal');
  await git.push();
  merged = { head, commits: [head], merge: (await git.call('rev-parse', 'HEAD')).trim() };
  base = await buildBase();
});
afterAll(async () => {
  await world.close();
  await close(server);
});

async function buildBase(): Promise<typeof base> {
  const git = await GitRepository.open(world.repository);
  const configuration = await readConfiguration(git.root, ORGANISATION);
  const verified = await verifyPlanFolder(git, ORGANISATION, await world.newestPlan());
  const branches = await readBranchesOf(git, ORGANISATION);
  const merge = await verifyGitApproval(git, branches, { verified, configuration });
  const { withCommitters: authors } = await readPlanAuthors(git, {
    planCommit: merge.planCommit,
    folder: verified.folder,
  });
  const environment = { ZIVVER_GITOPS_FORGE_TOKEN: TOKEN, SYSTEM_ACCESSTOKEN: TOKEN };
  return { git, verified, merge, authors, environment, userAgent: 'zivver-gitops/0.0.0', timeoutMs: 750 };
}

describe.each(FORGE_STORIES)('approval through $kind', ({ kind, repository, api, tell, spoilers }) => {
  beforeEach(() => {
    story = tell(merged);
    fault = () => null;
    requests.length = 0;
  });

  async function verify(minimum = 1, environment = base.environment) {
    const configuration = await readConfiguration(base.git.root, ORGANISATION);
    const reviews = { forge: kind, repository, apiUrl: `${url}${api}`, minimum };
    const approval = { ...configuration.approval, reviews, bots: ['planner@city.example'] };
    return verifyReviews({ ...base, environment, configuration: { ...configuration, approval } });
  }

  async function expectNotApproved(what: string): Promise<void> {
    const error: unknown = await verify().catch((thrown: unknown) => thrown);
    expect(error, what).toMatchObject({ code: 'APPROVAL_MISSING', exitCode: 30 });
    const { message, remedy, problems } = error as { message: string; remedy: string; problems: unknown[] };
    expect(problems.length, what).toBeGreaterThan(0);
    expect(JSON.stringify([message, remedy, problems])).not.toContain('canary');
  }

  it('proves what was reviewed, and changes nothing there', async () => {
    const facts = await verify();
    expect(facts).toMatchObject({ forge: kind, proposal: 7, head: merged.head, reviews: [{ commit: merged.head }] });
    expect(facts?.reviews).toHaveLength(1);
    expect(requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/pullrequestquery'))).toEqual([]);
    expect(requests.every(({ token }) => token.endsWith(TOKEN))).toBe(true);
  });

  it('does not prove two approvals where there is one', async () => {
    await expect(verify(2)).rejects.toMatchObject({ code: 'APPROVAL_MISSING' });
  });

  it.each(Object.entries(spoilers))('refuses if %s', async (what, spoil) => {
    spoil(story);
    await expectNotApproved(what);
  });

  it('refuses after any fault of the forge, in the answer to any of the questions', async () => {
    const asked = [...story.keys()].filter((path) => path !== [...story.keys()][1]);
    const cells = asked.flatMap((path) => FAULTS.map(([name, spoil]) => ({ path, name, spoil })));
    const limits = { id: 'R14', unit: 'faulty answers', goal: cells.length, normal: 24 } as const;
    await tryTimes(limits, async ({ number }) => {
      const { path, name, spoil } = cells[(number * 37) % cells.length]!;
      fault = (asked) => (asked === path ? spoil : null);
      await expectNotApproved(`${name}, for ${path}`);
    });
  });

  it('asks nobody without a token', async () => {
    await expect(verify(1, {})).rejects.toMatchObject({ code: 'CONFIGURATION_SECRET_MISSING' });
    expect(requests).toEqual([]);
  });

  it('tells the doctor what it cannot prove', async () => {
    const more = `approval: { reviews: { forge: ${kind}, repository: "${repository}", apiUrl: "${url}${api}" } }`;
    const question = buildQuestion({ more, environment: base.environment });
    const checks = await checkForge(question);
    const limits = FORGES[kind].limits.map(() => 'forge.limits warned REVIEWS_LIMITED');
    expect(summarise(checks)).toEqual(limits);
    expect(checks[0]).toMatchObject({ id: 'forge.connection', status: 'passed' });
    story.clear();
    expect(summarise(await checkForge(question))).toEqual(['forge.connection failed PIPELINE_FORGE', ...limits]);
  });
});
