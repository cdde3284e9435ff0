import path from 'node:path';
import type { ApprovedPlan } from '../approval/approval.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { anchorEnded } from '../../adapters/git/ledger-anchor.ts';
import { Journal } from '../../adapters/git/journal.ts';
import { notWritable } from '../../adapters/git/ledger-branch.ts';
import type { Ledger, LedgerEntry } from '../../adapters/git/ledger.ts';
import { listTakings } from '../../model/change/takings.ts';
import type { SignEnd } from '../../model/ledger/signed-end.ts';
import { latestTimeOf } from '../../model/ledger/times.ts';
import { buildHolder, type Machine } from '../../model/ledger/holder.ts';
import { ledgerFileOf } from '../../model/plan/plan-name.ts';
import type { BeginRecord, Holder, Populations } from '../../model/schema/generated/ledger.ts';
import { refuseWrongClock } from './clock.ts';
import { LedgerPusher, refuseUnpushed } from './ledger-pusher.ts';
import { proveOver, refuseOpenEntry } from './prove-over.ts';

/** The right to write to Zivver: the ledger branch says that this process applies this plan. */
export interface Lock {
  readonly journal: Journal;
  /** Before each batch of requests. Throws LEDGER_NOT_WRITABLE (45) if somebody took over, or that cannot be told. */
  verifyHeld(): Promise<void>;
  /** Writes everything recorded so far to the ledger branch. Throws LEDGER_NOT_WRITABLE (45). */
  push(message: string): Promise<void>;
}

export interface LockRequest {
  readonly git: GitRepository;
  readonly ledger: Ledger;
  readonly plan: ApprovedPlan;
  /** Populations before its first write. */
  readonly existing: Populations;
  readonly now: () => Date;
  /** By so much the clock of Zivver is ahead of ours; null: it did not say. */
  readonly clockSkewMs: number | null;
  readonly machine: Machine;
  /** URL of the CI run, if any. */
  readonly runUrl: string | null;
  /** The user vouches that the run that holds the lock is over. */
  readonly isTakeover: boolean;
  /** Null: ends are not signed. */
  readonly signEnd: SignEnd | null;
}

/** Takes the lock by a compare-and-swap push; the loser gets LEDGER_LOCKED (34), having written nothing to Zivver. */
export async function takeLock(request: LockRequest): Promise<Lock> {
  const { git, ledger, plan, now, runUrl, machine, signEnd } = request;
  const { organisation } = plan.plan.body;
  const entry = plan.freshness.kind === 'again' ? plan.freshness.entry : null;
  const proof = entry === null ? refuseOpenEntry(ledger) : proveOver(entry, request);
  refuseWrongClock({ now: now(), latest: latestTimeOf(ledger), skewMs: request.clockSkewMs });
  await anchorEnded({ git, gitRemote: ledger.gitRemote, organisation }, ledger);
  const journal = await openJournal({ git, organisation, name: plan.name, entry, ledger, now, signEnd });
  const holder = buildHolder(machine, runUrl);
  journal.append(proof === null ? buildBegin(request, holder) : { type: 'resume', holder, proof });
  const pusher = new LedgerPusher({ git, ledger, journal, organisation, name: plan.name });
  refuseUnpushed(await pusher.push(`${organisation}: ${proof === null ? 'begin' : 'resume'} plan ${plan.name}`));
  journal.open();
  return {
    journal,
    verifyHeld: () => pusher.verifyHead(),
    push: async (message) => {
      const result = await pusher.push(message);
      if (!result.pushed) throw notWritable(result.why);
    },
  };
}

export interface JournalPlace {
  readonly git: GitRepository;
  readonly organisation: string;
  /** Of the plan. */
  readonly name: string;
  /** What the ledger has of it. */
  readonly entry: LedgerEntry | null;
  readonly ledger: Ledger;
  readonly now: () => Date;
  readonly signEnd: SignEnd | null;
}

/** The journal of a plan on this machine, with what the ledger branch has of it, and nothing written yet. */
export async function openJournal(place: JournalPlace): Promise<Journal> {
  const { git, organisation, name, entry, ledger, now, signEnd } = place;
  const file = path.join(await gitFolder(git), 'zivver-gitops', organisation, ledgerFileOf(name));
  return new Journal(file, { text: entry?.text ?? '', head: entry?.head ?? ledger.head ?? '' }, { now, signEnd });
}

async function gitFolder(git: GitRepository): Promise<string> {
  return path.resolve(git.root, (await git.read(['rev-parse', '--git-common-dir'])).trim());
}

function buildBegin(
  { plan: { plan, facts }, existing }: Pick<LockRequest, 'plan' | 'existing'>,
  holder: Holder,
): Omit<BeginRecord, 'previous' | 'at'> {
  return {
    type: 'begin',
    plan: plan.digest,
    sequence: plan.body.sequence,
    changes: plan.body.changes.length,
    existing: { ...existing },
    takes: listTakings(plan.body.changes),
    holder,
    approval: facts,
  };
}
