import type { ForgeAccount, MergedProposal, ReviewReader, Verdict } from '../../../model/forge/review-reader.ts';
import type {
  Account,
  CommitIdentity,
  PullRequest,
  PullRequestCommit,
  Review,
} from '../../../model/schema/generated/github.ts';
import type { GithubAccess } from './github-access.ts';
import { GithubReader } from './github-reader.ts';

/** Pull requests of GitHub, and of GitHub Enterprise Server, with their reviews. */
export class GithubReviews implements ReviewReader {
  readonly kind = 'github';
  readonly place: string;
  readonly #client: GithubReader;
  readonly #repository: string;

  /** `repository`: owner/name. */
  constructor(access: GithubAccess, repository: string) {
    this.#client = new GithubReader(access);
    this.#repository = repository;
    this.place = `${repository} on GitHub`;
  }

  async verifyAccess(): Promise<void> {
    await this.#client.readPages(`/repos/${this.#repository}/pulls?state=closed`, 'PullRequestSummary');
  }

  async findMerged(commit: string, branch: string): ReturnType<ReviewReader['findMerged']> {
    const all = await this.#client.readPages(
      `/repos/${this.#repository}/commits/${commit}/pulls`,
      'PullRequestSummary',
    );
    const merged = all.filter(({ merged_at, base }) => merged_at !== null && base.ref === branch);
    return { numbers: merged.map(({ number }) => number), named: all.length };
  }

  async read(number: number): Promise<MergedProposal> {
    const path = `/repos/${this.#repository}/pulls/${number}`;
    const pullRequest = await this.#client.read(path, 'PullRequest');
    const reviews = await this.#client.readPages(`${path}/reviews`, 'Review');
    const commits = await this.#client.readPages(`${path}/commits`, 'PullRequestCommit');
    const permissions = await this.#readPermissions(reviews);
    return mapPullRequest({ pullRequest, reviews, commits, permissions }, this.#repository);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** Only of those whose approval might count. */
  async #readPermissions(reviews: readonly Review[]): Promise<ReadonlyMap<number, string>> {
    const permissions = new Map<number, string>();
    for (const { state, user } of latestReviews(reviews)) {
      if (state !== 'APPROVED' || user?.type !== 'User') continue;
      const path = `/repos/${this.#repository}/collaborators/${encodeURIComponent(user.login)}/permission`;
      permissions.set(user.id, (await this.#client.read(path, 'RepositoryPermission')).permission);
    }
    return permissions;
  }
}

export interface PullRequestAnswers {
  readonly pullRequest: PullRequest;
  readonly reviews: readonly Review[];
  readonly commits: readonly PullRequestCommit[];
  /** Account id → permission on the repository, of everybody whose latest review approves. */
  readonly permissions: ReadonlyMap<number, string>;
}

/** What GitHub sends → the pull request. `repository`: which was asked for. */
export function mapPullRequest(
  { pullRequest, reviews, commits, permissions }: PullRequestAnswers,
  repository: string,
): MergedProposal {
  const { number, html_url: url, merged, base, head, merge_commit_sha: mergeCommit, user } = pullRequest;
  return {
    number,
    url,
    isMerged: merged,
    branch: base.ref,
    isOfRepository: base.repo.full_name.toLowerCase() === repository.toLowerCase(),
    head: head.sha,
    headRef: `refs/pull/${number}/head`,
    mergeCommit,
    opener: user && mapAccount(user),
    commits: commits.map(({ sha, author, committer }) => ({
      sha,
      author: mapIdentity(author),
      committer: mapIdentity(committer),
    })),
    verdicts: latestReviews(reviews).map((review) => mapReview(review, permissions)),
  };
}

/**
 * Latest verdict of each person, oldest first. A comment or a draft does not replace a verdict; a dismissed review
 * stays in the place of the verdict it was.
 */
function latestReviews(reviews: readonly Review[]): Review[] {
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

const KINDS: Partial<Record<Review['state'], Verdict['kind']>> = { APPROVED: 'approves', CHANGES_REQUESTED: 'objects' };
/** As GitHub itself does for protected branches: approvals count from people who could have written it themselves. */
const MAY_WRITE: ReadonlySet<string> = new Set(['admin', 'maintain', 'write']);

function mapReview(
  { id, user, state, commit_id: commit, submitted_at: at }: Review,
  permissions: ReadonlyMap<number, string>,
): Verdict {
  return {
    id: String(id),
    by: user && mapAccount(user),
    kind: KINDS[state] ?? 'dismissed',
    commit,
    at: at ?? '',
    mayWrite: user !== null && MAY_WRITE.has(permissions.get(user.id) ?? 'none'),
  };
}

/** Null for an e-mail address that belongs to no GitHub account. */
function mapIdentity(identity: CommitIdentity): ForgeAccount | null {
  return identity !== null && 'id' in identity ? mapAccount(identity) : null;
}

function mapAccount({ id, login, type }: Account): ForgeAccount {
  return { id: String(id), login, name: '', address: '', isPerson: type === 'User' };
}

function timeOf({ submitted_at: at }: Review): number {
  return at === undefined ? 0 : Date.parse(at);
}
