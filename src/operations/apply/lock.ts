import { LEDGER_BRANCH } from '../../adapters/git/ref-names.ts';
import { hostname } from 'node:os';
import path from 'node:path';
import type { ApprovedPlan } from '../approval/approval.ts';
import { ReconcileError } from '../../model/errors.ts';
import { fetchBranch } from '../../adapters/git/branch.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { anchorEnded, pushAnchor } from '../../adapters/git/ledger-anchor.ts';
import { Journal } from '../../adapters/git/journal.ts';
import { isLostRace, notWritable, pushLedgerFile, type PushResult } from '../../adapters/git/ledger-branch.ts';
import type { Ledger, LedgerEntry } from '../../adapters/git/ledger.ts';
import { ledgerFileOf } from '../../model/plan/plan-name.ts';
import type { BeginRecord, Holder } from '../../model/schema/generated/ledger.ts';

/** The right to write to Zivver: the ledger branch says that this process applies this plan. */
export interface Lock {
  readonly journal: Journal;
  /** Writes everything recorded so far to the ledger branch. Throws LEDGER_NOT_WRITABLE (45). */
  push(message: string): Promise<void>;
}

export interface LockRequest {
  readonly git: GitRepository;
  readonly ledger: Ledger;
  readonly plan: ApprovedPlan;
  readonly now: () => Date;
  /** URL of the CI run, if any. */
  readonly runUrl: string | null;
  /** The user vouches that the run that holds the lock is over. */
  readonly isTakeover: boolean;
}

/** Takes the lock by a compare-and-swap push; the loser gets LEDGER_LOCKED (34), having written nothing to Zivver. */
export async function takeLock(request: LockRequest): Promise<Lock> {
  const { git, ledger, plan, now, runUrl } = request;
  const { organisation } = plan.plan.body;
  const entry = plan.freshness.kind === 'again' ? plan.freshness.entry : null;
  const proof = entry === null ? refuseOpenEntry(ledger) : proveOver(entry, request);
  await anchorEnded({ git, gitRemote: ledger.gitRemote, organisation }, ledger);
  const journal = await openJournal({ git, organisation, name: plan.name, entry, ledger, now });
  const holder = buildHolder(runUrl);
  journal.append(proof === null ? buildBegin(plan, holder) : { type: 'resume', holder, proof });
  const push = buildPush({ git, ledger, journal, organisation, name: plan.name });
  refuseUnpushed(await push(`${organisation}: ${proof === null ? 'begin' : 'resume'} plan ${plan.name}`));
  journal.open();
  return {
    journal,
    push: async (message) => {
      const result = await push(message);
      if (!result.pushed) throw notWritable(result.why);
    },
  };
}

/** Pushes a journal that no apply goes on with. */
export async function pushJournal(pushing: Pushing, what: string): Promise<void> {
  refuseUnpushed(await buildPush(pushing)(`${pushing.organisation}: ${what}`));
}

function refuseUnpushed(result: PushResult): void {
  if (!result.pushed) throw isLostRace(result.why) ? locked('another apply was faster') : notWritable(result.why);
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
}

/** The journal of a plan on this machine, with what the ledger branch has of it, and nothing written yet. */
export async function openJournal({ git, organisation, name, entry, ledger, now }: JournalPlace): Promise<Journal> {
  const file = path.join(await gitFolder(git), 'zivver-gitops', organisation, ledgerFileOf(name));
  return new Journal(file, { text: entry?.text ?? '', head: entry?.head ?? ledger.head ?? '' }, now);
}

export function buildHolder(runUrl: string | null): Holder {
  return { host: hostname(), processId: process.pid, runUrl };
}

interface Pushing extends Pick<LockRequest, 'git' | 'ledger'> {
  readonly journal: Journal;
  readonly organisation: string;
  /** Of the plan. */
  readonly name: string;
}

