import { ReconcileError } from '../../model/errors.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { Ledger, LedgerEntry } from '../../adapters/git/ledger.ts';
import { buildHolder, type Machine } from '../../model/ledger/holder.ts';
import type { SignEnd } from '../../model/ledger/signed-end.ts';
import { latestTimeOf } from '../../model/ledger/times.ts';
import { refuseWrongClock } from './clock.ts';
import { pushJournal } from './ledger-pusher.ts';
import { openJournal } from './lock.ts';
import { proveOver } from './prove-over.ts';

export interface AbandonRequest {
  readonly git: GitRepository;
  readonly organisation: string;
  readonly ledger: Ledger;
  /** Null: whichever apply is open. */
  readonly name: string | null;
  readonly now: () => Date;
  /** URL of the CI run, if any. */
  readonly runUrl: string | null;
  readonly machine: Machine;
  readonly signEnd: SignEnd | null;
}

/** What the ledger knows of an apply that was closed. */
export interface Abandoned {
  readonly name: string;
  readonly changes: number;
  /** Changes whose outcome was recorded. */
  readonly finished: number;
}

/**
 * Ends the record of an apply that died: it can never go on, and the next plan is made from what Zivver holds by then.
 * Needs no key of Zivver and sends nothing to Zivver. Whoever calls it vouches that the run is over, as with --resume; a run on this
 * host that is alive is found out. Throws LEDGER_LOCKED (34), LEDGER_NOT_WRITABLE (45), CLI_USAGE.
 */
export async function abandonApply(request: AbandonRequest): Promise<Abandoned> {
  const { git, organisation, ledger, now, runUrl, machine, signEnd } = request;
  const entry = findOpen(ledger, request.name);
  const proof = `${proveOver(entry, { isTakeover: true, runUrl, machine })}; closed with --abandon`;
  refuseWrongClock({ now: now(), latest: latestTimeOf(ledger), skewMs: null });
  const journal = await openJournal({ git, organisation, name: entry.name, entry, ledger, now, signEnd });
  const records = journal.records();
  const finished = new Map(records.flatMap((one) => (one.type === 'finished' ? [[one.change, one.status]] : [])));
  const started = records.flatMap((one) => (one.type === 'started' ? [one.change] : []));
  const totals: Record<string, number> = {};
  for (const status of finished.values()) totals[status] = (totals[status] ?? 0) + 1;
  const unconfirmed = [...new Set(started)].filter((change) => !finished.has(change));
  journal.append({ type: 'resume', holder: buildHolder(machine, runUrl), proof });
  journal.append({ type: 'end', verdict: 'abandoned', totals, unconfirmed });
  await pushJournal({ git, ledger, journal, organisation, name: entry.name }, `abandon plan ${entry.name}`);
  journal.discard();
  return { name: entry.name, changes: entry.begin.changes, finished: finished.size };
}

function findOpen({ entries }: Ledger, name: string | null): LedgerEntry {
  const last = entries.at(-1);
  if (last !== undefined && last.end === null && (name === null || last.name === name)) return last;
  const what = name === null ? 'No apply is open' : `The apply of plan ${name} is not open`;
  throw new ReconcileError('CLI_USAGE', `${what}, so there is nothing to abandon`, {
    remedy: 'Look at: zivver-gitops status',
  });
}
