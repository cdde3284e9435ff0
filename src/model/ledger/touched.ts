import type { LedgerRecord } from '../schema/generated/ledger.ts';
import { isSuccessStatus } from './outcome-status.ts';

/** What changed an account last. */
export interface Touched {
  /** Name of the plan. */
  readonly plan: string;
  /** When it was done. */
  readonly at: string;
}

/** Zivver id → the last plan that changed the account; `entries` oldest first. */
export function listTouched(
  entries: readonly { readonly name: string; readonly records: readonly LedgerRecord[] }[],
): ReadonlyMap<string, Touched> {
  const touched = new Map<string, Touched>();
  for (const { name: plan, records } of entries)
    for (const record of records)
      if (record.type === 'finished' && record.zivverId !== null && isSuccessStatus(record.status))
        touched.set(record.zivverId, { plan, at: record.at });
  return touched;
}
