import type { LedgerRecord, RefusedAlias } from '../schema/generated/ledger.ts';
import { listFailures, NO_FAILURES, type Failures } from './failures.ts';
import { listTaken, type Taken } from './taken.ts';
import { listTouched, type Touched } from './touched.ts';

/** An alias that Zivver refused when the plan was applied. */
export interface Refusal extends RefusedAlias {
  /** Name of the plan. */
  readonly plan: string;
}

/** What the ledger knows of accounts and Zivver does not tell. */
export interface LedgerFacts {
  /** Key → Zivver id, of the accounts that this program created. */
  readonly createdIds: ReadonlyMap<string, string>;
  /** Zivver id → aliases that were refused, oldest first. */
  readonly refusedAliases: ReadonlyMap<string, readonly Refusal[]>;
  /** What limits over time count. */
  readonly taken: readonly Taken[];
  readonly failures: Failures;
  /** Zivver id → the last plan that changed the account. */
  readonly touched: ReadonlyMap<string, Touched>;
}

export const NO_FACTS: LedgerFacts = {
  createdIds: new Map(),
  refusedAliases: new Map(),
  taken: [],
  failures: NO_FAILURES,
  touched: new Map(),
};

/** All applies, oldest first. */
export function listLedgerFacts(
  entries: readonly { readonly name: string; readonly records: readonly LedgerRecord[] }[],
): LedgerFacts {
  const createdIds = new Map<string, string>();
  const refusedAliases = new Map<string, Refusal[]>();
  for (const { name: plan, records } of entries)
    for (const record of records) {
      if (record.type !== 'finished' || record.zivverId === null) continue;
      if (record.created !== undefined) createdIds.set(record.created, record.zivverId);
      for (const refused of record.withoutAliases ?? [])
        refusedAliases.set(record.zivverId, [...(refusedAliases.get(record.zivverId) ?? []), { ...refused, plan }]);
    }
  return {
    createdIds,
    refusedAliases,
    taken: listTaken(entries),
    failures: listFailures(entries),
    touched: listTouched(entries),
  };
}
