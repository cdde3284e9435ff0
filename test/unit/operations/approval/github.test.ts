import { describe, expect, it } from 'vitest';
import {
  approves,
  buildBlobs,
  buildFacts,
  buildRule,
  buildTree,
  judgePullRequest,
  judgePullRequests,
  proposalOf,
  type PullRequestFacts,
  FOLDER,
  HEAD,
  omar,
  OTHER_HEAD,
  PLAN_FILES,
  planner,
  rita,
} from '../../../support/approval-facts.ts';
import { judgeProposal } from '../../../../src/operations/approval/judge-proposal.ts';
import { buildAccount, buildBot, buildCommit, buildPullRequest } from '../../../support/github-shapes.ts';

interface Row {
  readonly facts?: Partial<PullRequestFacts>;
  readonly rule?: Parameters<typeof buildRule>[0];
}
type Review = PullRequestFacts['reviews'][number];

const at = (minute: number): string => `2026-11-23T10:${String(minute).padStart(2, '0')}:00Z`;
const ritaAt = (minute: number, state: Review['state'], more: Partial<Review> = {}): Review =>
  approves({ id: 500 + minute, user: rita, commit_id: HEAD, state, submitted_at: at(minute), ...more });
const byRita = approves({ user: rita, commit_id: HEAD });
const byOmar = approves({ user: omar, commit_id: HEAD });
const pull = (more: Partial<Parameters<typeof buildPullRequest>[0]>): Partial<PullRequestFacts> => ({
  pullRequest: buildPullRequest({ head: { sha: HEAD }, ...more }),
});
const tree = (more: Parameters<typeof buildTree>[0]): Partial<PullRequestFacts> => ({ tree: buildTree(more) });
const by = (user: Review['user'], permission = 'write'): Partial<PullRequestFacts> => ({
  reviews: [approves({ user, commit_id: HEAD })],
  permissions: new Map(user === null ? [] : [[user.id, permission]]),
});

