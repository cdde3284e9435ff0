import { ReconcileError } from '../../model/errors.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { Review } from '../../model/schema/generated/github.ts';
import type { ApprovalFacts } from '../../model/schema/generated/ledger.ts';
import type { ApprovalRule } from './github.ts';
import type { PullRequestFacts } from './pull-request-facts.ts';
import type { GithubReader } from '../../adapters/forge/github/github-reader.ts';
import { latestReviews } from './github-reviews.ts';
import { readMergedTree } from './merged-tree.ts';
import { notApproved } from './not-approved.ts';

export interface ReadRequest {
  readonly git: GitRepository;
  readonly client: GithubReader;
  readonly merge: Pick<ApprovalFacts, 'commit' | 'planCommit'> & { readonly gitRemote: string };
  readonly rule: ApprovalRule;
}

/** Facts about every merged pull request into the branch that GitHub connects with the commit that brought the plan. */
export async function readPullRequests(request: ReadRequest): Promise<PullRequestFacts[]> {
  const { client, merge, rule } = request;
  const path = `/repos/${rule.repository}/commits/${merge.planCommit}/pulls`;
  const summaries = await client.readPages(path, 'PullRequestSummary');
  const candidates = summaries.filter(({ merged_at, base }) => merged_at !== null && base.ref === rule.branch);
  if (candidates.length === 0)
    throw notApproved(`No merged pull request brought the plan to ${rule.branch}`, {
      remedy:
        'Merge plans through pull requests only. If it was merged this minute, GitHub may not know yet: run apply again.',
      problems: [{ where: `commit ${merge.planCommit}`, what: `GitHub names ${summaries.length} pull requests` }],
    });
  const facts: PullRequestFacts[] = [];
  for (const { number } of candidates) facts.push(await readFacts(request, number));
  return facts;
}

async function readFacts({ git, client, merge, rule }: ReadRequest, number: number): Promise<PullRequestFacts> {
  const path = `/repos/${rule.repository}/pulls/${number}`;
  const pullRequest = await client.read(path, 'PullRequest');
  const reviews = await client.readPages(`${path}/reviews`, 'Review');
  const commits = await client.readPages(`${path}/commits`, 'PullRequestCommit');
  const permissions = await readPermissions(client, rule.repository, reviews);
  const tree = await readMergedTree(git, pullRequest, { ...merge, folder: rule.folder }).catch((cause: unknown) => {
    if (!(cause instanceof ReconcileError)) throw cause;
    throw notApproved(`What pull request ${number} brought cannot be read from the git remote`, {
      remedy: 'Check the connection to the git remote and its right to fetch refs/pull/, then try again.',
      problems: cause.problems,
      cause,
    });
  });
  return { pullRequest, reviews, commits, permissions, tree };
}

/** Only of those whose approval might count. */
async function readPermissions(
  client: GithubReader,
  repository: string,
  reviews: readonly Review[],
): Promise<ReadonlyMap<number, string>> {
  const permissions = new Map<number, string>();
  for (const { state, user } of latestReviews(reviews)) {
    if (state !== 'APPROVED' || user?.type !== 'User') continue;
    const path = `/repos/${repository}/collaborators/${encodeURIComponent(user.login)}/permission`;
    permissions.set(user.id, (await client.read(path, 'RepositoryPermission')).permission);
  }
  return permissions;
}
