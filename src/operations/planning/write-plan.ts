import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeDesiredFolder } from '../../adapters/git/write-desired-folder.ts';
import { planFolder, planName } from '../../model/plan/plan-name.ts';
import { renderMarkdown } from '../../model/review/markdown.ts';
import type { CommandContext } from '../context.ts';
import type { MadePlan } from './make-plan.ts';

/**
 * Writes desired files and the plan folder; removes plan folders that are not on the branch (at most one plan is
 * open at a time). If there is nothing to do, only uncommitted leftovers go.
 */
export async function writePlan(
  { git, configuration }: CommandContext,
  { plan, bytes, files, workTree, isEmpty }: MadePlan,
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
  return { folder: planFolder(organisation, name) };
}
