import type { ExistingAccount, Kind } from '../account/account.ts';
import { isComparableMobile } from '../account/sealed-mobile.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { isSameValue, type AccountAttributes, type Attribute, type Change } from '../change/change.ts';
import { diffAttributes } from './diff.ts';
import { NO_FACTS, type LedgerFacts } from '../ledger/ledger-facts.ts';
import { describeRefusal, refusalsOf } from '../settle/refused-aliases.ts';
import { buildRenames } from '../change/renames.ts';
import { existingOf } from '../settle/rest.ts';

export interface DriftInput {
  /** On the branch. */
  readonly desired: readonly DesiredAccount[];
  readonly index: ExistingIndex;
  readonly ssoEnabled: boolean;
  /** Changes that are merged and not applied yet: what they will put right is no drift. */
  readonly pending: readonly Change[];
  /** What Zivver refused is told, and is no drift. */
  readonly facts?: LedgerFacts;
  /** Unmanaged accounts that a review has shown already; null = no plan yet. */
  readonly knownUnmanaged: ReadonlySet<string> | null;
}

/** What differs between the branch and Zivver. */
export interface Drift {
  readonly changed: readonly ChangedOutside[];
  readonly missing: readonly DriftSubject[];
  /** Active on the branch, suspended in Zivver. */
  readonly suspendedOutside: readonly DriftSubject[];
  /** Suspended on the branch, active in Zivver. */
  readonly reactivatedOutside: readonly DriftSubject[];
  readonly unmanaged: readonly UnmanagedSubject[];
  /** On the branch, and refused by Zivver: facts by address. */
  readonly refusedAliases: readonly { readonly address: string; readonly detail: Fact }[];
  /** Accounts that the merged plan will still change. */
  readonly pending: number;
  /** What Zivver does not tell, so nobody can compare it; counts of accounts. */
  readonly unverifiable: {
    readonly ssoKeys: number;
    readonly externalIds: number;
    /** What Zivver sends of them cannot be read. */
    readonly malformed: number;
    /** Sealed numbers that another key sealed, or none that is known here. */
    readonly mobiles: number;
  };
  readonly compared: number;
}

export interface DriftSubject {
  readonly kind: Kind;
  readonly key: string | null;
  /** As in Zivver; of a missing account as on the branch. */
  readonly address: string;
  readonly fullName: string;
  /** What the branch says. */
  readonly isDesiredActive: boolean;
}

export interface ChangedOutside extends DriftSubject {
  readonly desired: AccountAttributes;
  readonly now: AccountAttributes;
}

export interface UnmanagedSubject {
  readonly kind: Kind;
  readonly address: string;
  readonly active: boolean;
  /** No review has shown it yet. */
  readonly isNew: boolean;
}

interface Pair {
  readonly desired: DesiredAccount;
  readonly existing: ExistingAccount;
}

/** Compares with the same rules as a plan. Pure. */
export function findDrift(input: DriftInput): Drift {
  const { pairs: all, missing } = pairAccounts(input);
  const pairs = all.filter(({ existing }) => existing.malformed === undefined);
  const pending = pendingOf(input.pending);
  const found = comparePairs(pairs, input, pending);
  const lost = missing.filter(({ key }) => pending.get(key)?.action !== 'create');
  return {
    ...found,
    missing: lost.map((account) => subjectOf(account, account)),
    unmanaged: findUnmanaged(input, all),
    pending: found.pending + missing.length - lost.length,
    unverifiable: {
      ssoKeys: input.ssoEnabled ? pairs.filter(({ desired }) => desired.kind === 'user').length : 0,
      externalIds: input.index.returnsExternalIds ? 0 : pairs.length,
      malformed: all.length - pairs.length,
      mobiles: pairs.filter((pair) => !hasComparableMobile(pair)).length,
    },
    compared: input.desired.length,
  };
}

/** Accounts that are not as they were approved; unmanaged ones are listed, not counted. */
export function countDrift({ changed, missing, suspendedOutside, reactivatedOutside }: Drift): number {
  const both = new Set([...suspendedOutside, ...reactivatedOutside].map(({ address }) => address));
  return both.size + missing.length + changed.filter(({ address }) => !both.has(address)).length;
}

