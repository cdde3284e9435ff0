import type { PlanBody } from '../../model/schema/generated/plan.ts';
import type { PlanRecord } from './plan-events.ts';

/**
 * The last begun plan that read the sources: what it says of open and unmanaged accounts is the newest that is known, since a
 * rollback looks at its own accounts only. Null: no plan had begun, or git no longer has that one.
 */
export function findLastReading(records: readonly PlanRecord[]): PlanBody | null {
  const read = records.findLast(({ entry, plan }) => entry !== null && (plan === null || plan.body.source.length > 0));
  return read?.plan?.body ?? null;
}
