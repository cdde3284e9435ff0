import type { Change } from '../change/change.ts';
import { effectOf, takesAccess } from '../change/effect.ts';
import type { Touched } from '../ledger/touched.ts';
import type { TouchedBefore } from '../schema/generated/plan.ts';

/** Of those who lose access: the last plan that changed the account. Pure. */
export function listTouchedBefore(changes: readonly Change[], touched: ReadonlyMap<string, Touched>): TouchedBefore[] {
  return changes.flatMap((change) => {
    const last = change.zivverId === null ? undefined : touched.get(change.zivverId);
    return last === undefined || !takesAccess(effectOf(change)) ? [] : [{ change: change.id, ...last }];
  });
}
