import type { LedgerRecord, RefusedAlias } from '../schema/generated/ledger.ts';

/** An alias that Zivver refused when the plan was applied. */
export interface Refusal extends RefusedAlias {
  /** Name of the plan. */
  readonly plan: string;
}

/** What the ledger knows of accounts and Zivver does not tell. */
export interface LedgerFacts {
  /** Zivver id → aliases that were refused, oldest first. */
  readonly refusedAliases: ReadonlyMap<string, readonly Refusal[]>;
}

/** All applies, oldest first. */
export function listLedgerFacts(
  entries: readonly { readonly name: string; readonly records: readonly LedgerRecord[] }[],
): LedgerFacts {
  const refusedAliases = new Map<string, Refusal[]>();
  for (const { name: plan, records } of entries)
    for (const record of records) {
      if (record.type !== 'finished' || record.zivverId === null) continue;
      for (const refused of record.withoutAliases ?? [])
        refusedAliases.set(record.zivverId, [...(refusedAliases.get(record.zivverId) ?? []), { ...refused, plan }]);
    }
  return { refusedAliases };
}
