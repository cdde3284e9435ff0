import type { MergedProposal } from '../../model/forge/review-reader.ts';
import type { MergedTree } from './merged-tree.ts';

/** Everything known about one pull request. */
export interface ProposalFacts {
  readonly proposal: MergedProposal;
  /** Null: git does not know the merge. */
  readonly tree: MergedTree | null;
}
