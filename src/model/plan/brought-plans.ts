import { ReconcileError, type Problem } from '../errors.ts';
import { HOLDS_FILE, isDesiredFile } from '../desired/desired-state.ts';
import { isStatementPath } from '../approval/statement.ts';
import { parsePlanPath } from './plan-name.ts';

/** A plan that a pull request adds. */
export interface BroughtPlan {
  readonly organisation: string;
  /** `NNNN-<digest8>` */
  readonly name: string;
}

/** What one commit has otherwise than another. */
export interface ChangedFile {
  /** git's letter: A, M, D, T … */
  readonly status: string;
  /** From the root of the repository. */
  readonly path: string;
}

/**
 * The one list of what a pull request may bring beside what: its check asks it, and so does apply of the commit that brought
 * the plan. A pull request with a plan holds nothing else, so that no limit is relaxed along with what it allows (threats.md
 * 15); plans that are there are never edited; and what `plan` writes comes with a plan only. `newest`: the newest plan of each
 * organisation before it. Throws PLAN_REVIEW_DISAGREES (29).
 */
export function findBroughtPlans(
  files: readonly ChangedFile[],
  newest: ReadonlyMap<string, string> = new Map(),
): readonly BroughtPlan[] {
  const plans = files.flatMap(({ status, path }) => {
    const place = parsePlanPath(path);
    if (status !== 'A' || place?.file !== 'plan.json') return [];
    return [{ organisation: place.organisation, name: place.name }];
  });
  const taken = plans.length === 0 ? findTakenBack(files, newest) : [];
  if (taken.length > 0) throw takenBack(taken);
  const faults = files.flatMap((file) => findFault(file, plans));
  const names = plans.map(({ organisation }) => organisation);
  for (const organisation of new Set(names.filter((name, index) => names.indexOf(name) !== index)))
    faults.push({ where: `plans/${organisation}`, what: 'has more than one new plan' });
  if (faults.length === 0) return plans;
  const problems = faults.map(({ where, what }) => ({ where, what }));
  throw new ReconcileError('PLAN_REVIEW_DISAGREES', 'This pull request changes what does not go together', {
    remedy: faults.find(({ cure }) => cure !== undefined)?.cure ?? SEPARATE,
    problems,
  });
}

/** True for what the pull request of this plan may hold: the plan, and what it was made with. */
export function isPathOfPlan(path: string, { organisation, name }: BroughtPlan): boolean {
  const place = parsePlanPath(path);
  if (place?.organisation === organisation && place.name === name)
    return ['plan.json', 'plan.md'].includes(place.file) || isStatementPath(place.file);
  const file = parseDesiredPath(path);
  return file?.organisation === organisation && isDesiredFile(file.file) && file.file.split('/').length <= 2;
}

const SEPARATE = 'Merge changes of configuration, workflows or tool first, on their own, then make a new plan.';
const WRITTEN =
  'desired/ is written by plan: change the person in the source, or the rule in organisation.yaml, then run zivver-gitops plan.';

interface Fault extends Problem {
  readonly cure?: string;
}

function findFault({ status, path }: ChangedFile, plans: readonly BroughtPlan[]): Fault[] {
  const own = plans.find((plan) => isPathOfPlan(path, plan));
  if (path.startsWith('plans/')) {
    if (own !== undefined && status === 'A') return [];
    // Statements decide nothing until apply has proved them: they may come, and be replaced, at any time.
    if (isStatementPath(parsePlanPath(path)?.file ?? '') && plans.length === 0) return [];
    if (status !== 'A' && status !== 'D')
      return [{ where: path, what: 'is a plan that was there already, and is changed' }];
    if (status === 'A') return [{ where: path, what: 'does not belong to the plan in this pull request' }];
  }
  if (own !== undefined) return [];
  if (plans.length > 0) return [{ where: path, what: 'does not belong to the plan in this pull request' }];
  return isRendered(path)
    ? [{ where: path, what: `is ${WORDS[status] ?? 'changed'} without a plan`, cure: WRITTEN }]
    : [];
}

const WORDS: Readonly<Record<string, string>> = { A: 'added', M: 'changed', D: 'removed' };

/** Plans that go although they are still needed: old ones may, once there are newer ones, but not with what they decided. */
function findTakenBack(files: readonly ChangedFile[], newest: ReadonlyMap<string, string>): BroughtPlan[] {
  const rendered = new Set(
    files.flatMap(({ path }) => (isRendered(path) ? [parseDesiredPath(path)?.organisation] : [])),
  );
  return files.flatMap(({ status, path }) => {
    const place = parsePlanPath(path);
    if (status !== 'D' || place?.file !== 'plan.json') return [];
    const { organisation, name } = place;
    return rendered.has(organisation) || newest.get(organisation) === name ? [{ organisation, name }] : [];
  });
}

function takenBack(plans: readonly BroughtPlan[]): ReconcileError {
  const names = plans.map(({ name }) => name);
  return new ReconcileError('PLAN_REVIEW_DISAGREES', `This pull request takes back plan ${names.join(', ')}`, {
    remedy: `A revert in git changes nothing in Zivver. To undo what was applied, have this reviewed: zivver-gitops invert ${names.at(-1)}`,
    problems: plans.map(({ organisation, name }) => ({ where: `plans/${organisation}/${name}`, what: 'is removed' })),
  });
}

/** Written by `plan` only; organisation.yaml, holds.yaml and sources are written by people. */
function isRendered(path: string): boolean {
  const file = parseDesiredPath(path)?.file;
  return file !== undefined && file !== HOLDS_FILE && isDesiredFile(file);
}

function parseDesiredPath(path: string): { organisation: string; file: string } | null {
  const [desired, organisation, ...file] = path.split('/');
  return desired !== 'desired' || organisation === undefined ? null : { organisation, file: file.join('/') };
}