/** What approves, and who counts. */
const APPROVED: Record<string, Row & { by: string[] }> = {
  'one approval by a person who wrote nothing of it': { by: ['rita-reviewer'] },
  'two approvals where two are required': {
    facts: { reviews: [byRita, byOmar] },
    rule: { minimum: 2 },
    by: ['rita-reviewer', 'omar-approves'],
  },
  'more approvals than are required': { facts: { reviews: [byRita, byOmar] }, by: ['rita-reviewer', 'omar-approves'] },
  'a comment after the approval': {
    facts: { reviews: [ritaAt(1, 'APPROVED'), ritaAt(2, 'COMMENTED')] },
    by: ['rita-reviewer'],
  },
  'a comment on a later commit after the approval': {
    facts: { reviews: [ritaAt(1, 'APPROVED'), ritaAt(2, 'COMMENTED', { commit_id: OTHER_HEAD })] },
    by: ['rita-reviewer'],
  },
  'an approval of the commit after which only statements came': {
    facts: { reviews: [approves({ user: rita, commit_id: OTHER_HEAD })], ...tree({ earlierHeads: [OTHER_HEAD] }) },
    by: ['rita-reviewer'],
  },
  'an approval by who only added a statement': {
    facts: {
      ...tree({ commits: [HEAD, OTHER_HEAD], statementCommits: new Set([OTHER_HEAD]) }),
      commits: [buildCommit({ sha: HEAD }), buildCommit({ sha: OTHER_HEAD, author: rita, committer: null })],
    },
    by: ['rita-reviewer'],
  },
  'a draft of another review after the approval': {
    facts: { reviews: [ritaAt(1, 'APPROVED'), ritaAt(2, 'PENDING')] },
    by: ['rita-reviewer'],
  },
  'an approval after the same person requested changes': {
    facts: { reviews: [ritaAt(1, 'CHANGES_REQUESTED', { commit_id: OTHER_HEAD }), ritaAt(2, 'APPROVED')] },
    by: ['rita-reviewer'],
  },
  'an approval after a dismissed one of the same person': {
    facts: { reviews: [ritaAt(1, 'DISMISSED'), ritaAt(2, 'APPROVED')] },
    by: ['rita-reviewer'],
  },
  'an approval of the merged commit after one of an older commit': {
    facts: { reviews: [ritaAt(1, 'APPROVED', { commit_id: OTHER_HEAD }), ritaAt(2, 'APPROVED')] },
    by: ['rita-reviewer'],
  },
  'an approval listed before an older request for changes of the same person': {
    facts: { reviews: [ritaAt(5, 'APPROVED'), ritaAt(1, 'CHANGES_REQUESTED')] },
    by: ['rita-reviewer'],
  },
  'an approval beside a dismissed request for changes of somebody else': {
    facts: { reviews: [byRita, approves({ user: omar, commit_id: HEAD, state: 'DISMISSED' })] },
    by: ['rita-reviewer'],
  },
  'an approval beside a bot that requests changes': {
    facts: { reviews: [byRita, approves({ user: buildBot('linter'), commit_id: HEAD, state: 'CHANGES_REQUESTED' })] },
    by: ['rita-reviewer'],
  },
  'an approval beside one that does not count': {
    facts: { reviews: [byRita, approves({ user: buildBot('auto-approve'), commit_id: HEAD })] },
    by: ['rita-reviewer'],
  },
  'an approval by an administrator': { facts: by(rita, 'admin'), by: ['rita-reviewer'] },
  'a pull request opened by a person and approved by another': {
    facts: { ...pull({ user: omar }), commits: [buildCommit({ sha: HEAD, author: omar, committer: omar })] },
    by: ['rita-reviewer'],
  },
  'a commit made on the website, whose committer is GitHub': {
    facts: { commits: [buildCommit({ sha: HEAD, author: omar, committer: buildAccount('web-flow') })] },
    by: ['rita-reviewer'],
  },
  'a repository written in other capitals': { rule: { repository: 'City-Hospital/Zivver' }, by: ['rita-reviewer'] },
  'a pull request of several commits': {
    facts: {
      ...tree({ commits: [OTHER_HEAD, HEAD] }),
      commits: [buildCommit({ sha: HEAD }), buildCommit({ sha: OTHER_HEAD, author: omar, committer: omar })],
    },
    by: ['rita-reviewer'],
  },
};

