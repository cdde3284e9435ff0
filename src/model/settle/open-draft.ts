import type { ExistingAccount } from '../account/account.ts';
import type { ExcludedEntry, MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Claimant, Evidence, ExclusionReason, Fact, OpenReason } from '../schema/generated/plan.ts';
import { evidenceOf } from './evidence-of.ts';
import type { OpenDraft } from './open-list.ts';

/** Why an account stays as it is. */
export interface OpenFinding {
  readonly reason: OpenReason;
  readonly detail: Fact;
  /** Only this address is open. */
  readonly value?: string;
  readonly claimant?: MappedAccount;
}

/** An entry about which nothing can be decided, with the account that it is, if any. */
export function openEntry(mapped: MappedAccount, existing: ExistingAccount | null, finding: OpenFinding): OpenDraft {
  return {
    ...subjectOf(mapped.account, existing),
    source: mapped.source,
    entry: mapped.dn,
    ...contentOf(finding),
    keepsAccess: finding.value === undefined && isUsable(existing) && !isEnabled(mapped),
    evidence: evidenceOf(mapped),
  };
}

/** An account whose own entry is not among those that were mapped. */
export function openAccount(
  { account, existing }: { readonly account: Subject; readonly existing: ExistingAccount | null },
  { evidence, ...finding }: OpenFinding & { readonly evidence: Evidence | null },
): OpenDraft {
  return {
    ...subjectOf(account, existing),
    source: evidence?.source ?? null,
    entry: evidence?.entry ?? null,
    ...contentOf(finding),
    keepsAccess: isUsable(existing),
    evidence,
  };
}

/** An entry that could not be mapped, and the account that it is, if any. It is there, so that nobody says no. */
export function openExcluded(
  { key, exclusion, evidence }: ExcludedEntry,
  known: ExistingAccount | DesiredAccount | null,
): OpenDraft {
  const { address, detail, source, subject } = exclusion;
  const reason = OPEN_REASONS[exclusion.reason] ?? 'no-key';
  const existing = known !== null && 'externalAccountId' in known ? known : null;
  const account = { key, kind: known?.kind ?? 'user', address: known?.address ?? address, fullName: null };
  const draft = openAccount({ account, existing }, { reason, detail, evidence });
  return { ...draft, source, entry: subject, keepsAccess: false };
}

const OPEN_REASONS: Partial<Readonly<Record<ExclusionReason, OpenReason>>> = {
  'no-key': 'no-key',
  'unknown-state': 'unknown-state',
  'no-name': 'no-name',
  'no-address': 'no-address',
  'lost-rights': 'lost-rights',
  'unclaimed-address': 'unclaimed-address',
};

/** Functional accounts cannot be suspended: of those, members keep access. */
export function isUsable(existing: ExistingAccount | null): boolean {
  if (existing === null) return false;
  return existing.kind === 'user' ? existing.active : existing.memberIds.length > 0;
}

/** The source says that the account may be used. */
export function isEnabled(mapped: MappedAccount): boolean {
  return mapped.kind === 'functional' || mapped.account.active;
}

export function claimantOf({ account, source, dn }: MappedAccount): Claimant {
  return { key: account.key, address: account.address, source, entry: dn };
}

type Subject = Pick<OpenDraft, 'key' | 'kind' | 'address' | 'fullName'>;

function subjectOf(
  account: Subject,
  existing: ExistingAccount | null,
): Pick<OpenDraft, 'kind' | 'key' | 'zivverId' | 'address' | 'fullName'> {
  const { kind, key } = account;
  const { address, fullName } = existing ?? account;
  return { kind, key, zivverId: existing?.zivverId ?? null, address, fullName };
}

function contentOf({ reason, detail, value, claimant }: OpenFinding) {
  return {
    reason,
    detail,
    value: value ?? null,
    claimant: claimant === undefined ? null : claimantOf(claimant),
  };
}
