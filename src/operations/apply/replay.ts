import type { ExistingAccount } from '../../model/account/account.ts';
import type { AccountWriter } from '../../model/account/target.ts';
import type { ApprovedPlan } from '../approval/approval.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { Change } from '../../model/change/change.ts';
import { effectOf, takesAccess } from '../../model/change/effect.ts';
import { scheduleWrites, type ReplayStep } from '../../model/change/order.ts';
import type { ScheduledWrite } from '../../model/change/scheduled-write.ts';
import { contestedAddresses } from '../../model/change/release.ts';
import { renamesOf } from '../../model/change/renames.ts';
import type { SsoKeys } from '../../adapters/secrets/seal.ts';
import type { LiveTarget } from './live-target.ts';
import { isSuccess, type Outcome } from './outcome.ts';
import { judgePrecondition } from './precondition.ts';
import { describeRefused, type RefusedAlias } from './refused-alias.ts';
import { findSubject, sendWrite, type WriteContext, type Written } from './write-change.ts';

/** `started` is yielded before the first request of a change: the request is sent only when the next event is asked for. */
export type ReplayEvent =
  { readonly type: 'started'; readonly change: Change } | { readonly type: 'finished'; readonly outcome: Outcome };

export interface ReplayContext {
  readonly target: LiveTarget;
  readonly writer: AccountWriter;
  readonly ssoKeys: SsoKeys;
  /** Before each batch of requests. Throws if this apply no longer may write. */
  readonly verifyHeld: () => Promise<void>;
  /** Aborted = finish the requests in flight and stop. */
  readonly signal: AbortSignal;
}

/** So many requests are under way together; the rate limit has the last word. */
const IN_FLIGHT = 10;
const LIST_MAX_AGE_MS = 5 * 60_000;
/** Access is not taken away while something is plainly wrong: failures beyond max(3, 10 %) stop those steps. */
const FAILURES_FLOOR = 3;
const FAILURES_SHARE = 0.1;

/** What the preconditions say of every change, before the first request. */
export interface Assessment {
  readonly ready: ReadonlySet<string>;
  readonly settled: readonly Outcome[];
  /** Conflicted suspensions and deletions: they stop everything. */
  readonly stale: readonly Outcome[];
}

export function assessChanges(
  changes: readonly Change[],
  target: LiveTarget,
  mustAssess: (change: Change) => boolean = () => true,
): Assessment {
  const common = { index: target.index, contested: contestedAddresses(changes), renames: renamesOf(changes) };
  const ready = new Set<string>();
  const settled: Outcome[] = [];
  for (const change of changes.filter(mustAssess)) {
    const judged = judgePrecondition({ ...common, change });
    if (judged.verdict === 'ready') ready.add(change.id);
    else if (judged.verdict === 'already-applied')
      settled.push(outcomeOf(change, 'already-applied', judged.existing?.zivverId ?? null));
    else
      settled.push({
        ...outcomeOf(change, 'conflicted', change.zivverId),
        detail: judged.detail,
        cure: 'Make a new plan.',
      });
  }
  const stale = settled.filter(({ status, change }) => status === 'conflicted' && takesAccess(effectOf(change)));
  return { ready, settled, stale };
}

/** Replays the approved plan step by step. Ends early if aborted; what was not tried is reported as skipped. */
export async function* replayPlan(
  plan: ApprovedPlan,
  assessment: Assessment,
  given: ReplayContext,
): AsyncGenerator<ReplayEvent, void> {
  const { changes } = plan.plan.body;
  const run = new ReplayRun(changes, assessment);
  const context = { ...given, renames: renamesOf(changes) };
  for (const outcome of assessment.settled) yield { type: 'finished', outcome };
  for (const step of run.steps) {
    yield* run.skipBraked(step.writes);
    yield* replayStep(step, run, context);
    if (context.signal.aborted) return;
    yield* run.skipBraked(step.writes);
  }
}

type StepContext = ReplayContext & WriteContext;

async function* replayStep(step: ReplayStep, run: ReplayRun, context: StepContext): AsyncGenerator<ReplayEvent, void> {
  const writes = step.writes.filter(({ change }) => run.isOpen(change));
  for (let start = 0; start < writes.length && !run.isStopped; start += IN_FLIGHT) {
    if (context.signal.aborted) return;
    const lists = await refreshLists(context.target);
    if (lists === 'lost') return run.stop();
    if (lists === 'read') yield* run.assessAgain(context.target);
    yield* run.skipBraked(writes);
    await context.verifyHeld();
    const batch = writes.slice(start, start + IN_FLIGHT).filter(({ change }) => run.isOpen(change));
    for (const { change } of batch) if (run.start(change)) yield { type: 'started', change };
    const results = await Promise.all(batch.map((write) => sendUnlessDone(write, context)));
    for (const [index, write] of batch.entries()) {
      const outcome = run.finish(write, results[index] as Written);
      if (outcome) yield { type: 'finished', outcome };
    }
  }
}

/** `read` if the lists had grown old and were read again; `lost` if Zivver cannot be read any more. */
async function refreshLists(target: LiveTarget): Promise<'kept' | 'read' | 'lost'> {
  try {
    return (await target.refreshIfOlder(LIST_MAX_AGE_MS)) ? 'read' : 'kept';
  } catch (error) {
    if (error instanceof ReconcileError) return 'lost';
    throw error;
  }
}

