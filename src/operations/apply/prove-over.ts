import { ReconcileError } from '../../model/errors.ts';
import type { Ledger, LedgerEntry } from '../../adapters/git/ledger.ts';
import { judgeHolder, type Machine } from '../../model/ledger/holder.ts';
import type { Holder } from '../../model/schema/generated/ledger.ts';

interface Vouching {
  /** The user vouches that the run is over. */
  readonly isTakeover: boolean;
  /** Of this run. */
  readonly runUrl: string | null;
  readonly machine: Machine;
}

/**
 * Why the earlier run of this plan cannot write any more: its process is known to be gone, or people say so. They are obeyed
 * unless it is known to run. Throws LEDGER_LOCKED (34).
 */
export function proveOver(entry: LedgerEntry, { isTakeover, runUrl, machine }: Vouching): string {
  if (entry.end !== null) return `the run before ended ${entry.end.verdict}`;
  const holder = holderOf(entry);
  const state = judgeHolder(holder, machine);
  if (state === 'dead') return `process ${holder.processId} on this machine is gone`;
  if (state === 'alive')
    throw locked(`the plan is being applied by ${describeHolder(entry)}, which runs on this machine`);
  if (isEarlierAttempt(holder.runUrl, runUrl)) return `this is a later attempt of the run ${holder.runUrl}`;
  if (isTakeover) return 'the user vouches that the run before is over';
  throw locked(`the plan is being applied by ${describeHolder(entry)}`);
}

/** A new plan must not overtake one that is being applied. */
export function refuseOpenEntry(ledger: Ledger): null {
  const last = ledger.entries.at(-1);
  if (last === undefined || last.end !== null) return null;
  throw locked(`plan ${last.name} is being applied by ${describeHolder(last)}`);
}

export function locked(what: string): ReconcileError {
  return new ReconcileError('LEDGER_LOCKED', `The lock is taken: ${what}`, {
    remedy:
      'Wait until that apply has ended. If it died: apply the same plan with --resume, or, if a later plan is merged, close it with --abandon.',
  });
}

/** GitHub starts no attempt of a run before the one before it has ended. */
function isEarlierAttempt(before: string | null, now: string | null): boolean {
  const [, run, attempt] = ATTEMPT.exec(before ?? '') ?? [];
  const [, ownRun, ownAttempt] = ATTEMPT.exec(now ?? '') ?? [];
  return run === ownRun && Number(attempt) < Number(ownAttempt);
}

const ATTEMPT = /^(https?:.*\/actions\/runs\/\d+)\/attempts\/(\d+)$/;

function holderOf(entry: LedgerEntry): Holder {
  const later = entry.records.flatMap((record) => (record.type === 'resume' ? [record.holder] : []));
  return later.at(-1) ?? entry.begin.holder;
}

function describeHolder(entry: LedgerEntry): string {
  const { host, processId, runUrl } = holderOf(entry);
  return runUrl ?? `process ${processId} on ${host}`;
}
