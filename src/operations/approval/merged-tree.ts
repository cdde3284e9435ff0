import type { GitRepository } from '../../adapters/git/repository.ts';
import { readStatementCommits } from '../../adapters/git/plan-authors.ts';
import type { MergedProposal } from '../../model/forge/review-reader.ts';

/** What git says of a merged pull request. Object ids prove content, so this needs no trust in the API. */
export interface MergedTree {
  /** The merge is on the branch, and the commit that brought the plan to it is the merge or lies before it. */
  readonly isOnBranch: boolean;
  /** Commits the pull request brought, in no order. */
  readonly commits: readonly string[];
  /** Those of them that only add statements: they make nobody an author. */
  readonly statementCommits: ReadonlySet<string>;
  /** Commits before its head since which only statements came: a review of any of them is of all there is to review. */
  readonly earlierHeads: readonly string[];
  /** Paths it added, changed or removed; both names of a renamed file. */
  readonly files: readonly string[];
  /** Blob ids below the plan's folder at the head of the pull request: path → id. */
  readonly blobs: ReadonlyMap<string, string>;
}

export interface MergedTreeRequest {
  readonly gitRemote: string;
  /** Head of the branch. */
  readonly commit: string;
  readonly planCommit: string;
  readonly folder: string;
}

/**
 * Reads the head of the pull request from the git remote, which keeps it under a ref of its own after a squash or a rebase.
 * No limits on the number of files, unlike the API (3,000). Null: not merged, or its commits are not to be had.
 */
export async function readMergedTree(
  git: GitRepository,
  { head, headRef, mergeCommit: merge }: MergedProposal,
  { gitRemote, commit, planCommit, folder }: MergedTreeRequest,
): Promise<MergedTree | null> {
  if (merge === null) return null;
  if ((await git.resolve(head)) === undefined)
    await git.read(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', gitRemote, headRef]);
  const known = [await git.resolve(head), await git.resolve(`${merge}^1`)];
  if (known.includes(undefined)) return null;
  const isOnBranch =
    (await git.isSuccess(['merge-base', '--is-ancestor', merge, commit])) &&
    (await git.isSuccess(['merge-base', '--is-ancestor', planCommit, merge]));
  const commits = await git.read(['rev-list', `${merge}^1..${head}`]);
  const files = await git.read(['diff', '--name-only', '--no-renames', '-z', `${merge}^1...${head}`]);
  const tree = await git.listTree(head, `${folder}/`);
  const statements = await readStatementCommits(git, [`${merge}^1..${head}`], folder);
  return {
    statementCommits: new Set(statements.keys()),
    earlierHeads: followBack(head, statements),
    isOnBranch,
    commits: commits.split('\n').filter((line) => line !== ''),
    files: files.split('\0').filter((file) => file !== ''),
    blobs: new Map(tree.map(({ path, blob }) => [path, blob])),
  };
}

/** `statements`: commit that only adds statements → its parent. */
function followBack(head: string, statements: ReadonlyMap<string, string>): string[] {
  const heads: string[] = [];
  for (let parent = statements.get(head); parent !== undefined; parent = statements.get(parent)) heads.push(parent);
  return heads;
}
