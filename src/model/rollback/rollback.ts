import { buildPlanHead, type PlanMaking } from '../plan/plan-head.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Baseline } from '../desired/baseline.ts';
import { renderDesiredFiles } from '../desired/desired-state.ts';
import { describeHold, isHoldInForce, type Hold } from '../desired/holds.ts';
import { openLineOf, type OpenLine } from '../desired/open-file.ts';
import type { OpenAccount, PlanBody } from '../schema/generated/plan.ts';
import { judgeAdministrators } from '../plan/administrators.ts';
import type { LedgerFacts } from '../ledger/ledger-facts.ts';
import { evaluateGuards } from '../plan/guards.ts';
import { listFailedBefore } from '../plan/failed-before.ts';
import { listTouchedBefore } from '../plan/touched-before.ts';
import { judgeOverTime } from '../plan/over-time.ts';
import type { Inversion } from './invert.ts';
import type { Change } from '../change/change.ts';
import { orderChanges } from '../change/order.ts';
import { openAccount } from '../settle/open-draft.ts';
import { listOpen, type OpenDraft } from '../settle/open-list.ts';
import type { BuiltPlan } from '../plan/plan.ts';
import { buildRollbackNotes } from './rollback-notes.ts';
import { existingOf } from '../settle/rest.ts';
import { summariseDesired } from '../plan/summaries.ts';

export interface RollbackInput extends PlanMaking {
  readonly facts: Pick<LedgerFacts, 'taken' | 'failures' | 'touched'>;
  readonly index: ExistingIndex;
  readonly baseline: Baseline;
  readonly inversion: Inversion;
  /** Name of the plan that is undone. */
  readonly name: string;
  readonly reason: string;
  readonly holdDays: number;
}

/** The rollback as a plan like any other: the same guards, the same review, the same approval. Pure. */
export function buildRollback(input: RollbackInput): BuiltPlan {
  const { configuration, now, baseline, inversion, index } = input;
  const holds = buildHolds(input);
  const held = listOpen(openHeld(input, holds), baseline.open, now);
  const files = renderDesiredFiles(inversion.desired, { holds, open: listOpenLines(input, held) });
  const desired = { ...summariseDesired(files, baseline), adopted: 0 };
  const changes = orderChanges(inversion.changes);
  const exclusions = [...inversion.exclusions];
  const existing = summariseManaged(index, baseline);
  const open = [...listOpen(inversion.open, baseline.open, now), ...held];
  const guarded = { changes, source: [], existing, bootstrap: false, open, desired };
  const findings = evaluateGuards(guarded, { configuration, now, index });
  const body: PlanBody = {
    ...buildPlanHead(input),
    ...guarded,
    exclusions,
    accounting: accountForRollback(baseline, changes),
    limits: [...findings, ...judgeAdministrators(configuration, index)],
    failedBefore: listFailedBefore(changes, input.facts.failures),
    touchedBefore: listTouchedBefore(changes, input.facts.touched),
    overTime: judgeOverTime({ configuration, now, taken: input.facts.taken, changes, findings }),
    notes: buildRollbackNotes(inversion, { name: input.name, heldUntil: lastDay(input) }),
    unmanaged: [],
    adopted: [],
    sealed: null,
  };
  return {
    body,
    files,
    ssoKeys: inversion.ssoKeys,
    accountKeys: inversion.accountKeys,
    isEmpty: changes.length === 0 && inversion.restoredKeys.length === 0,
  };
}

/** The restored accounts as the next plan will tell them: on hold, until their holds end. */
function openHeld({ inversion, index }: RollbackInput, holds: readonly Hold[]): OpenDraft[] {
  const holdOf = new Map(holds.map((hold) => [hold.key, hold]));
  const restored = new Set(inversion.restoredKeys);
  const spoken = new Set<string>();
  return inversion.desired.flatMap((account) => {
    const hold = restored.has(account.key) ? holdOf.get(account.key) : undefined;
    if (hold === undefined) return [];
    const existing = existingOf(account, index, { spoken, recordedId: account.zivverId }) ?? null;
    const finding = { reason: 'on-hold', detail: describeHold(hold), evidence: null } as const;
    const { address, fullName, key } = account;
    const keepsAccess = inversion.unwantedKeys.has(key);
    return [{ ...openAccount({ account, existing }, finding), address, fullName, keepsAccess }];
  });
}

/** What is open of the others stays told. */
function listOpenLines({ baseline, inversion }: RollbackInput, held: readonly OpenAccount[]): OpenLine[] {
  const restored = new Set(inversion.restoredKeys);
  return [...baseline.open.filter(({ key }) => !restored.has(key)), ...held.flatMap((one) => openLineOf(one) ?? [])];
}

/** No source was read, so that only the managed accounts can be accounted for. */
function accountForRollback({ accounts }: Baseline, changes: readonly Change[]): PlanBody['accounting'] {
  const touched = new Set(changes.map(({ key }) => key));
  const changed = accounts.filter(({ key }) => touched.has(key)).length;
  const none = { equal: 0, changed: 0, open: 0, excluded: 0 };
  return { entries: none, managed: { ...none, changed, equal: accounts.length - changed } };
}

/** Those in force stay; the restored accounts get new ones. */
function buildHolds(input: RollbackInput): Hold[] {
  const { baseline, inversion, name, reason, now } = input;
  const restored = new Set(inversion.restoredKeys);
  const kept = baseline.holds.filter((hold) => isHoldInForce(hold, now) && !restored.has(hold.key));
  const added = inversion.desired.filter(({ key }) => restored.has(key));
  return [...kept, ...added.map(({ key, address }) => ({ key, address, reason, plan: name, expires: lastDay(input) }))];
}

function lastDay({ now, holdDays }: RollbackInput): string {
  return new Date(now.getTime() + holdDays * 24 * 3_600_000).toISOString().slice(0, 10);
}

function summariseManaged(index: ExistingIndex, { accounts }: Baseline): PlanBody['existing'] {
  const all = [...index.all];
  const users = all.filter(({ kind }) => kind === 'user');
  const isActive = (account: ExistingAccount): boolean => account.kind === 'user' && account.active;
  const spoken = new Set<string>();
  const managed = accounts.flatMap(
    (account) => existingOf(account, index, { spoken, recordedId: account.zivverId }) ?? [],
  );
  return {
    users: users.length,
    activeUsers: users.filter(isActive).length,
    functional: all.length - users.length,
    managed: managed.length,
    activeManaged: managed.filter(isActive).length,
  };
}
