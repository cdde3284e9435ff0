import type { EndRecord } from '../schema/generated/ledger.ts';

/** A plan was applied. One that was refused or abandoned does not close the time of the first plan. */
export function hasApplied(entries: readonly { readonly end: Pick<EndRecord, 'verdict'> | null }[]): boolean {
  return entries.some(({ end }) => end !== null && end.verdict !== 'refused' && end.verdict !== 'abandoned');
}
