import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeDesiredFolder } from '../desired/desired-state.ts';
import { readWorkTreeBlobs } from '../desired/work-tree.ts';
import { formatPlanFile, planName } from '../plan/plan-file.ts';
import { renderMarkdown } from '../review/markdown.ts';
import type { PlanFile } from '../schema/generated/plan.ts';
import type { CommandContext } from './context.ts';
import type { MadePlan } from './make-plan.ts';

/**
 * Writes desired files and the plan folder; removes plan folders that are not on the branch (at most one plan is
 * open at a time). `plan: null` = nothing to do: only uncommitted leftovers go.
 */
export async function writePlan(
  { git, configuration }: CommandContext,
  made: Pick<MadePlan, 'files' | 'baseline'> & { plan: PlanFile | null },
): Promise<{ folder: string }> {
  const { organisation } = configuration;
  await removeOpenPlans({ git, configuration } as CommandContext);
  writeDesiredFolder(configuration.folder, made.files, await readWorkTreeBlobs(git, organisation, made.baseline));
  if (made.plan === null) return { folder: '' };
  const folder = `plans/${organisation}/${planName(made.plan)}`;
  const absolute = path.join(git.root, 'plans', organisation, planName(made.plan));
  await mkdir(absolute, { recursive: true });
  await writeFile(path.join(absolute, 'plan.json'), formatPlanFile(made.plan));
  await writeFile(path.join(absolute, 'plan.md'), renderMarkdown(made.plan));
  return { folder };
}

async function removeOpenPlans({ git, configuration: { organisation, approval } }: CommandContext): Promise<void> {
  const base = path.join(git.root, 'plans', organisation);
  const present = await readdir(base).catch(() => []);
  const commit =
    (await git.resolve(`refs/remotes/${approval.gitRemote}/${approval.branch}`)) ??
    (await git.resolve(`refs/heads/${approval.branch}`));
  const files = commit === undefined ? [] : await git.listTree(commit, `plans/${organisation}/`);
  const committed = new Set(files.map((file) => file.path.split('/')[2]));
  for (const name of present)
    if (/^\d{4,}-[0-9a-f]{8}$/.test(name) && !committed.has(name)) await rm(path.join(base, name), { recursive: true });
}