/** An interrupted apply may have created the account already; then only the rest is sent. */
async function sendUnlessDone(write: ScheduledWrite, context: StepContext): Promise<Written> {
  if (write.part === 'create') {
    const existing = findSubject(write.change, context.target);
    if (existing && existing.externalAccountId === write.change.key) return adoptOwn(write, existing);
  }
  return sendWrite(write, context);
}

/** What it lacks of its aliases, Zivver had refused. */
function adoptOwn({ attributes }: ScheduledWrite, account: ExistingAccount): Written {
  const held = new Set(account.aliases);
  const absent = (attributes.aliases ?? []).filter((alias) => !held.has(alias));
  const withoutAliases = absent.map((alias) => ({ alias, why: 'earlier-run' }) as const);
  return { status: 'adopted', account, ...(absent.length === 0 ? {} : { withoutAliases }) };
}

/** Which requests of which change are still to come, and what came of the others. */
class ReplayRun {
  readonly steps: readonly ReplayStep[];
  readonly #open: Map<string, number>;
  readonly #started = new Set<string>();
  readonly #adopted = new Set<string>();
  readonly #withoutAliases = new Map<string, readonly RefusedAlias[]>();
  readonly #changes: readonly Change[];
  #failures: number;
  #isStopped = false;

  constructor(changes: readonly Change[], { ready, settled }: Assessment) {
    this.steps = scheduleWrites(changes);
    this.#open = new Map([...ready].map((id) => [id, 0]));
    for (const { change } of this.steps.flatMap((step) => step.writes)) {
      const count = this.#open.get(change.id);
      if (count !== undefined) this.#open.set(change.id, count + 1);
    }
    this.#changes = changes;
    this.#failures = settled.filter((outcome) => !isSuccess(outcome)).length;
  }

  isOpen(change: Change): boolean {
    return this.#open.has(change.id);
  }

  /** Zivver refuses the key, or cannot be read: nothing more is sent. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Nothing more is sent, or so much failed that nobody loses access any more. */
  #isBraked(change: Change): boolean {
    if (this.#isStopped) return true;
    if (this.#failures <= Math.max(FAILURES_FLOOR, FAILURES_SHARE * this.#changes.length)) return false;
    const effect = effectOf(change);
    return takesAccess(effect) || effect.isEmptied;
  }

  /** What others did in Zivver meanwhile settles the changes that have not begun. */
  *assessAgain(target: LiveTarget): Generator<ReplayEvent, void> {
    const isWaiting = (change: Change): boolean => this.isOpen(change) && !this.#started.has(change.id);
    for (const outcome of assessChanges(this.#changes, target, isWaiting).settled) {
      this.#open.delete(outcome.change.id);
      if (!isSuccess(outcome)) this.#failures += 1;
      yield { type: 'finished', outcome };
    }
  }

  /** True the first time. */
  start(change: Change): boolean {
    if (this.#started.has(change.id)) return false;
    this.#started.add(change.id);
    return true;
  }

  /** The outcome, once it is known: at the first failure or after the last request. */
  finish({ change }: ScheduledWrite, written: Written): Outcome | null {
    if (!('account' in written)) {
      this.#failures += 1;
      this.#open.delete(change.id);
      if (written.problem?.cause === 'key-refused' || written.isTargetLost === true) this.stop();
      const { status, detail, cure, problem } = written;
      const cause = problem === null ? {} : { cause: problem.cause };
      return { change, status, zivverId: change.zivverId, detail, cure, ...cause };
    }
    if (written.status === 'adopted') this.#adopted.add(change.id);
    if (written.withoutAliases !== undefined) this.#withoutAliases.set(change.id, written.withoutAliases);
    const left = (this.#open.get(change.id) ?? 1) - 1;
    this.#open.set(change.id, left);
    if (left > 0) return null;
    this.#open.delete(change.id);
    const status = this.#adopted.has(change.id) ? 'adopted' : 'applied';
    const outcome = outcomeOf(change, status, written.account?.zivverId ?? change.zivverId);
    const withoutAliases = this.#withoutAliases.get(change.id);
    return withoutAliases === undefined ? outcome : { ...outcome, ...describeRefused(withoutAliases), withoutAliases };
  }

  /** What is not done any more, for one of the two reasons. */
  *skipBraked(writes: readonly ScheduledWrite[]): Generator<ReplayEvent, void> {
    const detail = this.#isStopped
      ? 'Zivver could not be used any more, so this was not tried'
      : 'too much failed before, so nothing is taken away';
    const cure = 'Mend the failures, then apply the same plan again.';
    for (const { change } of writes) {
      if (!this.#isBraked(change) || !this.#open.delete(change.id)) continue;
      yield { type: 'finished', outcome: { ...outcomeOf(change, 'skipped', change.zivverId), detail, cure } };
    }
  }
}

function outcomeOf(change: Change, status: Outcome['status'], zivverId: string | null): Outcome {
  return { change, status, zivverId, detail: null, cure: null };
}
