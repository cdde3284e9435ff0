import type { ForgeAccount, MergedProposal, ReviewReader, Verdict } from '../../../model/forge/review-reader.ts';
import { ForgeAnswer } from '../forge-answer.ts';
import type { ForgeRest } from '../forge-rest.ts';
import { lastPushedBefore, type PushedHead } from '../last-pushed.ts';

const VERSION = 'api-version=7.1';
const HEADS = 'refs/heads/';
/** Approved; approved with suggestions. */
const APPROVING = new Set([10, 5]);
/** Waiting for the author; rejected. */
const OBJECTING = new Set([-5, -10]);

export interface AzureRepository {
  readonly collectionUrl: string;
  /** Name or id. */
  readonly project: string;
  /** Name or id. */
  readonly repository: string;
}

/**
 * Pull requests of Azure DevOps with their votes (REST API 7.1). Azure keeps no commit with a vote: a thread of its own has the
 * moment, and the iterations of the pull request have those of the pushes.
 */
export class AzureReviews implements ReviewReader {
  readonly kind = 'azure';
  readonly place: string;
  readonly #rest: ForgeRest;
  readonly #given: AzureRepository;

  constructor(rest: ForgeRest, given: AzureRepository) {
    this.#rest = rest;
    this.#given = given;
    this.place = `${given.project} on Azure DevOps`;
  }

  async verifyAccess(): Promise<void> {
    (await this.#read('')).text('id');
  }

  /** By the commit of the merge, else by a commit that the pull request holds. */
  async findMerged(commit: string, branch: string): ReturnType<ReviewReader['findMerged']> {
    let named = 0;
    for (const type of ['lastMergeCommit', 'commit']) {
      const path = this.#path('/pullrequestquery');
      const answer = await this.#rest.send('POST', path, { queries: [{ items: [commit], type }] });
      const results = new ForgeAnswer('POST /pullrequestquery', answer).list('results');
      const all = results.flatMap((result) => (result.part() === null ? [] : listOf(result, commit)));
      named += all.length;
      const merged = all.filter(
        (one) => one.text('status') === 'completed' && one.text('targetRefName') === `${HEADS}${branch}`,
      );
      if (merged.length > 0) return { numbers: merged.map((one) => one.integer('pullRequestId')), named };
    }
    return { numbers: [], named };
  }

  async read(number: number): Promise<MergedProposal> {
    const pull = await this.#read(`/pullrequests/${number}`);
    const iterations = (await this.#read(`/pullRequests/${number}/iterations`)).list('value');
    const heads = iterations.map((one): PushedHead => ({
      commit: one.sha('sourceRefCommit', 'commitId'),
      at: one.text('createdDate'),
    }));
    const threads = (await this.#read(`/pullRequests/${number}/threads`)).list('value');
    const { collectionUrl, project, repository } = this.#given;
    const opener = pull.part('createdBy');
    return {
      number: pull.integer('pullRequestId'),
      url: `${collectionUrl}/${encodeURIComponent(project)}/_git/${repository}/pullrequest/${number}`,
      isMerged: pull.text('status') === 'completed',
      branch: pull.text('targetRefName').replace(HEADS, ''),
      isOfRepository: pull.part('forkSource') === null,
      head: pull.sha('lastMergeSourceCommit', 'commitId'),
      headRef: `refs/pull/${number}/merge`,
      mergeCommit: pull.part('lastMergeCommit')?.sha('commitId') ?? null,
      opener: opener && mapAccount(opener),
      commits: null,
      verdicts: pull.list('reviewers').flatMap((reviewer) => mapVote(reviewer, threads, heads)),
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #read(path: string): Promise<ForgeAnswer> {
    return new ForgeAnswer(`GET ${path}`, await this.#rest.send('GET', this.#path(path)));
  }

  #path(path: string): string {
    const { project, repository } = this.#given;
    return `/${encodeURIComponent(project)}/_apis/git/repositories/${encodeURIComponent(repository)}${path}?${VERSION}`;
  }
}

function listOf(result: ForgeAnswer, commit: string): readonly ForgeAnswer[] {
  return result.has(commit) ? result.list(commit) : [];
}

/** A vote of a group is the sum of those of its members, which stand beside it. */
function mapVote(reviewer: ForgeAnswer, threads: readonly ForgeAnswer[], heads: readonly PushedHead[]): Verdict[] {
  const vote = reviewer.integer('vote');
  if (!APPROVING.has(vote) && !OBJECTING.has(vote)) return [];
  const by = mapAccount(reviewer);
  const at = votedAt(threads, { voter: by.id, vote });
  return [
    {
      id: by.id,
      by,
      kind: APPROVING.has(vote) ? 'approves' : 'objects',
      commit: at === '' ? null : lastPushedBefore(heads, at),
      at,
      // Voting needs the right to contribute to pull requests.
      mayWrite: true,
    },
  ];
}

/** Empty if Azure keeps no thread of this vote. */
function votedAt(threads: readonly ForgeAnswer[], { voter, vote }: { voter: string; vote: number }): string {
  const votes = threads.filter((thread) => {
    const isVote = thread.textOrEmpty('properties', 'CodeReviewThreadType', '$value') === 'VoteUpdate';
    return isVote && thread.list('comments')[0]?.text('author', 'id') === voter;
  });
  const inOrder = votes.toSorted((a, b) => Date.parse(a.text('publishedDate')) - Date.parse(b.text('publishedDate')));
  const last = inOrder.at(-1);
  if (last?.textOrEmpty('properties', 'CodeReviewVoteResult', '$value') !== String(vote)) return '';
  return last.text('publishedDate');
}

function mapAccount(identity: ForgeAnswer): ForgeAccount {
  const login = identity.text('uniqueName');
  return {
    id: identity.text('id'),
    login,
    name: identity.text('displayName'),
    address: login.includes('@') ? login : '',
    isPerson: !identity.flagOrFalse('isContainer') && !/^(Build|AgentPool)\\/i.test(login),
  };
}
