import { ReconcileError } from '../../model/errors.ts';
import { CLOCK_TOLERANCE_MS } from '../../model/ledger/times.ts';

export interface Clocks {
  readonly now: Date;
  /** Time of the latest record of the ledger; null: there is none. */
  readonly latest: Date | null;
  /** By so much the clock of Zivver is ahead of ours; null: it did not say. */
  readonly skewMs: number | null;
}

/** One record with a wrong time would make the ledger invalid for everybody whose clock is right. Throws 45. */
export function refuseWrongClock({ now, latest, skewMs }: Clocks): void {
  const behind = latest === null ? 0 : latest.getTime() - now.getTime();
  if (behind > CLOCK_TOLERANCE_MS) throw wrong(`${minutesOf(behind)} behind the last record of the ledger`);
  const ahead = skewMs ?? 0;
  if (Math.abs(ahead) <= CLOCK_TOLERANCE_MS) return;
  throw wrong(`${minutesOf(Math.abs(ahead))} ${ahead > 0 ? 'behind' : 'ahead of'} the clock of Zivver`);
}

function minutesOf(durationMs: number): string {
  return `${Math.round(durationMs / 60_000)} minutes`;
}

function wrong(what: string): ReconcileError {
  return new ReconcileError('LEDGER_NOT_WRITABLE', `The clock of this machine is ${what}; nothing was written`, {
    remedy: 'Set the clock of this machine (or of whoever wrote that record), then apply again.',
  });
}
