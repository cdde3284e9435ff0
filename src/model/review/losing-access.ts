import type { Reason } from '../schema/generated/plan.ts';
import { groupBy } from '../text/group-by.ts';
import { departmentOf } from './department.ts';
import type { Review } from './review.ts';
import type { ReviewedChange } from './reviewed-change.ts';
import { DESTRUCTIVE } from './risk.ts';

/** Everybody and everything that loses access in a plan, for the first screen. */
export interface LosingAccess {
  readonly count: number;
  /** At most `SHOWN`, weakest evidence first; each stands in full with its evidence below. */
  readonly shown: readonly ReviewedChange[];
  /** What is not shown by name, by reason, weakest evidence first. */
  readonly rest: readonly { readonly reason: Reason; readonly count: number }[];
  /** The same people by department, the largest first; null = nobody can say which. */
  readonly departments: readonly { readonly department: string | null; readonly count: number }[];
}

/** Fits on the first screen of a laptop, together with the verdict. */
export const SHOWN = 10;

/** From what nobody can explain to what the source itself says; what stands in no list comes between. */
const WEAKEST_FIRST: readonly Reason[] = ['unexplained', 'address-removed', 'filtered', 'moved'];
const STRONGEST_LAST: readonly Reason[] = ['expired', 'disabled', 'deleted'];

/** Pure; of equal evidence in the order of the plan. */
export function listLosingAccess({ classes }: Pick<Review, 'classes'>): LosingAccess {
  const losing = classes.filter(({ risk }) => DESTRUCTIVE.has(risk)).flatMap(({ changes }) => changes);
  const sorted = losing.toSorted((one, other) => strengthOf(one.change.reason) - strengthOf(other.change.reason));
  const others = sorted.slice(SHOWN);
  const rest = groupBy(others, ({ change }) => change.reason);
  const departments = groupBy(others, ({ change }) => departmentOf(change));
  return {
    count: losing.length,
    shown: sorted.slice(0, SHOWN),
    rest: [...rest].map(([reason, changes]) => ({ reason, count: changes.length })),
    departments: [...departments]
      .map(([department, changes]) => ({ department, count: changes.length }))
      .sort((one, other) => other.count - one.count),
  };
}

function strengthOf(reason: Reason): number {
  const weak = WEAKEST_FIRST.indexOf(reason);
  if (weak >= 0) return weak;
  return WEAKEST_FIRST.length + 1 + STRONGEST_LAST.indexOf(reason);
}
