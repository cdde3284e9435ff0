import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ReconcileError } from '../../model/errors.ts';
import { parsePlanFile } from '../../model/plan/plan-file.ts';
import { comparePlanNames, isPlanName, matchesPlan, parsePlanPath, planFolder } from '../../model/plan/plan-name.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import { findNewestPlan } from './plan-folder.ts';
import { listPresentPlans } from './plan-listing.ts';
import type { GitRepository } from './repository.ts';

export interface FoundPlan {
  readonly plan: PlanFile;
  /** Commit it was read from; null = the work tree. */
  readonly commit: string | null;
}

/** The plan that is meant, as `findPlanName` says; the newest one of the work tree if none is. */
export async function choosePlanName(
  git: GitRepository,
  organisation: string,
  given: string | undefined,
): Promise<string> {
  return given === undefined ? findNewestPlan(git.root, organisation) : findPlanName(git, organisation, given);
}

/**
 * The name of the plan that is meant by its name, its number (`3`) or the beginning of its digest; also of one that was removed
 * from the branch since. Throws PLAN_MISSING (20), or CLI_USAGE (3) if several are meant.
 */
export async function findPlanName(git: GitRepository, organisation: string, given: string): Promise<string> {
  if (isPlanName(given)) return given;
  const isMeant = (name: string): boolean => matchesPlan(name, given);
  const present = (await listPresentPlans(git.root, organisation)).filter(isMeant);
  const names = present.length > 0 ? present : [...(await listPastPlans(git, organisation)).keys()].filter(isMeant);
  const [only] = names;
  if (only === undefined)
    throw new ReconcileError('PLAN_MISSING', `There is no plan ${given} of ${organisation}, nor was there one`, {
      remedy:
        'Name a plan by its folder, its number or its digest; zivver-gitops history lists those that were applied.',
    });
  if (names.length === 1) return only;
  throw new ReconcileError('CLI_USAGE', `${given} may be one of ${names.length} plans`, {
    remedy: 'Write the whole name of the one that is meant.',
    problems: names.toSorted(comparePlanNames).map((name) => ({ where: 'plans', what: name })),
  });
}

/** The plan of this name with its digest proven, from the work tree or from the last commit that has it. */
export async function readAnyPlan(git: GitRepository, organisation: string, name: string): Promise<FoundPlan> {
  const file = `${planFolder(organisation, name)}/plan.json`;
  const present = await readFile(path.join(git.root, ...file.split('/')), 'utf8').catch(() => null);
  if (present !== null) return { plan: parsePlanFile(present, file), commit: null };
  const commit = (await listPastPlans(git, organisation)).get(name);
  const text = commit === undefined ? undefined : await git.readFileAt(commit, file);
  if (commit === undefined || text === undefined)
    throw new ReconcileError('PLAN_MISSING', `${file} is neither here nor in git`, {
      remedy: 'Fetch the branch and try again.',
    });
  return { plan: parsePlanFile(text.toString('utf8'), file), commit };
}

/** Every plan that a commit of this clone brought → the newest commit that did. */
async function listPastPlans(git: GitRepository, organisation: string): Promise<ReadonlyMap<string, string>> {
  const format = ['--format=%x00%H', '--name-only', '--diff-filter=AM', '--no-renames'];
  const log = await git.read(['log', '--all', '--full-history', '-m', ...format, '--', `plans/${organisation}`]);
  const plans = new Map<string, string>();
  for (const entry of log.split('\0')) {
    const [commit = '', ...files] = entry.split('\n').filter((line) => line !== '');
    for (const file of files) {
      const place = parsePlanPath(file);
      if (place?.file === 'plan.json' && !plans.has(place.name)) plans.set(place.name, commit);
    }
  }
  return plans;
}
