import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { listOpenPlans } from '../../adapters/git/plan-listing.ts';
import { ReconcileError } from '../../model/errors.ts';
import { parsePlanFile } from '../../model/plan/plan-file.ts';
import { planFolder } from '../../model/plan/plan-name.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import type { CommandContext } from '../context.ts';
import { readProposedPlan } from '../proposal/plan-branch.ts';

/** The plan that is not on the branch yet: of the pull request, else of the work tree. Null: there is none that can be read. */
export async function readWaitingPlan(
  { git, configuration }: Pick<CommandContext, 'git' | 'configuration'>,
  base: string,
): Promise<PlanFile | null> {
  const { organisation, approval } = configuration;
  const { gitRemote } = approval;
  const proposed = gitRemote === null ? null : await readProposedPlan(git, { gitRemote, organisation, base });
  if (proposed !== null && proposed.plan !== null) return proposed.plan;
  const name = (await listOpenPlans(git, base, organisation)).at(-1);
  if (name === undefined) return null;
  const file = `${planFolder(organisation, name)}/plan.json`;
  try {
    return parsePlanFile(await readFile(path.join(git.root, file), 'utf8'), file);
  } catch (error) {
    if (error instanceof ReconcileError) return null;
    throw error;
  }
}
