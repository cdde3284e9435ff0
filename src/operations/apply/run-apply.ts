import type { Configuration } from '../../model/configuration/configuration.ts';
import type { CommandContext } from '../context.ts';
import type { Output } from '../output.ts';
import { approvePlan, type ApprovedPlan } from '../approval/approval.ts';
import { confirmOutcomes } from './confirm.ts';
import { readMachine } from './machine.ts';
import { LiveTarget } from './live-target.ts';
import { takeLock, type Lock } from './lock.ts';
import { sealReader, sealWriter } from './sealed-target.ts';
import { isSuccess, type Outcome } from './outcome.ts';
import { assessChanges, replayPlan, type Assessment, type ReplayContext } from './replay.ts';
import { ReconcileError } from '../../model/errors.ts';
import { refuseExceeded } from '../../model/plan/guard-refusal.ts';
import { judgeAdministrators } from '../../model/plan/administrators.ts';
import { verifySecrets } from '../../adapters/secrets/plan-secrets.ts';
import type { ApprovalFacts, EndRecord } from '../../model/schema/generated/ledger.ts';
import { requireSecret } from '../../adapters/secrets/environment.ts';
import { openLedgerKey } from '../../adapters/secrets/ledger-key.ts';
import { reopenMobileSeal, type MobileSeal } from '../../adapters/secrets/mobile-seal.ts';
import { NO_SECRETS, unsealSecrets, type PlanSecrets, type SsoKeys } from '../../adapters/secrets/seal.ts';
import { connectWriter } from '../../adapters/zivver/connect-writer.ts';
import { openPace, type Pace } from './tell-pace.ts';
import { targetOptions } from '../reading/open-target.ts';
import { verifyMeasured } from './verify-measured.ts';
import { runUrlOf } from '../../model/forge/forges.ts';

export interface ApplyRequest {
  readonly name: string;
  readonly output: Output;
  readonly isTakeover: boolean;
  readonly signal: AbortSignal;
}

export interface ApplyResult {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
  /** Ids of changes that were answered with success and that the final reading does not show, or could not show. */
  readonly unconfirmed: readonly string[];
  /** Why the final reading failed; null if it did not. */
  readonly unread: string | null;
  readonly verdict: EndRecord['verdict'];
  readonly approval: ApprovalFacts;
  /** How many changes the plan has. */
  readonly changes: number;
}

/** Approval → reading Zivver → lock → preconditions → replay → confirmation → ledger. */
export async function runApply(context: CommandContext, request: ApplyRequest): Promise<ApplyResult> {
  const { git, configuration, version } = context;
  const { plan, ledger } = await approvePlan({
    git,
    configuration,
    name: request.name,
    now: new Date(),
    tool: version,
    environment: process.env,
  });
  const { ssoKeys, seal } = await openSecrets(plan, configuration);
  const signEnd = openLedgerKey(configuration.ledgerKeys, process.env, new Date());
  const pace = openPace(request.output);
  const connection = connectWriter({ ...targetOptions(context), onWait: (durationMs) => pace.wait(durationMs) });
  try {
    const target = new LiveTarget(seal ? sealReader(connection.reader, seal) : connection.reader, Date.now);
    request.output.progress('Reading Zivver …');
    await target.refresh();
    refuseExceeded(judgeAdministrators(configuration, target.index), 'nothing was applied');
    const existing = await verifyMeasured({
      git,
      configuration,
      ledger,
      plan,
      ssoKeys,
      index: target.index,
      now: new Date(),
    });
    const runUrl = runUrlOf(process.env);
    const { isTakeover } = request;
    const clockSkewMs = connection.clockSkewMs();
    const now = (): Date => new Date();
    const machine = readMachine();
    const place = { git, ledger, plan, existing, signEnd };
    const lock = await takeLock({ ...place, now, clockSkewMs, machine, runUrl, isTakeover });
    return await replayLocked(plan, lock, {
      target,
      writer: seal ? sealWriter(connection.writer, seal) : connection.writer,
      ssoKeys,
      signal: request.signal,
      verifyHeld: () => lock.verifyHeld(),
      output: request.output,
      pace,
    });
  } finally {
    await connection.close();
  }
}

interface LockedContext extends ReplayContext {
  readonly output: Output;
  readonly pace: Pace;
}

