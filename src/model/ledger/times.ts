import type { Problem } from '../errors.ts';

/** So far two clocks may differ. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

export interface TimedLine {
  /** ISO 8601 */
  readonly at: string;
  /** File and line. */
  readonly where: string;
}

interface TimedLedger {
  readonly genesis: { readonly at: string } | null;
  readonly entries: readonly { readonly records: readonly { readonly at: string }[] }[];
}

/** Null: it has no record yet. */
export function latestTimeOf({ genesis, entries }: TimedLedger): Date | null {
  const last = entries.at(-1)?.records.at(-1) ?? genesis;
  return last === null ? null : new Date(last.at);
}

/** Lines whose time lies clearly before that of a line above them: written with a wrong clock, or put there afterwards. */
export function findBackwardTimes(lines: Iterable<TimedLine>): Problem[] {
  const problems: Problem[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (const { at, where } of lines) {
    const moment = Date.parse(at);
    if (moment < latest - CLOCK_TOLERANCE_MS)
      problems.push({ where, what: `is of ${at}, though a line before it is of ${new Date(latest).toISOString()}` });
    latest = Math.max(latest, moment);
  }
  return problems;
}
