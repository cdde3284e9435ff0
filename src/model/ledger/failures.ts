import type { LedgerRecord } from '../schema/generated/ledger.ts';
import { isSuccessStatus } from './outcome-status.ts';

/** A change that an apply did not do. */
export interface Failure {
  /** Name of the plan. */
  readonly plan: string;
  readonly status: 'failed' | 'conflicted' | 'skipped';
  readonly detail: string;
  /** Why Zivver refused it; null: it was not Zivver, or it did not say. */
  readonly cause: string | null;
}

export interface Failures {
  /** Change id → its failures since it was last done, one a plan, oldest first. The same change has the same id in every plan. */
  readonly byChange: ReadonlyMap<string, readonly Failure[]>;
  /** Zivver id, else address → what became of the account in the last apply. */
  readonly ofLast: ReadonlyMap<string, Failure>;
}

export const NO_FAILURES: Failures = { byChange: new Map(), ofLast: new Map() };

interface RecordedPlan {
  readonly name: string;
  readonly records: readonly LedgerRecord[];
}

export function listFailures(entries: readonly RecordedPlan[]): Failures {
  const byChange = new Map<string, readonly Failure[]>();
  for (const entry of entries)
    for (const [change, { failure }] of lastWords(entry))
      byChange.set(change, failure === null ? [] : [...(byChange.get(change) ?? []), failure]);
  const last = entries.at(-1);
  const words = last === undefined ? [] : [...lastWords(last).values()];
  return {
    byChange,
    ofLast: new Map(words.flatMap(({ account, failure }) => (failure === null ? [] : [[account, failure]]))),
  };
}

/** What failed before of a change, the last time last. */
export function failuresOf(
  { id, zivverId, address }: { readonly id: string; readonly zivverId: string | null; readonly address: string },
  { byChange, ofLast }: Failures,
): readonly Failure[] {
  const own = byChange.get(id) ?? [];
  const last = ofLast.get(zivverId ?? address);
  return own.length === 0 && last !== undefined ? [last] : own;
}

/** An apply that was resumed has said more than one word about a change. */
function lastWords({ name, records }: RecordedPlan): Map<string, { account: string; failure: Failure | null }> {
  const words = new Map<string, { account: string; failure: Failure | null }>();
  for (const record of records) {
    if (record.type !== 'finished') continue;
    const { change, zivverId, address, status, detail, cause = null } = record;
    const failure = isFailure(status) ? { plan: name, status, detail: detail ?? '', cause } : null;
    words.set(change, { account: zivverId ?? address, failure });
  }
  return words;
}

function isFailure(status: string): status is Failure['status'] {
  return !isSuccessStatus(status);
}

/** Only people can mend these: asking once more changes nothing. */
const LASTING: ReadonlySet<string> = new Set([
  'outside-organisation',
  'alias-domain-not-owned',
  'alias-taken',
  'alias-is-guest',
  'invalid-division',
  'address-not-allowed',
  'already-exists',
]);

/** The last two plans that tried it failed for the same lasting cause. */
export function isRefusedTwice(failures: readonly Failure[]): boolean {
  const [one, other] = failures.filter(({ status }) => status !== 'skipped').slice(-2);
  return LASTING.has(one?.cause ?? '') && one?.cause === other?.cause;
}
