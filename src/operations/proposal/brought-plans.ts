import { ReconcileError, type Problem } from '../../model/errors.ts';
import { parsePlanPath, planFolder } from '../../model/plan/plan-name.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';

/** A plan that a pull request adds. */
export interface BroughtPlan {
  readonly organisation: string;
  /** `NNNN-<digest8>` */
  readonly name: string;
}

export interface ChangedFile {
  /** git's letter: A, M, D, T … */
  readonly status: string;
  readonly path: string;
}

/** What a checked out pull request changes against `base`, any name git knows for the commit it goes onto. */
export async function readChangedFiles(git: GitRepository, base: string): Promise<readonly ChangedFile[]> {
  const commit = await git.resolve(base);
  if (commit === undefined)
    throw new ReconcileError('CLI_USAGE', `${base} is not a commit that is known here`, {
      remedy: 'Fetch more history (fetch-depth: 2), or name the base with --base.',
    });
  return readChangedFilesOf(git, commit, 'HEAD');
}

/** What differs between two commits. */
export async function readChangedFilesOf(
  git: GitRepository,
  base: string,
  head: string,
): Promise<readonly ChangedFile[]> {
  const parts = (await git.read(['diff', '--name-status', '--no-renames', '-z', base, head])).split('\0');
  return parts.flatMap((status, index) =>
    index % 2 === 0 && status !== '' ? [{ status, path: parts[index + 1] ?? '' }] : [],
  );
}

/**
 * The plans among the changes. A pull request with a plan holds nothing else: no limit can be relaxed along with what it
 * allows (threats.md 15). Plans that are there are never edited. Throws PLAN_REVIEW_DISAGREES (29).
 */
export function findBroughtPlans(files: readonly ChangedFile[]): readonly BroughtPlan[] {
  const plans = files.flatMap(({ status, path }) => {
    const place = parsePlanPath(path);
    if (status !== 'A' || place?.file !== 'plan.json') return [];
    return [{ organisation: place.organisation, name: place.name }];
  });
  const problems = files.flatMap((file) => findFault(file, plans));
  const names = plans.map(({ organisation }) => organisation);
  for (const organisation of new Set(names.filter((name, index) => names.indexOf(name) !== index)))
    problems.push({ where: `plans/${organisation}`, what: 'has more than one new plan' });
  if (problems.length === 0) return plans;
  throw new ReconcileError('PLAN_REVIEW_DISAGREES', 'This pull request changes what does not go together', {
    remedy: 'Merge changes of configuration, workflows or tool first, on their own, then make a new plan.',
    problems,
  });
}

function findFault({ status, path }: ChangedFile, plans: readonly BroughtPlan[]): Problem[] {
  if (path.startsWith('plans/') && status !== 'A' && status !== 'D')
    return [{ where: path, what: 'is a plan that was there already, and is changed' }];
  if (plans.length === 0) return [];
  const isOwn = plans.some(({ organisation, name }) => isPartOf(path, status, organisation, name));
  return isOwn ? [] : [{ where: path, what: 'does not belong to the plan in this pull request' }];
}

function isPartOf(path: string, status: string, organisation: string, name: string): boolean {
  const folder = `${planFolder(organisation, name)}/`;
  if (status === 'A' && [`${folder}plan.json`, `${folder}plan.md`].includes(path)) return true;
  const desired = `desired/${organisation}/`;
  return path.startsWith(desired) && /^(?:users|functional)\/[^/]+\.yaml$/.test(path.slice(desired.length));
}
