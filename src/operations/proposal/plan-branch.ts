import { fetchBranch } from '../../adapters/git/branch.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { listCommittedPlans } from '../../adapters/git/plan-listing.ts';
import { parsePlanFile } from '../../model/plan/plan-file.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';

/** Of the one pull request an organisation has. */
export function planBranchOf(organisation: string): string {
  return `zivver-gitops/plan-${organisation}`;
}

/** What the pull request's branch proposes now. */
export interface ProposedPlan {
  /** Null: the branch does not exist. */
  readonly tip: string | null;
  /** The plan on it that `base` does not have; null if there is none that can be read. */
  readonly plan: PlanFile | null;
}

export async function readProposedPlan(
  git: GitRepository,
  at: { gitRemote: string; organisation: string; base: string },
): Promise<ProposedPlan> {
  const { gitRemote, organisation, base } = at;
  const commit = await fetchBranch(git, gitRemote, planBranchOf(organisation));
  if (commit === null) return { tip: null, plan: null };
  const accepted = new Set((await listCommittedPlans(git, base, organisation)).map(({ path }) => path));
  const plans = await listCommittedPlans(git, commit, organisation);
  const open = plans.findLast(({ path }) => !accepted.has(path));
  const isOnBase = await git.isSuccess(['merge-base', '--is-ancestor', base, commit]);
  if (open === undefined || !isOnBase) return { tip: commit, plan: null };
  const [text = ''] = await git.readBlobs([open.blob]);
  return { tip: commit, plan: readWhole(text, open.path) };
}

/** A plan somebody damaged on the branch is replaced, like one that says something else. */
function readWhole(text: string, path: string): PlanFile | null {
  try {
    return parsePlanFile(text, path);
  } catch {
    return null;
  }
}