async function replayLocked(plan: ApprovedPlan, lock: Lock, context: LockedContext): Promise<ApplyResult> {
  const assessment = assessChanges(plan.plan.body.changes, context.target);
  if (assessment.stale.length > 0) await refuseStale(plan, lock, assessment);
  const outcomes = await replayRecorded(plan, lock, { assessment, context });
  context.output.progress('Reading Zivver again to confirm …');
  const { unconfirmed, unread } = await confirmOutcomes(outcomes, context.target);
  const verdict = verdictOf(plan, outcomes, unconfirmed);
  await end(plan, lock, { verdict, outcomes, unconfirmed, unread });
  return {
    name: plan.name,
    outcomes,
    unconfirmed,
    unread,
    verdict,
    approval: plan.facts,
    changes: plan.plan.body.changes.length,
  };
}

/** Every change is on the disk as started before its request is sent, and as finished after its answer. */
async function replayRecorded(
  plan: ApprovedPlan,
  { journal }: Lock,
  { assessment, context }: { assessment: Assessment; context: LockedContext },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  context.pace.begin(plan.plan.body.changes.length);
  for await (const event of replayPlan(plan, assessment, context)) {
    if (event.type === 'started') {
      journal.append({ type: 'started', change: event.change.id });
      continue;
    }
    const { change, withoutAliases, ...told } = event.outcome;
    const { status } = told;
    outcomes.push(event.outcome);
    const isCreated = change.action === 'create' && change.key !== null && isSuccess(event.outcome);
    journal.append({
      type: 'finished',
      change: change.id,
      address: change.address,
      ...told,
      ...(isCreated && change.key !== null ? { created: change.key } : {}),
      ...(withoutAliases === undefined ? {} : { withoutAliases: [...withoutAliases] }),
    });
    context.pace.advance(outcomes.length, `${change.action} ${change.address}: ${status}`);
  }
  return outcomes;
}

/** A suspension or deletion that no longer fits: somebody changed Zivver since the review, so nothing at all is done. */
async function refuseStale(plan: ApprovedPlan, lock: Lock, { stale, settled }: Assessment): Promise<never> {
  await end(plan, lock, {
    verdict: 'refused',
    outcomes: settled.filter((outcome) => !isSuccess(outcome)),
    unconfirmed: [],
    unread: null,
  });
  throw new ReconcileError(
    'APPLY_TARGET_STALE',
    `${stale.length} suspensions or deletions no longer fit what is in Zivver; nothing was applied`,
    {
      remedy: 'Make a new plan and have it reviewed.',
      problems: stale.map(({ change, detail }) => ({
        where: `${change.action} ${change.address}`,
        what: detail ?? 'changed outside',
      })),
    },
  );
}

type Ending = Pick<ApplyResult, 'verdict' | 'outcomes' | 'unconfirmed' | 'unread'>;

async function end(
  { name, plan }: ApprovedPlan,
  lock: Lock,
  { verdict, outcomes, unconfirmed, unread }: Ending,
): Promise<void> {
  const totals: Record<string, number> = {};
  for (const { status } of outcomes) totals[status] = (totals[status] ?? 0) + 1;
  const told = unread === null ? {} : { unread };
  lock.journal.append({ type: 'end', verdict, totals, unconfirmed: [...unconfirmed], ...told });
  await lock.push(`${plan.body.organisation}: plan ${name} ${verdict}`);
  lock.journal.discard();
}

function verdictOf(
  plan: ApprovedPlan,
  outcomes: readonly Outcome[],
  unconfirmed: readonly string[],
): EndRecord['verdict'] {
  if (outcomes.length < plan.plan.body.changes.length) return 'interrupted';
  return outcomes.every(isSuccess) && unconfirmed.length === 0 ? 'complete' : 'incomplete';
}

/** All of it is opened and checked before anything is sent. */
async function openSecrets(
  { plan: { body } }: ApprovedPlan,
  { sso }: Pick<Configuration, 'sso'>,
): Promise<{ ssoKeys: SsoKeys; seal: MobileSeal | null }> {
  const secrets = body.sealed === null ? NO_SECRETS : await unseal(body.sealed);
  const { ssoKeys, mobiles } = secrets;
  const seal = mobiles && reopenMobileSeal(mobiles);
  verifySecrets({ changes: body.changes, hasOtherKeys: sso.key !== null }, secrets, seal);
  return { ssoKeys, seal };
}

function unseal(sealed: string): Promise<PlanSecrets> {
  const purpose = 'the age identity that opens the sealed part of the plan';
  return unsealSecrets(sealed, requireSecret(process.env, 'ZIVVER_GITOPS_IDENTITY', purpose));
}
