import { mapPullRequest, type PullRequestAnswers } from '../../src/adapters/forge/github/github-reviews.ts';
import {
  judgeProposal,
  judgeProposals,
  type ApprovalRule,
  type Judgement,
} from '../../src/operations/approval/judge-proposal.ts';
import type { ProposalFacts } from '../../src/operations/approval/proposal-facts.ts';
import { buildAccount, buildBot, buildCommit, buildPullRequest, buildReview, REPOSITORY } from './github-shapes.ts';

/** What GitHub and git say of a pull request. */
export interface PullRequestFacts extends PullRequestAnswers, Pick<ProposalFacts, 'tree'> {}

export const HEAD = 'a'.repeat(40);
export const OTHER_HEAD = 'c'.repeat(40);
export const FOLDER = 'plans/head-office/0007-12345678';
export const PLAN_FILES = [
  'desired/head-office/users/s.de-boer@hospital.example.yaml',
  'desired/head-office/functional/ward-3@hospital.example.yaml',
  `${FOLDER}/plan.json`,
  `${FOLDER}/plan.md`,
];
const BLOBS = { 'plan.json': '1'.repeat(40), 'plan.md': '2'.repeat(40) };

export const rita = buildAccount('rita-reviewer');
export const omar = buildAccount('omar-approves');
export const planner = buildBot('zivver-planner');
export const approves = buildReview;

/** One approval by Rita, of exactly what was merged, is enough. */
export function buildRule(
  rule: Partial<ApprovalRule & { repository: string }> = {},
): ApprovalRule & { repository: string } {
  return {
    repository: REPOSITORY,
    branch: 'main',
    forge: 'github',
    minimum: 1,
    authors: [],
    bots: [],
    organisation: 'head-office',
    folder: FOLDER,
    blobs: BLOBS,
    ...rule,
  };
}

/** Pull request 7, opened by a robot, approved by Rita and merged, over it `facts`. */
export function buildFacts(facts: Partial<PullRequestFacts> = {}): PullRequestFacts {
  return {
    pullRequest: buildPullRequest({ head: { sha: HEAD } }),
    reviews: [approves({ user: rita, commit_id: HEAD })],
    commits: [buildCommit({ sha: HEAD })],
    permissions: new Map([rita, omar].map(({ id }) => [id, 'write'])),
    tree: buildTree(),
    ...facts,
  };
}

export function buildTree(
  tree: Partial<NonNullable<PullRequestFacts['tree']>> = {},
): NonNullable<PullRequestFacts['tree']> {
  return {
    isOnBranch: true,
    commits: [HEAD],
    statementCommits: new Set(),
    earlierHeads: [],
    files: PLAN_FILES,
    blobs: buildBlobs(),
    ...tree,
  };
}

export function buildBlobs(blobs: Partial<typeof BLOBS> = {}): Map<string, string> {
  return new Map(Object.entries({ ...BLOBS, ...blobs }).map(([name, blob]) => [`${FOLDER}/${name}`, blob]));
}

type AskedRule = ApprovalRule & { readonly repository: string };

export function judgePullRequest(facts: PullRequestFacts, rule: AskedRule): Judgement {
  return judgeProposal(proposalOf(facts, rule), rule);
}

export function judgePullRequests(all: readonly PullRequestFacts[], rule: AskedRule): Judgement {
  return judgeProposals(
    all.map((facts) => proposalOf(facts, rule)),
    rule,
  );
}

export function proposalOf({ tree, ...answers }: PullRequestFacts, { repository }: AskedRule): ProposalFacts {
  return { proposal: mapPullRequest(answers, repository), tree };
}
