import { summariseApproval } from '../approval/approval-summary.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Baseline } from '../desired/baseline.ts';
import type { DesiredFiles } from '../desired/desired-file.ts';
import { renderDesiredFiles } from '../desired/desired-state.ts';
import type { Hold } from '../desired/holds.ts';
import type { MappedAccounts } from '../mapping/mapped.ts';
import type { Exclusion, LimitFinding, PlanBody, SourceSummary } from '../schema/generated/plan.ts';
import type { Absences } from '../settle/absences.ts';
import type { Change } from '../change/change.ts';
import { buildAdvice } from './advice.ts';
import { diffAccount } from './diff.ts';
import { refuseUnconfirmed } from '../settle/unconfirmed.ts';
import { judgeAdministrators } from './administrators.ts';
import { evaluateGuards } from './guards.ts';
import { NO_FACTS, type LedgerFacts } from '../ledger/ledger-facts.ts';
import { leaveOutRefused } from '../settle/refused-aliases.ts';
import { keepGiven } from '../settle/keep-given.ts';
import { keepHeldBack } from '../settle/keep-held-back.ts';
import { settleMissing } from '../settle/missing.ts';
import { orderChanges } from '../change/order.ts';
import { judgeEmptyAttributes, judgeEmptySelection } from './plausibility.ts';
import { buildRenames, type Renames } from '../change/renames.ts';
import type { SettledAccount, Settlement } from '../settle/settlement.ts';
import { listDesired } from '../desired/list-desired.ts';
import { buildHoldNotes } from '../settle/hold-notes.ts';
import { listAdopted } from './adopted.ts';
import { refuseSharedFiles } from '../desired/shared-files.ts';
import { summariseDesired } from './summaries.ts';

export interface PlanInput {
  readonly configuration: Configuration;
  readonly now: Date;
  readonly bootstrap: boolean;
  /** Version of this program. */
  readonly tool: string;
  /** Where the plan stands in the ledger. */
  readonly place: Pick<PlanBody, 'lineage' | 'sequence' | 'parent'>;
  readonly source: readonly SourceSummary[];
  readonly mapped: MappedAccounts;
  readonly settlement: Settlement;
  readonly absences: Absences;
  readonly index: ExistingIndex;
  readonly baseline: Baseline;
  /** In force. */
  readonly holds?: readonly Hold[];
  readonly facts?: LedgerFacts;
  /** What the review is told of who takes no part. */
  readonly scope?: { readonly remarks: readonly string[]; readonly exclusions: readonly Exclusion[] };
}

export interface BuiltPlan {
  /** `sealed` is still null. */
  readonly body: PlanBody;
  readonly files: DesiredFiles;
  /** Change id → SSO key. Secret. */
  readonly ssoKeys: ReadonlyMap<string, string>;
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
    hasUnreadable: input.mapped.excluded.some(({ key }) => key === null),
  });
  const existing = summariseExisting(input.settlement, input.index);
  refuseUnconfirmed(missing.unconfirmed, input.configuration, existing);
  const heldBack = new Set([...missing.exclusions.map(({ subject }) => subject), ...listHeld(input)]);
  const kept = keepHeldBack(input.settlement.settled, heldBack, { index: input.index, renames });
  const { settled, exclusions } = leaveOutRefused(kept, {
    index: input.index,
    baseline: input.baseline.accounts,
    facts: input.facts ?? NO_FACTS,
  });
  const { changes, ssoKeys } = buildChanges(input, settled, renames);
  const ordered = orderChanges([...changes, ...missing.changes]);
  const ours = keepGiven(settled, input.baseline.accounts);
  const accounts = listDesired(ours, [...missing.carried, ...input.settlement.held], input.baseline.accounts);
  const files = renderDesiredFiles(accounts, input.holds, input.baseline.files);
  if (files.size < accounts.length) refuseSharedFiles(accounts);
  const adopted = settled.filter(({ isAdopted }) => isAdopted).length;
  const desired = { ...summariseDesired(files, input.baseline), adopted };
  const body = buildBody(input, {
    existing,
    changes: ordered,
    desired,
    exclusions: [...missing.exclusions, ...exclusions, ...(input.scope?.exclusions ?? [])],
  });
  return { body, files, ssoKeys, isEmpty: ordered.length === 0 && desired.written + desired.removed === 0 };
}