/** What refuses. Each row changes one thing of an approved pull request. */
const REFUSED: Record<string, Row> = {
  'no review at all': { facts: { reviews: [] } },
  'a pull request that also removes an older plan folder': {
    facts: tree({ files: [...PLAN_FILES, 'plans/head-office/0006-87654321/plan.json'] }),
  },
  'a pull request that also tells git to hide plan.md': {
    facts: tree({ files: [...PLAN_FILES, 'plans/head-office/.gitattributes'] }),
  },
  'only a comment': { facts: { reviews: [ritaAt(1, 'COMMENTED')] } },
  'only a draft of an approval': { facts: { reviews: [ritaAt(1, 'PENDING')] } },
  'a dismissed approval': { facts: { reviews: [ritaAt(1, 'DISMISSED')] } },
  'an approval, and a dismissed one after it': { facts: { reviews: [ritaAt(1, 'APPROVED'), ritaAt(2, 'DISMISSED')] } },
  'an approval, and changes requested after it': {
    facts: { reviews: [ritaAt(1, 'APPROVED'), ritaAt(2, 'CHANGES_REQUESTED')] },
  },
  'reviews of the same second: the one with the higher number is the later one': {
    facts: { reviews: [ritaAt(1, 'CHANGES_REQUESTED', { id: 9 }), ritaAt(1, 'APPROVED', { id: 8 })] },
  },
  'changes requested by another person': {
    facts: { reviews: [byRita, approves({ user: omar, commit_id: HEAD, state: 'CHANGES_REQUESTED' })] },
  },
  'changes requested on an older commit, and never approved': {
    facts: { reviews: [byRita, approves({ user: omar, commit_id: OTHER_HEAD, state: 'CHANGES_REQUESTED' })] },
  },
  'changes requested by somebody who may not write': {
    facts: {
      reviews: [byRita, approves({ user: omar, commit_id: HEAD, state: 'CHANGES_REQUESTED' })],
      permissions: new Map([
        [rita.id, 'write'],
        [omar.id, 'read'],
      ]),
    },
  },
  'changes requested by a deleted account': {
    facts: { reviews: [byRita, approves({ id: 1, user: null, commit_id: HEAD, state: 'CHANGES_REQUESTED' })] },
  },
  'an approval of an older commit': { facts: { reviews: [approves({ user: rita, commit_id: OTHER_HEAD })] } },
  'an approval of an unknown commit': { facts: { reviews: [approves({ user: rita, commit_id: null })] } },
  'an approval by a bot': { facts: by(buildBot('auto-approve')) },
  'an approval by a bot that calls itself a person': { facts: by(buildAccount('auto-approve[bot]')) },
  'an approval by an organisation': { facts: by(buildAccount('city-hospital', { type: 'Organization' })) },
  'an approval by an imported placeholder': { facts: by(buildAccount('rita', { type: 'Mannequin' })) },
  'an approval by a deleted account': { facts: by(null) },
  'an approval by somebody who may only read': { facts: by(rita, 'read') },
  'an approval by somebody without any permission': { facts: by(rita, 'none') },
  'an approval by somebody whose permission is not known': { facts: { permissions: new Map() } },
  'an approval by who opened the pull request': { facts: pull({ user: rita }) },
  'an approval by the author of a commit': {
    facts: { commits: [buildCommit({ sha: HEAD, author: rita })] },
  },
  'an approval by the committer of a commit': {
    facts: { commits: [buildCommit({ sha: HEAD, committer: rita })] },
  },
  'an approval by the author of an earlier commit of the pull request': {
    facts: {
      ...tree({ commits: [OTHER_HEAD, HEAD] }),
      commits: [buildCommit({ sha: OTHER_HEAD, author: rita }), buildCommit({ sha: HEAD })],
    },
  },
  'an approval by the author under another login': {
    facts: { commits: [buildCommit({ sha: HEAD, author: { ...rita, login: 'rita-before-her-wedding' } })] },
  },
  'an approval by the author’s login in other capitals': {
    facts: { commits: [buildCommit({ sha: HEAD, author: { ...rita, id: 1, login: 'Rita-Reviewer' } })] },
  },
  'a commit whose author has no GitHub account': { facts: { commits: [buildCommit({ sha: HEAD, author: null })] } },
  'a commit whose committer has no GitHub account': {
    facts: { commits: [buildCommit({ sha: HEAD, committer: null })] },
  },
  'a commit whose author is an empty object': { facts: { commits: [buildCommit({ sha: HEAD, author: {} })] } },
  'a pull request opened by a deleted account': { facts: pull({ user: null }) },
  'one approval where two are required': { rule: { minimum: 2 } },
  'two approvals of one person where two are required': {
    facts: { reviews: [ritaAt(1, 'APPROVED'), ritaAt(2, 'APPROVED')] },
    rule: { minimum: 2 },
  },
  'two approvals where three are required': { facts: { reviews: [byRita, byOmar] }, rule: { minimum: 3 } },
  'a person and a bot where two are required': {
    facts: { reviews: [byRita, approves({ user: planner, commit_id: HEAD })] },
    rule: { minimum: 2 },
  },
  'a pull request that is not merged': { facts: pull({ merged: false, merge_commit_sha: '5'.repeat(40) }) },
  'a pull request into another branch': {
    facts: pull({ base: { ...buildPullRequest({ head: { sha: HEAD } }).base, ref: 'release' } }),
  },
  'a pull request of another repository': { rule: { repository: 'city-hospital/other' } },
  'a merge that git does not know': { facts: { tree: null } },
  'a merge that is not on the branch': { facts: tree({ isOnBranch: false }) },
  'a pull request that does not bring plan.json': {
    facts: tree({ files: PLAN_FILES.filter((file) => !file.endsWith('plan.json')) }),
  },
  'a pull request that does not bring plan.md': {
    facts: tree({ files: PLAN_FILES.filter((file) => !file.endsWith('plan.md')) }),
  },
  'another plan.json at the approved commit': { facts: tree({ blobs: buildBlobs({ 'plan.json': '3'.repeat(40) }) }) },
  'another plan.md at the approved commit': { facts: tree({ blobs: buildBlobs({ 'plan.md': '3'.repeat(40) }) }) },
  'no plan at the approved commit': { facts: tree({ blobs: new Map() }) },
  'a pull request that also touches organisation.yaml': {
    facts: tree({ files: [...PLAN_FILES, 'desired/head-office/organisation.yaml'] }),
  },
  'a pull request that also touches a certificate beside organisation.yaml': {
    facts: tree({ files: [...PLAN_FILES, 'desired/head-office/ad-ca.pem'] }),
  },
  'a pull request that also touches a workflow': {
    facts: tree({ files: [...PLAN_FILES, '.github/workflows/apply.yml'] }),
  },
  'a pull request that also touches another organisation': {
    facts: tree({ files: [...PLAN_FILES, 'desired/head-office-2/users/x.yaml'] }),
  },
  'a pull request with a file whose folder only begins like the plan’s': {
    facts: tree({ files: [...PLAN_FILES, 'plans/head-office-old/0001-12345678/plan.json'] }),
  },
  'a commit that GitHub does not list': { facts: tree({ commits: [HEAD, OTHER_HEAD] }) },
  'a commit that git does not know': {
    facts: { commits: [buildCommit({ sha: HEAD }), buildCommit({ sha: OTHER_HEAD })] },
  },
  'no commits at all': { facts: { commits: [], ...tree({ commits: [] }) } },
};

