import type { PullRequest, PullRequestCommit, Review } from '../../model/schema/generated/github.ts';
import type { MergedTree } from './merged-tree.ts';

/** Everything known about one pull request. */
export interface PullRequestFacts {
  readonly pullRequest: PullRequest;
  readonly reviews: readonly Review[];
  readonly commits: readonly PullRequestCommit[];
  /** Account id → permission on the repository, of everybody whose latest review approves. */
  readonly permissions: ReadonlyMap<number, string>;
  /** Null: git does not know the merge. */
  readonly tree: MergedTree | null;
}
