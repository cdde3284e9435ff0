import { listOpenPlans } from '../../adapters/git/plan-listing.ts';
import { refuseHiddenFiles } from '../../adapters/git/checkout.ts';
import { readWorkTreeBlobs } from '../../adapters/git/work-tree.ts';
import type { Baseline } from '../../model/desired/baseline.ts';
import type { CommandContext } from '../context.ts';

/** What a plan finds in the work tree, which is not what the branch holds. */
export interface WorkTree {
  /** Names of plan folders that are not on the branch. */
  readonly openPlans: readonly string[];
  /** Path below desired/<organisation>/ → blob id. */
  readonly desired: ReadonlyMap<string, string>;
}

export async function readWorkTree(
  { git, configuration }: CommandContext,
  baseline: Pick<Baseline, 'commit' | 'files'>,
): Promise<WorkTree> {
  const { organisation } = configuration;
  const [openPlans, desired] = await Promise.all([
    listOpenPlans(git, baseline.commit, organisation),
    readWorkTreeBlobs(git, organisation, baseline),
    refuseHiddenFiles(git, organisation),
  ]);
  return { openPlans, desired };
}
