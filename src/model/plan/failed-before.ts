import type { Change } from '../change/change.ts';
import { failuresOf, type Failures } from '../ledger/failures.ts';
import type { FailedBefore } from '../schema/generated/plan.ts';

/** What reviewers are told of the changes of a plan that an earlier apply did not do. Pure. */
export function listFailedBefore(changes: readonly Change[], failures: Failures): FailedBefore[] {
  return changes.flatMap((change) => {
    const failed = failuresOf(change, failures);
    const last = failed.at(-1);
    if (last === undefined) return [];
    return [{ change: change.id, plan: last.plan, status: last.status, detail: last.detail, times: failed.length }];
  });
}
