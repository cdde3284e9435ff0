import { buildPlanHead } from './plan-head.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Baseline } from '../desired/baseline.ts';
import type { DesiredFiles } from '../desired/desired-file.ts';
import type { Exclusion, LimitFinding, OpenAccount, PlanBody } from '../schema/generated/plan.ts';
import type { Change } from '../change/change.ts';
import { factText } from '../facts/fact.ts';
import { accountFor } from './accounting.ts';
import { buildAdvice } from './advice.ts';
import { decideAccess } from './decide-access.ts';
import { buildCertificationNotes } from './certification-notes.ts';
import { buildOwnerNotes } from './owner-notes.ts';
import { diffAccount } from './diff.ts';
import { buildNotes } from './plan-notes.ts';
import { renderPlanFiles } from './plan-files.ts';
import { refuseUnconfirmed } from '../settle/unconfirmed.ts';
import { judgeAdministrators } from './administrators.ts';
import { evaluateGuards } from './guards.ts';
import { listFailedBefore } from './failed-before.ts';
import { listTouchedBefore } from './touched-before.ts';
import { markNewExclusions } from './mark-new.ts';
import { leaveOutFailed } from './leave-out-failed.ts';
import { judgeOverTime } from './over-time.ts';
import { NO_FACTS } from '../ledger/ledger-facts.ts';
import { leaveOutRefused } from '../settle/refused-aliases.ts';
import { buildSignOnDiff } from '../settle/sign-on-keys.ts';
import { keepGiven } from '../settle/keep-given.ts';
import { keepOpen } from '../settle/keep-open.ts';
import { settleMissing, type MissingResult } from '../settle/missing.ts';
import type { OpenDraft } from '../settle/open-list.ts';
import { orderChanges } from '../change/order.ts';
import { judgeEmptyAttributes, judgeEmptySelection } from './plausibility.ts';
import { buildRenames, type Renames } from '../change/renames.ts';
import type { SettledAccount, Settlement } from '../settle/settlement.ts';
import { listDesired } from '../desired/list-desired.ts';
import { listAdopted } from './adopted.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { PlanInput } from './plan-input.ts';
import { listUnmanaged, summariseDesired } from './summaries.ts';

export interface BuiltPlan {
  /** `sealed` is still null. */
  readonly body: PlanBody;
  readonly files: DesiredFiles;
  /** Change id → SSO key. Secret. */
  readonly ssoKeys: ReadonlyMap<string, string>;
  /** Change id → value of accountKey, where it is not the SSO key. Secret. */
  readonly accountKeys: ReadonlyMap<string, string>;
  /** Nothing to change in Zivver and no desired file differs from the branch. */
  readonly isEmpty: boolean;
}

/** Everything known → the plan. Pure: same input, same plan. */
export function buildPlan(input: PlanInput): BuiltPlan {
  const renames = plannedRenames(input.settlement);
  const missing = settleMissing({
    ...input,
    renames,
    missing: input.settlement.missing,
    waiting: input.settlement.claimants,
    open: input.baseline.open,
    unread: input.mapped.excluded.filter(({ key }) => key === null),
  });
  const existing = summariseExisting(input.settlement, input.index);
  refuseUnconfirmed(missing.unconfirmed, input.configuration, existing);
  const { settled: asked, open: refused } = leaveOutRefused(input.settlement.settled, {
    index: input.index,
    baseline: input.baseline.accounts,
    facts: input.facts ?? NO_FACTS,
  });
  const drafts = [...input.settlement.open, ...missing.open, ...refused].map((draft) => withNewAddress(draft, renames));
  const settled = keepOpen(asked, drafts, { index: input.index, renames });
  const { changes, ssoKeys, accountKeys } = buildChanges(input, settled, renames);
  const ours = keepGiven(settled, input.baseline.accounts);
  const accounts = listDesired(ours, [...missing.carried, ...input.settlement.held], input.baseline.accounts);
  const wanted = [...changes, ...missing.changes];
  const { failures } = input.facts ?? NO_FACTS;
  const tried = input.retriesFailed === true ? { changes: wanted, open: [] } : leaveOutFailed(wanted, failures);
  const given = { drafts: [...drafts, ...tried.open], changes: tried.changes, accounts, existing };
  const decided = decideAccess(input, given);
  const ordered = orderChanges(decided.changes);
  const files = renderPlanFiles(input, decided);
  const adopted = settled.filter(({ isAdopted }) => isAdopted).length;
  const desired = { ...summariseDesired(files, input.baseline), adopted };
  const body = buildBody(input, { ...decided, existing, changes: ordered, desired, missing });
  const isEmpty = ordered.length === 0 && desired.written + desired.removed === 0;
  const secrets = { ssoKeys: pickChanges(ssoKeys, ordered), accountKeys: pickChanges(accountKeys, ordered) };
  return { body, files, ...secrets, isEmpty };
}

function pickChanges(values: ReadonlyMap<string, string>, changes: readonly Change[]): Map<string, string> {
  return new Map(changes.flatMap(({ id }) => (values.has(id) ? [[id, values.get(id) ?? '']] : [])));
}

/** What is open is told of the account as it is after the plan. */
function withNewAddress(draft: OpenDraft, { newAddresses }: Renames): OpenDraft {
  const address = draft.zivverId === null ? undefined : newAddresses.get(draft.zivverId);
  return address === undefined ? draft : { ...draft, address };
}

