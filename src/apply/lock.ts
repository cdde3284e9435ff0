import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import type { ApprovedPlan } from '../approval/approval.ts';
import { ReconcileError } from '../errors.ts';
import type { GitRepository } from '../git/repository.ts';
import { Journal } from '../ledger/journal.ts';
import { isLostRace, notWritable, pushLedgerFile } from '../ledger/ledger-branch.ts';
import type { Ledger, LedgerEntry } from '../ledger/ledger.ts';
import type { BeginRecord, Holder } from '../schema/generated/ledger.ts';

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
  const { git, ledger, plan, now } = request;
  const { organisation } = plan.plan.body;
  const file = path.join(await gitFolder(git), 'zivver-gitops', organisation, `${plan.name}.jsonl`);
  const entry = plan.freshness.kind === 'again' ? plan.freshness.entry : null;
  const proof = entry === null ? refuseOpenEntry(ledger) : proveOver(entry, request.isTakeover);
  if (entry === null) rmSync(file, { force: true });
  const journal = new Journal(file, { text: entry?.text ?? '', head: entry?.head ?? ledger.head ?? '' }, now);
  const holder: Holder = { host: hostname(), processId: process.pid, runUrl: request.runUrl };
  journal.append(proof === null ? buildBegin(plan, holder) : { type: 'resume', holder, proof });
  let tip = ledger.tip;
  const push = async (message: string): Promise<Awaited<ReturnType<typeof pushLedgerFile>>> => {
    const result = await pushLedgerFile({
      git,
      gitRemote: ledger.gitRemote,
      tip,
      file: `${organisation}/${plan.name}.jsonl`,
      text: journal.text,
      message,
    });
    if (result.pushed) ({ tip } = result);
    return result;
  };
  const taken = await push(`${organisation}: ${proof === null ? 'begin' : 'resume'} plan ${plan.name}`);
  if (!taken.pushed) throw isLostRace(taken.why) ? locked('another apply was faster') : notWritable(taken.why);
  return {
    journal,
    push: async (message) => {
      const result = await push(message);
      if (!result.pushed) throw notWritable(result.why);
    },
  };
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
  throw locked(
    `plan ${last.name} is being applied by ${describeHolder(last)}; if that run is over: zivver-gitops apply ${last.name} --resume`,
  );
}

/** Why the earlier run of this plan cannot write any more. */
function proveOver(entry: LedgerEntry, isTakeover: boolean): string {
  if (entry.end !== null) return `the run before ended ${entry.end.verdict}`;
  const holder = holderOf(entry);
  if (holder.host === hostname() && !isAlive(holder.processId))
    return `process ${holder.processId} on this host is gone`;
  if (isTakeover && !(holder.host === hostname() && isAlive(holder.processId))) return 'taken over with --resume';
  throw locked(`the plan is being applied by ${describeHolder(entry)}`);
}

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
    remedy: 'Wait until that apply has ended. If it died on another machine, apply the same plan with --resume.',
  });
}
