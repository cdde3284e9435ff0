import type { ForgeAccount, MergedProposal, ReviewReader, Verdict } from '../../../model/forge/review-reader.ts';
import { ForgeAnswer } from '../forge-answer.ts';
import type { ForgeRest } from '../forge-rest.ts';

const PAGE = 'limit=50';

/** Pull requests of Forgejo and Gitea with their reviews (API v1), which hold the commit that was looked at. */
export class ForgejoReviews implements ReviewReader {
  readonly kind = 'forgejo';
  readonly place: string;
  readonly #rest: ForgeRest;
  readonly #repository: string;

  /** `repository`: owner/name. */
  constructor(rest: ForgeRest, repository: string) {
    this.#rest = rest;
    this.#repository = repository;
    this.place = `${repository} on Forgejo`;
  }

  async verifyAccess(): Promise<void> {
    const found = await this.#rest.send('GET', `/repos/${this.#repository}`);
    new ForgeAnswer('GET the repository', found).integer('id');
  }

  /** Forgejo names one pull request of a commit, or none. */
  async findMerged(commit: string, branch: string): ReturnType<ReviewReader['findMerged']> {
    const path = `/commits/${commit}/pull`;
    const found = await this.#rest.find(`/repos/${this.#repository}${path}`);
    if (found === null) return { numbers: [], named: 0 };
    const pull = new ForgeAnswer(`GET ${path}`, found);
    const isMerged = pull.flag('merged') && pull.text('base', 'ref') === branch;
    return { numbers: isMerged ? [pull.integer('number')] : [], named: 1 };
  }

  async read(number: number): Promise<MergedProposal> {
    const path = `/pulls/${number}`;
    const where = `GET ${path}`;
    const pull = new ForgeAnswer(where, await this.#rest.send('GET', `/repos/${this.#repository}${path}`));
    const commits = await this.#readAll(`${path}/commits`);
    const reviews = await this.#readAll(`${path}/reviews`);
    return {
      number: pull.integer('number'),
      url: pull.text('html_url'),
      isMerged: pull.flag('merged'),
      branch: pull.text('base', 'ref'),
      isOfRepository: pull.text('base', 'repo', 'full_name').toLowerCase() === this.#repository.toLowerCase(),
      head: pull.sha('head', 'sha'),
      headRef: `refs/pull/${number}/head`,
      mergeCommit: pull.textOrEmpty('merge_commit_sha') || null,
      opener: mapAccount(pull.part('user')),
      commits: commits.map((commit) => ({
        sha: commit.sha('sha'),
        author: mapAccount(commit.part('author')),
        committer: mapAccount(commit.part('committer')),
      })),
      verdicts: latestOf(reviews).map(mapReview),
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #readAll(path: string): Promise<readonly ForgeAnswer[]> {
    const rows = await this.#rest.readAll(`/repos/${this.#repository}${path}`, PAGE);
    return rows.map((row) => new ForgeAnswer(`GET ${path}`, row));
  }
}

const VERDICTS = new Set(['APPROVED', 'REQUEST_CHANGES']);
/** What replaces no verdict: comments, drafts, and that a review was asked for. */
const OTHERS = new Set(['COMMENT', 'PENDING', 'REQUEST_REVIEW']);

/** Latest verdict of each person, oldest first. */
function latestOf(reviews: readonly ForgeAnswer[]): readonly ForgeAnswer[] {
  const latest = new Map<string, ForgeAnswer>();
  const verdicts = reviews.filter((review) => {
    return VERDICTS.has(review.word([...VERDICTS, ...OTHERS], 'state'));
  });
  const timeOf = (review: ForgeAnswer): number => Date.parse(review.text('submitted_at'));
  const inOrder = verdicts.toSorted((a, b) => timeOf(a) - timeOf(b) || a.integer('id') - b.integer('id'));
  for (const review of inOrder) {
    const person = review.part('user')?.id('id') ?? `review ${review.id('id')}`;
    latest.delete(person);
    latest.set(person, review);
  }
  return [...latest.values()];
}

function mapReview(review: ForgeAnswer): Verdict {
  const kind = review.text('state') === 'APPROVED' ? 'approves' : 'objects';
  return {
    id: review.id('id'),
    by: mapAccount(review.part('user')),
    kind: review.flag('dismissed') ? 'dismissed' : kind,
    commit: review.textOrEmpty('commit_id') || null,
    at: review.text('submitted_at'),
    // Official: given by somebody whose approval counts for the protection of the branch.
    mayWrite: review.flag('official'),
  };
}

/** Null: nobody, or nobody that Forgejo knows. */
function mapAccount(user: ForgeAnswer | null): ForgeAccount | null {
  if (user === null) return null;
  const [id, login] = [user.integer('id'), user.text('login')];
  // Ghost and the user of the actions have no id of their own.
  if (id <= 0) return null;
  return {
    id: String(id),
    login,
    name: user.textOrEmpty('full_name'),
    address: user.textOrEmpty('email'),
    isPerson: true,
  };
}
