import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { comparePlanNames, isPlanName, parsePlanPath } from '../../model/plan/plan-name.ts';
import type { GitRepository } from './repository.ts';

/** plan.json of one plan in a commit. */
export interface ListedPlan {
  /** `NNNN-<digest8>` */
  readonly name: string;
  readonly path: string;
  readonly blob: string;
}

/** The plans of a commit in the order of their numbers; [] without a commit. */
export async function listCommittedPlans(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<ListedPlan[]> {
  const files = commit === null ? [] : await git.listTree(commit, `plans/${organisation}/`);
  const plans = files.flatMap(({ path: file, blob }) => {
    const place = parsePlanPath(file);
    return place?.file === 'plan.json' ? [{ name: place.name, path: file, blob }] : [];
  });
  return plans.sort((one, other) => comparePlanNames(one.name, other.name));
}

/** Names of the plan folders in the work tree, in the order of their numbers. */
export async function listPresentPlans(root: string, organisation: string): Promise<string[]> {
  const names = await readdir(path.join(root, 'plans', organisation)).catch(() => []);
  return names.filter(isPlanName).sort(comparePlanNames);
}

/** Names of the plan folders in the work tree of which the commit has nothing, in the order of their numbers. */
export async function listOpenPlans(
  git: GitRepository,
  commit: string | null,
  organisation: string,
): Promise<string[]> {
  const [present, files] = await Promise.all([
    listPresentPlans(git.root, organisation),
    commit === null ? [] : git.listTree(commit, `plans/${organisation}/`),
  ]);
  const committed = new Set(files.map((file) => parsePlanPath(file.path)?.name));
  return present.filter((name) => !committed.has(name));
}
