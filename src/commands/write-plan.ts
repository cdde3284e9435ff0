import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeDesiredFolder } from '../desired/desired-state.ts';
import { readWorkTreeBlobs } from '../desired/work-tree.ts';
import { planName, type FormattedPlan } from '../plan/plan-file.ts';
import { renderMarkdown } from '../review/markdown.ts';
import type { GitRepository } from '../git/repository.ts';
import type { CommandContext } from './context.ts';
import type { MadePlan } from './make-plan.ts';

/**
 * Writes desired files and the plan folder; removes plan folders that are not on the branch (at most one plan is
 * open at a time). `formatted: null` = nothing to do: only uncommitted leftovers go.
 */
export async function writePlan(
  { git, configuration }: CommandContext,
  { files, baseline }: Pick<MadePlan, 'files' | 'baseline'>,
  formatted: FormattedPlan | null,
): Promise<{ folder: string }> {
  const { organisation } = configuration;
  const plans = path.join(git.root, 'plans', organisation);
  // git looks while the review is rendered.
  const looking = Promise.all([
    findOpenPlans(git, { plans, organisation, commit: baseline.commit }),
    readWorkTreeBlobs(git, organisation, baseline),
  ]);
  const review = formatted && renderMarkdown(formatted.plan);
  const [open, present] = await looking;
  for (const name of open) await rm(path.join(plans, name), { recursive: true });
  writeDesiredFolder(configuration.folder, files, present);
  if (formatted === null || review === null) return { folder: '' };
  const name = planName(formatted.plan);
  await mkdir(path.join(plans, name), { recursive: true });
  await writeFile(path.join(plans, name, 'plan.json'), formatted.bytes);
  await writeFile(path.join(plans, name, 'plan.md'), review);
  return { folder: `plans/${organisation}/${name}` };
}

interface Branch {
  /** Folder of the organisation's plans in the work tree. */
  readonly plans: string;
  readonly organisation: string;
  readonly commit: string | null;
}

/** Names of plan folders that are not on the branch. */
async function findOpenPlans(git: GitRepository, { plans, organisation, commit }: Branch): Promise<string[]> {
  const [present, files] = await Promise.all([
    readdir(plans).catch(() => []),
    commit === null ? [] : git.listTree(commit, `plans/${organisation}/`),
  ]);
  const committed = new Set(files.map((file) => file.path.split('/')[2]));
  return present.filter((name) => /^\d{4,}-[0-9a-f]{8}$/.test(name) && !committed.has(name));
}
