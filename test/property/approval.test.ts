import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  approves,
  buildBlobs,
  buildFacts,
  buildRule,
  buildTree,
  judgePullRequest,
  type PullRequestFacts,
  HEAD,
  OTHER_HEAD,
  PLAN_FILES,
} from '../support/approval-facts.ts';
import { buildAccount, buildBot, buildCommit, buildPullRequest } from '../support/github-shapes.ts';
import { tryTimes } from '../support/trials.ts';

interface Case {
  readonly facts: PullRequestFacts;
  readonly rule: ReturnType<typeof buildRule>;
}

const SEED = 20_261_123;

/** Approved by exactly as many people as are required, among comments, drafts, bots, superseded and dismissed reviews. */
const approved: fc.Arbitrary<Case> = fc
  .record({
    required: fc.integer({ min: 1, max: 5 }),
    noise: fc.array(fc.tuple(fc.constantFrom('COMMENTED', 'PENDING', 'BOT', 'DISMISSED', 'READER'), fc.nat(9)), {
      maxLength: 8,
    }),
    earlier: fc.array(fc.constantFrom('CHANGES_REQUESTED', 'DISMISSED', 'APPROVED'), { maxLength: 4 }),
    commits: fc.integer({ min: 1, max: 4 }),
    order: fc.infiniteStream(fc.nat()),
  })
  .map(({ required, noise, earlier, commits, order }) => {
    const people = Array.from({ length: required }, (_, index) => buildAccount(`approver-${index}`));
    const shas = [HEAD, ...Array.from({ length: commits - 1 }, (_, index) => String(index).repeat(40))];
    const reviews = [
      ...people.map((user, index) => review(user, 'APPROVED', { minute: 40 + index })),
      ...earlier.map((state, index) =>
        review(people[index % required] ?? null, state, { minute: index, commit: OTHER_HEAD }),
      ),
      ...noise.map(([kind, number], index) => buildNoise(kind, number, index, people[number % required])),
    ];
    const keys = new Map(reviews.map((one) => [one, order.next().value]));
    return {
      rule: buildRule({ minimum: required }),
      facts: buildFacts({
        reviews: reviews.sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0)),
        commits: shas.map((sha) => buildCommit({ sha })),
        permissions: new Map([
          ...people.map(({ id }) => [id, 'write'] as const),
          ...readers.map(({ id }) => [id, 'read'] as const),
        ]),
        tree: buildTree({ commits: shas }),
      }),
    };
  });

const readers = Array.from({ length: 10 }, (_, number) => buildAccount(`reader-${number}`));

function review(
  user: PullRequestFacts['reviews'][number]['user'],
  state: PullRequestFacts['reviews'][number]['state'],
  { minute, commit = HEAD, id = 1000 + minute }: { minute: number; commit?: string; id?: number },
) {
  return approves({
    id,
    user,
    state,
    commit_id: commit,
    submitted_at: `2026-11-23T10:${String(minute).padStart(2, '0')}:00Z`,
  });
}

function buildNoise(kind: string, number: number, index: number, person: ReturnType<typeof buildAccount> | undefined) {
  const place = { minute: 50 + index, id: 5000 + index };
  if (kind === 'COMMENTED' || kind === 'PENDING') return review(person ?? null, kind, place);
  if (kind === 'BOT')
    return review(buildBot(`bot-${number}`), number % 2 === 0 ? 'APPROVED' : 'CHANGES_REQUESTED', place);
  return review(readers[number] ?? null, kind === 'DISMISSED' ? 'DISMISSED' : 'APPROVED', place);
}