const SEVEN = 'pull request 7';
const NONE = 'has 0 of 1 approvals that count';

describe('the approval of one pull request', () => {
  it.each(Object.entries(APPROVED))('approves: %s', (_, { facts, rule, by: logins }) => {
    const judged = judgePullRequest(buildFacts(facts), buildRule(rule));
    expect(judged).toMatchObject({ approved: true, facts: { proposal: 7, head: HEAD } });
    expect(judged.approved && judged.facts.reviews.map(({ login }) => login).sort()).toEqual(logins.sort());
  });

  it.each(Object.entries(REFUSED))('refuses: %s', (_, { facts, rule }) => {
    const judged = judgePullRequest(buildFacts(facts), buildRule(rule));
    expect(judged.approved).toBe(false);
    expect(judged.approved || judged.reasons.length).toBeGreaterThan(0);
  });

  it('tells every reason, not only the first', () => {
    const judged = judgePullRequest(
      buildFacts({ ...pull({ merged: false, user: null }), reviews: [], ...tree({ files: ['README.md'] }) }),
      buildRule(),
    );
    expect(judged.approved || judged.reasons.length).toBe(6);
  });

  it.each<[string, Partial<PullRequestFacts>, [where: string, what: string][]]>([
    ['no approval', { reviews: [] }, [[SEVEN, NONE]]],
    [
      'a comment, and a dismissed approval',
      { reviews: [ritaAt(1, 'DISMISSED'), approves({ id: 8, user: omar, commit_id: HEAD, state: 'COMMENTED' })] },
      [
        [SEVEN, NONE],
        ['review 501 by rita-reviewer', 'was dismissed'],
      ],
    ],
    [
      'an approval that does not count beside a fault',
      { reviews: [approves({ id: 8, user: null, commit_id: HEAD })] },
      [
        [SEVEN, NONE],
        ['review 8 by a deleted account', 'was given by an account that was deleted'],
      ],
    ],
    [
      'changes that are requested',
      { reviews: [byRita, approves({ id: 8, user: omar, commit_id: HEAD, state: 'CHANGES_REQUESTED' })] },
      [['review 8 by omar-approves', 'requests changes']],
    ],
    [
      'a merge that git does not know, and a review of an older commit',
      { tree: null, reviews: [byRita, approves({ id: 8, user: omar, commit_id: OTHER_HEAD })] },
      [[SEVEN, 'has a head or a merge that the git remote does not have']],
    ],
    [
      'as many other commits',
      { tree: buildTree({ commits: [OTHER_HEAD] }) },
      [[SEVEN, 'GitHub lists other commits than were merged (GitHub lists no more than 250)']],
    ],
  ])('tells why it refuses %s', (_why, facts, reasons) => {
    const judged = judgePullRequest(buildFacts(facts), buildRule());
    expect(judged.approved || judged.reasons.map(({ where, what }) => [where, what])).toEqual(reasons);
  });

  it('of a forge that lists no commits is judged by the authors that git names', () => {
    const { proposal, tree } = proposalOf(buildFacts(), buildRule());
    const verdicts = proposal.verdicts.map((one) => ({ ...one, by: one.by && { ...one.by, name: 'Rita Reviewer' } }));
    const facts = { tree, proposal: { ...proposal, verdicts, commits: null } };
    const other = { name: 'Somebody', address: 'somebody@hospital.example' };
    const own = { name: 'Rita Reviewer', address: 'rita@home.example' };
    expect(judgeProposal(facts, buildRule({ authors: [other] }))).toMatchObject({ approved: true });
    expect(judgeProposal(facts, buildRule({ authors: [other, own] }))).toMatchObject({
      approved: false,
      reasons: [{ what: NONE }, { what: 'was given by an author or committer of the pull request' }],
    });
  });

  it('records who approved which commit, when, and under which number', () => {
    const judged = judgePullRequest(buildFacts(), buildRule());
    expect(judged.approved && judged.facts.reviews).toEqual([
      { login: 'rita-reviewer', id: String(byRita.id), commit: HEAD, at: '2026-11-23T10:40:00Z' },
    ]);
  });
});

