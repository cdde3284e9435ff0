import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Baseline } from '../../adapters/git/baseline.ts';
import { writeDesiredFolder } from '../../model/desired/desired-state.ts';
import { readWorkTreeBlobs } from '../../adapters/git/work-tree.ts';
import { planName } from '../../model/plan/plan-file.ts';
import { renderMarkdown } from '../../model/review/markdown.ts';
import type { CommandContext } from '../context.ts';
import type { MadePlan } from './make-plan.ts';

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

/**
 * Writes desired files and the plan folder; removes plan folders that are not on the branch (at most one plan is
 * open at a time). If there is nothing to do, only uncommitted leftovers go.
 */
export async function writePlan(
  { git, configuration }: CommandContext,
  { plan, bytes, files, workTree, isEmpty }: Omit<MadePlan, 'holds'>,
): Promise<{ folder: string }> {
  const { organisation } = configuration;
  const plans = path.join(git.root, 'plans', organisation);
  for (const name of workTree.openPlans) await rm(path.join(plans, name), { recursive: true });
  const writing = writeDesiredFolder(configuration.folder, files, workTree.desired);
  const name = planName(plan);
  const review = isEmpty ? '' : renderMarkdown(plan);
  await writing;
  if (isEmpty) return { folder: '' };
  await mkdir(path.join(plans, name), { recursive: true });
  await writeFile(path.join(plans, name, 'plan.json'), bytes);
  await writeFile(path.join(plans, name, 'plan.md'), review);
  return { folder: `plans/${organisation}/${name}` };
}