function pairAccounts({ desired, index, facts }: DriftInput): { pairs: Pair[]; missing: DesiredAccount[] } {
  const spoken = new Set<string>();
  const pairs: Pair[] = [];
  const missing: DesiredAccount[] = [];
  for (const account of desired) {
    const existing = existingOf(account, index, {
      spoken,
      recordedId: account.zivverId ?? facts?.createdIds.get(account.key),
    });
    if (existing === undefined) missing.push(account);
    else {
      spoken.add(existing.zivverId);
      pairs.push({ desired: account, existing });
    }
  }
  return { pairs, missing };
}

type Found = {
  -readonly [Name in 'changed' | 'suspendedOutside' | 'reactivatedOutside' | 'refusedAliases']: Drift[Name][number][];
} & {
  pending: number;
};

function comparePairs(
  pairs: readonly Pair[],
  { index, facts = NO_FACTS }: DriftInput,
  pending: ReadonlyMap<string, Change>,
): Found {
  const found: Found = { changed: [], suspendedOutside: [], reactivatedOutside: [], refusedAliases: [], pending: 0 };
  const renames = buildRenames(
    pairs.flatMap(({ desired: { address: to }, existing: { address: from, zivverId } }) =>
      from === to ? [] : [{ zivverId, from, to }],
    ),
  );
  const options = { index, renames };
  for (const { desired, existing } of pairs) {
    const refused = refusalsOf(existing, desired, { index, facts });
    for (const refusal of refused)
      found.refusedAliases.push({ address: existing.address, detail: describeRefusal(refusal) });
    const refusedAliases = new Set(refused.map(({ alias }) => alias));
    const { before, after } = diffAttributes({ desired, refusedAliases }, existing, options);
    const isComparable = hasComparableMobile({ desired, existing });
    const names = (Object.keys(after) as Attribute[]).filter((name) => isComparable || name !== 'mobile');
    const outside = names.filter((name) => !isPending(pending.get(desired.key), name, after));
    if (outside.length < names.length) found.pending += 1;
    sortFinding(found, subjectOf(desired, existing), { outside, before, after });
  }
  return found;
}

/** Whether the two numbers are in clear or sealed with one key; a number and none can always be compared. */
function hasComparableMobile({ desired, existing }: Pair): boolean {
  if (desired.kind !== 'user' || existing.kind !== 'user') return true;
  return isComparableMobile(desired.mobile, existing.mobile);
}

interface Differing {
  readonly outside: readonly Attribute[];
  readonly before: AccountAttributes;
  readonly after: AccountAttributes;
}

function sortFinding(found: Found, subject: DriftSubject, { outside, before, after }: Differing): void {
  if (outside.includes('active'))
    (after.active === true ? found.suspendedOutside : found.reactivatedOutside).push(subject);
  const others = outside.filter((name) => name !== 'active');
  if (others.length > 0)
    found.changed.push({ ...subject, desired: pickAttributes(after, others), now: pickAttributes(before, others) });
}

function pendingOf(changes: readonly Change[]): Map<string, Change> {
  return new Map(changes.flatMap((change) => (change.key === null ? [] : [[change.key, change] as const])));
}

/** The merged plan sets just this. */
function isPending(change: Change | undefined, name: Attribute, wanted: AccountAttributes): boolean {
  return change?.after[name] !== undefined && isSameValue(change.after[name], wanted[name]);
}

function findUnmanaged({ index, knownUnmanaged }: DriftInput, pairs: readonly Pair[]): UnmanagedSubject[] {
  const managed = new Set(pairs.map(({ existing }) => existing.zivverId));
  return [...index.all]
    .filter(({ zivverId }) => !managed.has(zivverId))
    .map((account) => ({
      kind: account.kind,
      address: account.address,
      active: account.kind === 'functional' || account.active,
      isNew: knownUnmanaged !== null && !knownUnmanaged.has(account.address),
    }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

function subjectOf(desired: DesiredAccount, { address, fullName }: DesiredAccount | ExistingAccount): DriftSubject {
  const { kind, key } = desired;
  return { kind, key, address, fullName, isDesiredActive: desired.kind === 'functional' || desired.active };
}

function pickAttributes(attributes: AccountAttributes, names: readonly Attribute[]): AccountAttributes {
  return Object.fromEntries(names.map((name) => [name, attributes[name]]));
}
