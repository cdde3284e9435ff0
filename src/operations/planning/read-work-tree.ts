import { readdir } from 'node:fs/promises';
import path from 'node:path';
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
  const plans = path.join(git.root, 'plans', organisation);
  const [present, committed, desired] = await Promise.all([
    readdir(plans).catch(() => []),
    baseline.commit === null ? [] : git.listTree(baseline.commit, `plans/${organisation}/`),
    readWorkTreeBlobs(git, organisation, baseline),
  ]);
  const onBranch = new Set(committed.map((file) => file.path.split('/')[2]));
  const openPlans = present.filter((name) => /^\d{4,}-[0-9a-f]{8}$/.test(name) && !onBranch.has(name));
  return { openPlans, desired };
}
