import type { Problem } from '../../model/errors.ts';
import type { Account, CommitIdentity, Review } from '../../model/schema/generated/github.ts';
import type { GithubApprovalFacts } from '../../model/schema/generated/ledger.ts';
import type { PullRequestFacts } from './pull-request-facts.ts';

export interface JudgedReviews {
  /** Those that count, one a person. */
  readonly approvals: GithubApprovalFacts['reviews'];
  /** People who want changes. */
  readonly vetoes: readonly Problem[];
  /** Why the other verdicts do not count. */
  readonly objections: readonly Problem[];
}

/** Which people approve, which want changes, and whose review does not count and why. */
export function judgeReviews(facts: PullRequestFacts): JudgedReviews {
  const approvals: GithubApprovalFacts['reviews'] = [];
  const vetoes: Problem[] = [];
  const objections: Problem[] = [];
  for (const review of latestReviews(facts.reviews)) {
    const where = `review ${review.id} by ${review.user?.login ?? 'a deleted account'}`;
    const objection = findObjection(review, facts);
    if (review.state === 'CHANGES_REQUESTED' && (review.user === null || isHuman(review.user)))
      vetoes.push({ where, what: 'requests changes' });
    else if (objection !== null || review.user === null) objections.push({ where, what: objection ?? 'is nobody’s' });
    else approvals.push(approvalOf(review, review.user));
  }
  return { approvals, vetoes, objections };
}

/**
 * Latest verdict of each person, oldest first. A comment or a draft does not replace a verdict; a dismissed review
 * stays in the place of the verdict it was.
 */
export function latestReviews(reviews: readonly Review[]): Review[] {
  const verdicts = reviews.filter(({ state }) => state !== 'COMMENTED' && state !== 'PENDING');
  const inOrder = verdicts.toSorted((a, b) => timeOf(a) - timeOf(b) || a.id - b.id);
  const latest = new Map<string, Review>();
  for (const review of inOrder) {
    const person = review.user === null ? `review ${review.id}` : `account ${review.user.id}`;
    latest.delete(person);
    latest.set(person, review);
  }
  return [...latest.values()];
}

/** False for an e-mail address that belongs to no GitHub account. */
export function isAccount(identity: CommitIdentity): identity is Account {
  return identity !== null && 'id' in identity;
}

function findObjection({ state, user, commit_id: commit }: Review, facts: PullRequestFacts): string | null {
  const { pullRequest, permissions, tree } = facts;
  const commits = facts.commits.filter(({ sha }) => tree?.statementCommits.has(sha) !== true);
  if (state !== 'APPROVED') return state === 'DISMISSED' ? 'was dismissed' : 'does not approve';
  if (user === null) return 'was given by an account that was deleted';
  if (!isHuman(user)) return 'was not given by a person';
  if (user.id === pullRequest.user?.id) return 'was given by who opened the pull request';
  if (commits.some(({ author, committer }) => isSame(user, author) || isSame(user, committer)))
    return 'was given by an author or committer of the pull request';
  const isOfAll = commit === pullRequest.head.sha || (commit !== null && tree?.earlierHeads.includes(commit));
  if (isOfAll !== true) return `approves commit ${commit?.slice(0, 10) ?? 'unknown'}, which is not what was merged`;
  if (!MAY_WRITE.has(permissions.get(user.id) ?? 'none'))
    return 'was given by somebody who may not write to the repository';
  return null;
}

/** As GitHub itself does for protected branches: approvals count from people who could have written it themselves. */
const MAY_WRITE: ReadonlySet<string> = new Set(['admin', 'maintain', 'write']);

function isHuman({ type, login }: Account): boolean {
  return type === 'User' && !login.toLowerCase().endsWith('[bot]');
}

/** Ids decide; logins too, so that a renamed or forged part of an answer can only refuse. */
function isSame(user: Account, identity: CommitIdentity): boolean {
  return isAccount(identity) && (identity.id === user.id || identity.login.toLowerCase() === user.login.toLowerCase());
}

function approvalOf(
  { id, commit_id: commit, submitted_at: at }: Review,
  { login }: Account,
): GithubApprovalFacts['reviews'][number] {
  return { login, reviewId: id, commit: commit ?? '', at: at ?? '' };
}

function timeOf({ submitted_at: at }: Review): number {
  return at === undefined ? 0 : Date.parse(at);
}
