import { fetchBranch } from '../../adapters/git/branch.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
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
  const { commit } = await fetchBranch(git, gitRemote, planBranchOf(organisation));
  if (commit === null) return { tip: null, plan: null };
  const accepted = new Set((await listPlans(git, base, organisation)).map(({ path }) => path));
  const open = (await listPlans(git, commit, organisation)).filter(({ path }) => !accepted.has(path)).at(-1);
  const isOnBase = await git.isSuccess(['merge-base', '--is-ancestor', base, commit]);
  if (open === undefined || !isOnBase) return { tip: commit, plan: null };
  const [text = ''] = await git.readBlobs([open.blob]);
  return { tip: commit, plan: readWhole(text, open.path) };
}

/** The newest plan in the work tree that `base` does not have; null if there is none. */
export async function findOpenPlan(
  git: GitRepository,
  at: { names: readonly string[]; organisation: string; base: string },
): Promise<string | null> {
  const accepted = new Set((await listPlans(git, at.base, at.organisation)).map(({ path }) => path.split('/')[2]));
  const open = at.names.filter((name) => /^\d{4,}-[0-9a-f]{8}$/.test(name) && !accepted.has(name));
  return open.sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10)).at(-1) ?? null;
}

async function listPlans(
  git: GitRepository,
  commit: string,
  organisation: string,
): Promise<{ path: string; blob: string }[]> {
  const files = await git.listTree(commit, `plans/${organisation}/`);
  return files.filter(({ path }) => path.endsWith('/plan.json'));
}

/** A plan somebody damaged on the branch is replaced, like one that says something else. */
function readWhole(text: string, path: string): PlanFile | null {
  try {
    return parsePlanFile(text, path);
  } catch {
    return null;
  }
}
