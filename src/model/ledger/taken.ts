import type { LedgerRecord, Taking } from '../schema/generated/ledger.ts';
import { isSuccessStatus } from './outcome-status.ts';

/** What an earlier plan took away, and when. */
export interface Taken extends Omit<Taking, 'change'> {
  /** Milliseconds since 1970. */
  readonly at: number;
}

interface RecordedPlan {
  readonly records: readonly LedgerRecord[];
}

/**
 * What the plans of a ledger took away. What was started and never finished counts as done, and so does everything of a plan
 * that was abandoned, of which Zivver alone knows.
 */
export function listTaken(entries: readonly RecordedPlan[]): Taken[] {
  return entries.flatMap(listTakenOf);
}

function listTakenOf({ records }: RecordedPlan): Taken[] {
  const takings = records.flatMap((record) => (record.type === 'begin' ? record.takes : []));
  const last = records.at(-1);
  const abandonedAt = last?.type === 'end' && last.verdict === 'abandoned' ? Date.parse(last.at) : null;
  const done = new Map<string, number | null>();
  for (const record of records) {
    if (record.type === 'started') done.set(record.change, Date.parse(record.at));
    if (record.type === 'finished')
      done.set(record.change, isSuccessStatus(record.status) ? Date.parse(record.at) : null);
  }
  return takings.flatMap(({ change, zivverId, counts }) => {
    const known = done.get(change);
    const at = known === undefined ? abandonedAt : known;
    return at === null ? [] : [{ zivverId, counts, at }];
  });
}