describe('the approval among several pull requests', () => {
  const seven = buildFacts();
  const eight = buildFacts({ ...pull({ number: 8 }) });
  const unreviewed = buildFacts({ ...pull({ number: 9 }), reviews: [] });

  it('takes the only one that was approved', () => {
    expect(judgePullRequests([unreviewed, seven], buildRule())).toMatchObject({
      approved: true,
      facts: { proposal: 7 },
    });
  });

  it('refuses if there is none, if none was approved, and if two were', () => {
    expect(judgePullRequests([], buildRule()).approved).toBe(false);
    expect(judgePullRequests([unreviewed], buildRule()).approved).toBe(false);
    expect(judgePullRequests([seven, eight], buildRule()).approved).toBe(false);
  });

  it('tells the reasons of each, and which ones are too many', () => {
    const told = (all: PullRequestFacts[]) => {
      const judged = judgePullRequests(all, buildRule());
      return judged.approved || judged.reasons.map(({ where, what }) => [where, what]);
    };
    expect(told([unreviewed, buildFacts({ reviews: [] })])).toEqual([
      ['pull request 9', NONE],
      [SEVEN, NONE],
    ]);
    const tooMany = 'is not the only one that brought this plan';
    expect(told([seven, eight])).toEqual([
      [SEVEN, tooMany],
      ['pull request 8', tooMany],
    ]);
  });

  it('never adds up approvals of different pull requests', () => {
    const other = buildFacts({ ...pull({ number: 8 }), reviews: [byOmar] });
    expect(judgePullRequests([seven, other], buildRule({ minimum: 2 })).approved).toBe(false);
  });

  it('decides by the folder it was asked about', () => {
    expect(judgePullRequests([seven], buildRule({ folder: FOLDER.replace('0007', '0008') })).approved).toBe(false);
  });
});

it('the table has at least forty rows', () => {
  expect(Object.keys(APPROVED).length + Object.keys(REFUSED).length).toBeGreaterThanOrEqual(40);
});
