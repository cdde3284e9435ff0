import type { OutcomeStatus } from '../schema/generated/ledger.ts';

const SUCCESSES: ReadonlySet<string> = new Set<OutcomeStatus>(['applied', 'already-applied', 'adopted']);

/** True if Zivver is as the change wanted it. */
export function isSuccessStatus(status: string): boolean {
  return SUCCESSES.has(status);
}