/** Each takes away exactly one condition. `pick` chooses among the approvals that count. */
const BREAKERS: Record<string, (given: Case, pick: number) => Case> = {
  'one approval fewer': replaceApproval(() => []),
  'an approval dismissed': replaceApproval((one) => [{ ...one, state: 'DISMISSED' as const }]),
  'an approval turned into a comment': replaceApproval((one) => [{ ...one, state: 'COMMENTED' as const }]),
  'an approval of another commit': replaceApproval((one) => [{ ...one, commit_id: OTHER_HEAD }]),
  'an approval by a bot': replaceApproval((one) => [{ ...one, user: buildBot('auto-approve') }]),
  'an approval by a deleted account': replaceApproval((one) => [{ ...one, user: null }]),
  'an approval by a stranger': replaceApproval((one) => [{ ...one, user: buildAccount('stranger') }]),
  'an approval followed by a request for changes': replaceApproval((one) => [
    one,
    { ...one, id: 9000, state: 'CHANGES_REQUESTED' as const, submitted_at: '2026-11-23T23:00:00Z' },
  ]),
  'an approver who opened the pull request': (given, pick) =>
    withFacts(given, {
      pullRequest: buildPullRequest({ head: { sha: HEAD }, user: counting(given)[pick]?.user ?? null }),
    }),
  'an approver who wrote a commit': (given, pick) =>
    withCommit(given, pick, { author: counting(given)[pick]?.user ?? null }),
  'an approver who committed a commit': (given, pick) =>
    withCommit(given, pick, { committer: counting(given)[pick]?.user ?? null }),
  'an approver who may only read': (given, pick) =>
    withFacts(given, {
      permissions: new Map([...given.facts.permissions, [counting(given)[pick]?.user?.id ?? 0, 'read']]),
    }),
  'a veto of somebody else': (given) =>
    withFacts(given, {
      reviews: [...given.facts.reviews, review(buildAccount('veto'), 'CHANGES_REQUESTED', { minute: 3 })],
    }),
  'an unknown author': (given, pick) => withCommit(given, pick, { author: null }),
  'an unknown committer': (given, pick) => withCommit(given, pick, { committer: {} }),
  'a commit hidden from the list': (given) => withFacts(given, { commits: given.facts.commits.slice(1) }),
  'not merged': (given) => withFacts(given, { pullRequest: buildPullRequest({ head: { sha: HEAD }, merged: false }) }),
  'another branch': (given) => ({ ...given, rule: { ...given.rule, branch: 'release' } }),
  'another repository': (given) => ({ ...given, rule: { ...given.rule, repository: 'somebody/else' } }),
  'another head': (given) => withFacts(given, { pullRequest: buildPullRequest({ head: { sha: OTHER_HEAD } }) }),
  'a merge that is not on the branch': (given) => withTree(given, { isOnBranch: false }),
  'a merge that git does not know': (given) => withFacts(given, { tree: null }),
  'another plan.json': (given) => withTree(given, { blobs: buildBlobs({ 'plan.json': '4'.repeat(40) }) }),
  'another plan.md': (given) => withTree(given, { blobs: buildBlobs({ 'plan.md': '4'.repeat(40) }) }),
  'a plan that was not brought': (given, pick) =>
    withTree(given, { files: PLAN_FILES.filter((file) => !file.endsWith(pick % 2 === 0 ? 'plan.json' : 'plan.md')) }),
  'another file touched': (given) =>
    withTree(given, { files: [...PLAN_FILES, 'desired/head-office/organisation.yaml'] }),
};

it('whatever else there is, nothing is approved with any one condition taken away', async () => {
  const breakers = Object.entries(BREAKERS);
  const cases = fc.sample(approved, { seed: SEED, numRuns: 100 });
  const limits = { goal: breakers.length * cases.length, normal: breakers.length * 10 };
  await tryTimes({ id: 'R14', unit: 'spoiled approvals', ...limits }, ({ number, dice, count }) => {
    const [name, broken] = breakers[number % breakers.length]!;
    const given = cases[Math.floor(number / breakers.length) % cases.length]!;
    expect(judgePullRequest(given.facts, given.rule).approved).toBe(true);
    const changed = broken(given, dice.integer(0, given.rule.minimum));
    const { approved: isApproved } = judgePullRequest(changed.facts, changed.rule);
    count('approved wrongly', Number(isApproved));
    expect(isApproved, name).toBe(false);
  });
});

function counting({ facts, rule }: Case): PullRequestFacts['reviews'][number][] {
  const people = new Set(Array.from({ length: rule.minimum }, (_, index) => `approver-${index}`));
  return facts.reviews.filter(
    ({ state, user, commit_id }) => state === 'APPROVED' && commit_id === HEAD && people.has(user?.login ?? ''),
  );
}

function replaceApproval(
  change: (review: PullRequestFacts['reviews'][number]) => PullRequestFacts['reviews'],
): (given: Case, pick: number) => Case {
  return (given, pick) => {
    const chosen = counting(given)[pick];
    return withFacts(given, { reviews: given.facts.reviews.flatMap((one) => (one === chosen ? change(one) : [one])) });
  };
}

function withFacts(given: Case, facts: Partial<PullRequestFacts>): Case {
  return { ...given, facts: { ...given.facts, ...facts } };
}

function withTree(given: Case, tree: Parameters<typeof buildTree>[0]): Case {
  return withFacts(given, { tree: { ...(given.facts.tree ?? buildTree()), ...tree } });
}

function withCommit(given: Case, pick: number, commit: Partial<PullRequestFacts['commits'][number]>): Case {
  const { commits } = given.facts;
  return withFacts(given, {
    commits: commits.map((one, index) => (index === pick % commits.length ? { ...one, ...commit } : one)),
  });
}
