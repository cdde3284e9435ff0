import { keyIdOfSealed } from '../../model/account/sealed-mobile.ts';
import { finishedOf } from '../audit/plan-events.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { LedgerEntry } from '../../adapters/git/ledger.ts';
import { readSignOnBefore } from '../../adapters/git/sign-on-before.ts';
import { pickKeysInUse } from '../../model/rollback/keys-in-use.ts';
import { narrowToPerson } from '../../model/rollback/narrow.ts';
import { findSuspension } from './find-suspension.ts';
import { invertPlan } from '../../model/rollback/invert.ts';
import { buildPlanFile } from '../../model/plan/plan-file.ts';
import { buildRollback } from '../../model/rollback/rollback.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import { readSecret } from '../../adapters/secrets/environment.ts';
import { NO_SECRETS, unsealSecrets, type PlanSecrets } from '../../adapters/secrets/seal.ts';
import type { CommandContext } from '../context.ts';
import type { MadePlan } from '../planning/make-plan.ts';
import { openRollbackSeal, sealBaseline } from '../reading/mobile-seals.ts';
import type { Output } from '../output.ts';
import { findPlace, isBeyondLimits, refusePlan } from '../planning/plan-place.ts';
import { readExisting } from '../reading/read-existing.ts';
import { readAudit, type Audit } from '../audit/read-audit.ts';
import { sealPlan } from '../planning/seal-plan.ts';
import { readWorkTree } from '../planning/read-work-tree.ts';

export interface RollbackRequest {
  /** Of the plan to undo. */
  readonly name: string;
  readonly now: Date;
  /** Instead of `name`: undo only what the last suspension took from the person with this address. */
  readonly person?: string;
  readonly reason: string;
  readonly holdDays: string;
  readonly output: Output;
}

/** Reads git, the ledger and Zivver, and makes the plan that undoes an applied one. Writes nothing. */
export async function makeRollback(context: CommandContext, request: RollbackRequest): Promise<MadePlan> {
  const { configuration } = context;
  const holdDays = parseHoldDays(request.holdDays);
  refuseLongReason(request.reason);
  const audit = await readAudit(context);
  const suspension = request.person === undefined ? null : findSuspension(audit, request.person);
  const name = suspension?.name ?? request.name;
  const { plan, entry } = findApplied(audit, name);
  const { ssoKeys, accountKeys, mobiles } = await openSecrets(plan);
  const seal = openRollbackSeal(configuration, process.env, mobiles);
  const baseline = sealBaseline(audit.baseline, seal);
  const index = await readExisting(context, request.output, seal);
  const signOnBefore = await readSignOnBefore(context.git, { ledger: audit.ledger, configuration });
  const done = findDone(entry);
  const inverted = invertPlan({
    plan: suspension === null ? plan : narrowToPerson(plan, suspension.key, index),
    done,
    index,
    desired: baseline.accounts,
    ssoEnabled: configuration.sso.enabled,
    ssoKeys: pickKeysInUse({ name, changes: plan.body.changes, done }, { configuration, signOnBefore, ssoKeys }),
    accountKeys,
    canSendMobile: (mobile) => keyIdOfSealed(mobile) === null || seal?.open(mobile) !== undefined,
  });
  // Whoever is on hold keeps the places in other people's accounts; those accounts need no hold of their own.
  const inversion = suspension === null ? inverted : { ...inverted, restoredKeys: [suspension.key] };
  const newest = audit.records.findLast(({ plan: one }) => one !== null)?.plan ?? null;
  const { now, reason } = request;
  const { place, facts } = findPlace(context, audit.ledger, newest);
  const tool = context.version;
  const common = { configuration, now, tool, place, facts, index, baseline };
  const built = buildRollback({ ...common, inversion, name, reason, holdDays });
  if (isBeyondLimits(built.body)) refusePlan(buildPlanFile(built.body), request.output);
  const [workTree, sealed] = await Promise.all([
    readWorkTree(context, baseline),
    sealPlan(built, seal, configuration.recipients),
  ]);
  return { ...sealed, files: built.files, workTree, isEmpty: built.isEmpty };
}

/** The plan and its record. Refuses what was never applied, and what is being applied right now. */
function findApplied({ records }: Audit, name: string): { plan: PlanFile; entry: LedgerEntry } {
  const record = records.find((one) => one.name === name);
  if (record === undefined || record.plan === null)
    throw new ReconcileError('PLAN_MISSING', `There is no plan ${name} on the branch or in its history`, {
      remedy: 'Choose one of: zivver-gitops history',
    });
  if (record.entry === null)
    throw new ReconcileError('CLI_USAGE', `Plan ${name} was never applied, so there is nothing to undo in Zivver`, {
      remedy: 'Revert its merge in git instead.',
    });
  if (record.entry.end === null)
    throw new ReconcileError('LEDGER_LOCKED', `The apply of plan ${name} has not ended`, {
      remedy: `Wait for it, or end it with: zivver-gitops apply ${name} --resume`,
    });
  return { plan: record.plan, entry: record.entry };
}

function findDone(entry: LedgerEntry): Map<string, string | null> {
  const done = [...finishedOf(entry).values()].filter(
    ({ status }) => status === 'applied' || status === 'already-applied' || status === 'adopted',
  );
  return new Map(done.map(({ change, zivverId }) => [change, zivverId]));
}

/** Empty without an age identity: then the rollback leaves out what needs a secret, and says so. */
async function openSecrets({ body: { sealed } }: PlanFile): Promise<PlanSecrets> {
  const identity = readSecret(process.env, 'ZIVVER_GITOPS_IDENTITY');
  return sealed === null || identity === undefined ? NO_SECRETS : unsealSecrets(sealed, identity);
}

function parseHoldDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 365) return days;
  throw new ReconcileError('CLI_USAGE', '--hold-days must be a whole number from 1 to 365', {
    remedy: 'Give for example: --hold-days 30',
  });
}

function refuseLongReason(reason: string): void {
  if (reason.trim() !== '' && reason.length <= 500) return;
  throw new ReconcileError('CLI_USAGE', '--reason must be a sentence of at most 500 characters', {
    remedy: 'Give for example: --reason "the filter left out the care department"',
  });
}