/** Other organisations write to the branch too: a push that only they overtook is made again on top of theirs. */
function buildPush({ git, ledger, journal, organisation, name }: Pushing): (message: string) => Promise<PushResult> {
  const { gitRemote } = ledger;
  const file = ledgerFileOf(name);
  let { tip } = ledger;
  return async (message) => {
    for (let attempt = 1; ; attempt += 1) {
      const push = { git, gitRemote, tip, organisation, file, text: journal.text, message };
      const result = await pushLedgerFile(push);
      if (result.pushed) {
        tip = result.tip;
        if (journal.hasEnded) await pushAnchor({ git, gitRemote, organisation }, { name, commit: tip });
      }
      if (result.pushed || !isLostRace(result.why) || attempt === PUSH_ATTEMPTS) return result;
      const moved = await fetchBranch(git, gitRemote, LEDGER_BRANCH);
      if (!(await hasSameFolder(git, organisation, [tip, moved]))) return result;
      tip = moved;
    }
  };
}

const PUSH_ATTEMPTS = 10;

async function hasSameFolder(
  git: GitRepository,
  folder: string,
  [one, other]: [string | null, string | null],
): Promise<boolean> {
  if (one === null || other === null) return false;
  const trees = await git.read(['rev-parse', `${one}:${folder}`, `${other}:${folder}`]).catch(() => 'one two');
  const [first, second] = trees.split(/\s/);
  return first === second;
}

async function gitFolder(git: GitRepository): Promise<string> {
  return path.resolve(git.root, (await git.read(['rev-parse', '--git-common-dir'])).trim());
}

function buildBegin({ plan, facts }: ApprovedPlan, holder: Holder): Omit<BeginRecord, 'previous' | 'at'> {
  return {
    type: 'begin',
    plan: plan.digest,
    sequence: plan.body.sequence,
    changes: plan.body.changes.length,
    holder,
    approval: facts,
  };
}

/** A new plan must not overtake one that is being applied. */
function refuseOpenEntry(ledger: Ledger): null {
  const last = ledger.entries.at(-1);
  if (last === undefined || last.end !== null) return null;
  throw locked(`plan ${last.name} is being applied by ${describeHolder(last)}`);
}

interface Vouching {
  /** The user vouches that the run is over. */
  readonly isTakeover: boolean;
  /** Of this run. */
  readonly runUrl: string | null;
}

/** Why the earlier run of this plan cannot write any more. Throws LEDGER_LOCKED (34) if nothing says so. */
export function proveOver(entry: LedgerEntry, { isTakeover, runUrl }: Vouching): string {
  if (entry.end !== null) return `the run before ended ${entry.end.verdict}`;
  const holder = holderOf(entry);
  const isHere = holder.host === hostname();
  if (isHere && !isAlive(holder.processId)) return `process ${holder.processId} on this host is gone`;
  if (isEarlierAttempt(holder.runUrl, runUrl)) return `this is a later attempt of the run ${holder.runUrl}`;
  if (isTakeover && !isHere) return 'the user vouches that the run before is over';
  throw locked(`the plan is being applied by ${describeHolder(entry)}`);
}

/** GitHub starts no attempt of a run before the one before it has ended. */
function isEarlierAttempt(before: string | null, now: string | null): boolean {
  const [, run, attempt] = ATTEMPT.exec(before ?? '') ?? [];
  const [, ownRun, ownAttempt] = ATTEMPT.exec(now ?? '') ?? [];
  return run !== undefined && run === ownRun && Number(attempt) < Number(ownAttempt);
}

const ATTEMPT = /^(https?:.*\/actions\/runs\/\d+)\/attempts\/(\d+)$/;

function holderOf(entry: LedgerEntry): Holder {
  const holders = entry.records.flatMap((record) =>
    record.type === 'begin' || record.type === 'resume' ? [record.holder] : [],
  );
  return holders.at(-1) ?? entry.begin.holder;
}

function describeHolder(entry: LedgerEntry): string {
  const { host, processId, runUrl } = holderOf(entry);
  return runUrl ?? `process ${processId} on ${host}`;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function locked(what: string): ReconcileError {
  return new ReconcileError('LEDGER_LOCKED', `The lock is taken: ${what}`, {
    remedy:
      'Wait until that apply has ended. If it died on another machine: apply the same plan with --resume, or, if a later plan is merged, close it with --abandon.',
  });
}