function plannedRenames({ settled }: Settlement): Renames {
  return buildRenames(
    settled.flatMap(({ desired, existing }) =>
      existing === null || existing.address === desired.address
        ? []
        : [{ zivverId: existing.zivverId, from: existing.address, to: desired.address }],
    ),
  );
}

function buildChanges(
  input: PlanInput,
  settled: readonly SettledAccount[],
  renames: Renames,
): { changes: Change[]; ssoKeys: Map<string, string>; accountKeys: Map<string, string> } {
  const options = {
    index: input.index,
    ssoEnabled: input.configuration.sso.enabled,
    renames,
    diffSignOn: buildSignOnDiff(input),
    wasActive: buildWasActive(input.baseline),
  };
  const changes: Change[] = [];
  const ssoKeys = new Map<string, string>();
  const accountKeys = new Map<string, string>();
  for (const account of settled) {
    const change = diffAccount(account, options);
    if (change === null) continue;
    changes.push(change);
    if (!change.sealed || account.mapped.kind !== 'user' || account.mapped.ssoKey === null) continue;
    ssoKeys.set(change.id, account.mapped.ssoKey);
    if (account.mapped.accountKey !== undefined) accountKeys.set(change.id, account.mapped.accountKey);
  }
  return { changes, ssoKeys, accountKeys };
}

function buildWasActive({ accounts }: Baseline): (key: string) => boolean {
  let keys: Set<string> | undefined;
  return (key) => {
    keys ??= new Set(accounts.flatMap((account) => (account.kind === 'user' && account.active ? account.key : [])));
    return keys.has(key);
  };
}

interface Decided {
  readonly existing: PlanBody['existing'];
  readonly changes: Change[];
  readonly open: OpenAccount[];
  readonly desired: PlanBody['desired'];
  readonly missing: MissingResult;
  /** After the plan. */
  readonly accounts: readonly DesiredAccount[];
}

function buildBody(input: PlanInput, { existing, changes, open, desired, missing, accounts }: Decided): PlanBody {
  const { configuration, now, settlement, index, mapped, facts = NO_FACTS } = input;
  const source = [...input.source];
  const exclusions = sortExclusions(input, { more: [...missing.exclusions, ...(input.scope?.exclusions ?? [])], open });
  const guarded = { changes, source, existing, bootstrap: input.bootstrap, open, desired };
  const kept = new Set(missing.kept);
  const findings = evaluateGuards(guarded, { configuration, now, index });
  const limits: LimitFinding[] = [
    ...findings,
    ...judgeEmptyAttributes(input.mapped, input.baseline.accounts, { configuration, now }),
    ...judgeEmptySelection(input.mapped, input.baseline.accounts, { configuration, now }),
    ...judgeAdministrators(configuration, index),
  ];
  return {
    ...buildPlanHead(input),
    bootstrap: input.bootstrap,
    desired,
    source,
    existing,
    limits,
    failedBefore: listFailedBefore(changes, facts.failures),
    touchedBefore: listTouchedBefore(changes, facts.touched),
    overTime: judgeOverTime({ configuration, now, taken: facts.taken, changes, findings }),
    notes: [
      ...buildNotes(input),
      ...buildOwnerNotes({
        owners: input.owners ?? null,
        inSource: input.noticed?.ownersInSource ?? [],
        functional: listFunctional(accounts),
        changes,
        now,
      }),
      ...buildCertificationNotes({ refusals: input.refusals ?? [], accounts, changes }),
      ...buildAdvice(changes, { configuration, index }),
    ],
    exclusions: markNewExclusions(exclusions, input.acceptedExclusions ?? null),
    open,
    accounting: accountFor({ mapped, settlement, baseline: input.baseline.accounts, changes, open, kept }),
    unmanaged: listUnmanaged(settlement),
    ...input.noticed,
    adopted: listAdopted(settlement),
    changes,
    sealed: null,
  };
}

function listFunctional(accounts: readonly DesiredAccount[]): string[] {
  return accounts.flatMap(({ kind, address }) => (kind === 'functional' ? address : []));
}

function summariseExisting(settlement: Settlement, index: ExistingIndex): PlanBody['existing'] {
  const all = [...index.all];
  const users = all.filter(({ kind }) => kind === 'user');
  const isActive = (account: ExistingAccount): boolean => account.kind === 'user' && account.active;
  const managed = [
    ...settlement.settled.filter(({ isAdopted }) => !isAdopted).flatMap(({ existing }) => existing ?? []),
    ...settlement.missing.map(({ existing }) => existing),
  ];
  return {
    users: users.length,
    activeUsers: users.filter(isActive).length,
    functional: all.length - users.length,
    managed: managed.length,
    activeManaged: managed.filter(isActive).length,
  };
}

/** Without those that are told as open. */
function sortExclusions(
  { mapped, settlement }: PlanInput,
  { more, open }: { readonly more: readonly Exclusion[]; readonly open: readonly OpenAccount[] },
): Exclusion[] {
  const told = new Set(open.map(({ entry }) => entry));
  const others = mapped.excluded.filter(({ effect, exclusion }) => effect === 'leaves' || !told.has(exclusion.subject));
  const excluded = others.map(({ exclusion }) => exclusion).filter(({ reason }) => reason !== 'filtered');
  const all = [...excluded, ...mapped.exclusions, ...settlement.exclusions, ...more];
  return all.sort(
    (a, b) =>
      compare(a.reason, b.reason) || compare(a.subject, b.subject) || compare(factText(a.detail), factText(b.detail)),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