/** Who is on hold keeps what they may read of others. */
function listHeld({ settlement, holds = [] }: PlanInput): string[] {
  const keys = new Set(holds.map(({ key }) => key));
  return settlement.held.filter(({ key }) => keys.has(key)).map(({ address }) => address);
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
): { changes: Change[]; ssoKeys: Map<string, string> } {
  const options = {
    index: input.index,
    ssoEnabled: input.configuration.sso.enabled,
    renames,
    wasActive: buildWasActive(input.baseline),
  };
  const changes: Change[] = [];
  const ssoKeys = new Map<string, string>();
  for (const account of settled) {
    const change = diffAccount(account, options);
    if (change === null) continue;
    changes.push(change);
    if (!change.sealed || account.mapped.kind !== 'user' || account.mapped.ssoKey === null) continue;
    ssoKeys.set(change.id, account.mapped.ssoKey);
  }
  return { changes, ssoKeys };
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
  readonly desired: PlanBody['desired'];
  readonly exclusions: readonly Exclusion[];
}

function buildBody(input: PlanInput, { existing, changes, desired, exclusions }: Decided): PlanBody {
  const { configuration, now, settlement, index } = input;
  const source = [...input.source];
  const sorted = sortExclusions(input, exclusions);
  const guarded = { changes, source, existing, bootstrap: input.bootstrap, exclusions: sorted, desired };
  const limits: LimitFinding[] = [
    ...evaluateGuards(guarded, { configuration, now, index }),
    ...judgeEmptyAttributes(input.mapped, input.baseline.accounts, configuration, now),
    ...judgeEmptySelection(input.mapped, input.baseline.accounts, configuration, now),
    ...judgeAdministrators(configuration, index),
  ];
  return {
    organisation: configuration.organisation,
    target: configuration.target.url,
    ...input.place,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + configuration.expiresAfterHours * 3_600_000).toISOString(),
    tool: input.tool,
    bootstrap: input.bootstrap,
    configuration: configuration.digest,
    desired,
    approval: summariseApproval(configuration),
    sso: configuration.sso.enabled,
    source,
    existing,
    limits,
    notes: [...buildNotes(input), ...buildAdvice(changes, { configuration, index, facts: input.facts ?? NO_FACTS })],
    exclusions: sorted,
    unmanaged: settlement.unmanaged
      .map((account) => ({
        kind: account.kind,
        address: account.address,
        active: account.kind === 'functional' || account.active,
      }))
      .sort((a, b) => compare(a.address, b.address)),
    adopted: listAdopted(settlement),
    changes,
    sealed: null,
  };
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

/** Entries that filters left out are counted, not listed: that is what filters are for. */
function buildNotes({ mapped, settlement, absences, scope, holds = [], index, now }: PlanInput): string[] {
  const filtered = mapped.excluded.filter(({ exclusion }) => exclusion.reason === 'filtered').length;
  const gone = settlement.gone.map(({ address }) => address).sort();
  return [
    ...buildHoldNotes({ holds, mapped, index, now }),
    ...(scope?.remarks ?? []),
    ...mapped.notes,
    ...absences.notes,
    ...(filtered > 0 ? [`Filters left out ${filtered} ${filtered === 1 ? 'entry' : 'entries'}.`] : []),
    ...(gone.length > 0
      ? [`Without an account in Zivver, so their desired files are removed: ${gone.join(', ')}.`]
      : []),
  ];
}

function sortExclusions({ mapped, settlement }: PlanInput, more: readonly Exclusion[]): Exclusion[] {
  const excluded = mapped.excluded.map(({ exclusion }) => exclusion).filter(({ reason }) => reason !== 'filtered');
  const all = [...excluded, ...mapped.exclusions, ...settlement.exclusions, ...more];
  return all.sort(
    (a, b) => compare(a.reason, b.reason) || compare(a.subject, b.subject) || compare(a.detail, b.detail),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
