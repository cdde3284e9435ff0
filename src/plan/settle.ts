import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration } from '../configuration.ts';
import { describeHold, type Hold } from '../desired/holds.ts';
import type { MappedAccount, MappedAccounts } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import { findAmbiguous } from './ambiguity.ts';
import { settleClaims } from './claims.ts';
import { matchAccount, type Identities, type Match } from './match.ts';
import { applyOptions } from './options.ts';
import { keepKnownPeople } from './references.ts';

export interface SettleInput {
  readonly configuration: Configuration;
  readonly mapped: MappedAccounts;
  readonly index: ExistingIndex;
  /** Desired files on the branch. */
  readonly baseline: readonly DesiredAccount[];
  /** In force: these accounts stay as they are. */
  readonly holds?: readonly Hold[];
  readonly bootstrap: boolean;
}

/** A desired account with the existing one it is, ready to be compared. */
export interface SettledAccount {
  readonly desired: DesiredAccount;
  readonly mapped: MappedAccount;
  readonly existing: ExistingAccount | null;
  readonly how: Exclude<Match['how'], 'refused'>;
  readonly source: string;
  readonly dn: string;
}

/** An account of Zivver that no source wants any more. */
export interface MissingAccount {
  /** Null: unmanaged, treated as missing by configuration. */
  readonly key: string | null;
  readonly baseline: DesiredAccount | null;
  readonly existing: ExistingAccount;
}

export interface Settlement {
  readonly settled: readonly SettledAccount[];
  readonly missing: readonly MissingAccount[];
  /** Desired files that stay as they are, because nothing certain is known about their account now. */
  readonly held: readonly DesiredAccount[];
  /** Managed before, now neither in a source nor in Zivver: their files go. */
  readonly gone: readonly DesiredAccount[];
  readonly unmanaged: readonly ExistingAccount[];
  readonly exclusions: readonly Exclusion[];
}

/** Decides who is who: pairs mapped accounts with existing ones and finds what is missing, held, gone or unmanaged. Pure. */
export function settleAccounts(input: SettleInput): Settlement {
  const { ambiguous, exclusions } = findAmbiguous(input.mapped.accounts);
  const heldKeys = new Set(input.holds?.map(({ key }) => key));
  const onHold = input.mapped.accounts.filter(({ account }) => heldKeys.has(account.key));
  const heldAddresses = addressesOnHold(onHold, input.baseline);
  const candidates = input.mapped.accounts
    .filter((mapped) => !ambiguous.has(mapped) && !heldKeys.has(mapped.account.key))
    .map((mapped) => followHeld(mapped, heldAddresses));
  const matched = matchAll(candidates, input);
  const optioned = applyOptions(matched.settled, input.configuration, input.index);
  const claims = settleClaims(optioned.settled, input.index);
  const references = keepKnownPeople(claims.accepted, input.index);
  const doubtful = [...onHold, ...ambiguous, ...matched.refused, ...claims.refused.map(({ mapped }) => mapped)];
  const rest = sortRest(input, { settled: references.settled, doubtful, left: optioned.left });
  return {
    settled: references.settled,
    ...rest,
    exclusions: [
      ...exclusions,
      ...(input.holds ?? []).map(excludeHeld),
      ...matched.exclusions,
      ...optioned.exclusions,
      ...claims.exclusions,
      ...references.exclusions,
    ],
  };
}

function excludeHeld(hold: Hold): Exclusion {
  const { address } = hold;
  return { source: null, subject: address, address, reason: 'held-back', detail: describeHold(hold) };
}

/** Address in the source → address that the account keeps while it is on hold, where they differ. */
function addressesOnHold(
  onHold: readonly MappedAccount[],
  baseline: readonly DesiredAccount[],
): ReadonlyMap<string, string> {
  const kept = new Map(baseline.map(({ key, address }) => [key, address]));
  return new Map(
    onHold.flatMap(({ account: { key, address } }) => {
      const held = kept.get(key) ?? address;
      return held === address ? [] : [[address, held] as const];
    }),
  );
}

/** Whoever is on hold stays a member and a delegate, under the address that Zivver has. */
function followHeld(mapped: MappedAccount, held: ReadonlyMap<string, string>): MappedAccount {
  if (held.size === 0) return mapped;
  const follow = (list: readonly string[]): string[] => list.map((address) => held.get(address) ?? address).sort();
  if (mapped.kind === 'functional' && mapped.account.members !== undefined)
    return { ...mapped, account: { ...mapped.account, members: follow(mapped.account.members) } };
  if (mapped.kind === 'user' && mapped.account.delegates !== undefined)
    return { ...mapped, account: { ...mapped.account, delegates: follow(mapped.account.delegates) } };
  return mapped;
}

interface MatchedAll {
  readonly settled: SettledAccount[];
  readonly refused: MappedAccount[];
  readonly exclusions: Exclusion[];
}

function matchAll(candidates: readonly MappedAccount[], input: SettleInput): MatchedAll {
  const identities: Identities = {
    index: input.index,
    baselineByKey: new Map(input.baseline.map((account) => [account.key, account])),
    baselineByAddress: new Map(input.baseline.map((account) => [account.address, account])),
    sourceKeys: new Set(input.mapped.accounts.map(({ account }) => account.key)),
  };
  const result = {
    settled: [] as SettledAccount[],
    refused: [] as MappedAccount[],
    exclusions: [] as Exclusion[],
  };
  for (const mapped of candidates) {
    const match = matchAccount(mapped, identities);
    const { source, dn } = mapped;
    if (match.how === 'refused') {
      result.refused.push(mapped);
      result.exclusions.push({
        source,
        subject: dn,
        address: mapped.account.address,
        reason: match.reason,
        detail: match.detail,
      });
      continue;
    }
    const existing = match.how === 'new' ? null : match.existing;
    result.settled.push({ desired: mapped.account, mapped, existing, how: match.how, source, dn });
  }
  return result;
}

interface Sorted {
  readonly settled: readonly SettledAccount[];
  readonly doubtful: readonly MappedAccount[];
  /** Mapped accounts that shall not have an account (disabled without one, creation off). */
  readonly left: readonly MappedAccount[];
}

/** What is not settled: held (in doubt), missing, gone, or never ours. */
function sortRest(
  input: SettleInput,
  { settled, doubtful, left }: Sorted,
): Pick<Settlement, 'missing' | 'held' | 'gone' | 'unmanaged'> {
  const { index, baseline, configuration } = input;
  const settledKeys = new Set([
    ...settled.map(({ desired }) => desired.key),
    ...left.map(({ account }) => account.key),
  ]);
  const doubtfulEntries = input.mapped.excluded.filter(({ effect }) => effect === 'held');
  const doubtfulKeys = new Set([
    ...doubtful.map(({ account }) => account.key),
    ...doubtfulEntries.flatMap(({ key }) => key ?? []),
    ...(input.holds ?? []).map(({ key }) => key),
  ]);
  const spoken = new Set(settled.flatMap(({ existing }) => existing?.zivverId ?? []));
  const result = {
    missing: [] as MissingAccount[],
    held: [] as DesiredAccount[],
    gone: [] as DesiredAccount[],
    unmanaged: [] as ExistingAccount[],
  };
  for (const account of baseline) {
    if (settledKeys.has(account.key)) continue;
    const existing = existingOf(account, index, spoken);
    if (existing) spoken.add(existing.zivverId);
    if (doubtfulKeys.has(account.key)) result.held.push(account);
    else if (existing) result.missing.push({ key: account.key, baseline: account, existing });
    else result.gone.push(account);
  }
  const doubtfulAddresses = new Set([
    ...doubtful.flatMap(({ account }) => [account.address, ...(account.aliases ?? [])]),
    ...doubtfulEntries.flatMap(({ exclusion }) => exclusion.address ?? []),
  ]);
  for (const existing of index.all) {
    if (spoken.has(existing.zivverId)) continue;
    const isMissing = configuration.users.unmanaged === 'missing' && existing.kind === 'user' && existing.active;
    if (isMissing && !doubtfulAddresses.has(existing.address))
      result.missing.push({ key: null, baseline: null, existing });
    else result.unmanaged.push(existing);
  }
  return result;
}

/** The account in Zivver that a desired file is about: by ExternalAccountId, else by its address. */
export function existingOf(
  account: DesiredAccount,
  index: ExistingIndex,
  spoken: ReadonlySet<string>,
): ExistingAccount | undefined {
  const byId = index.byExternalId(account.key);
  const found = byId.length === 1 ? byId[0] : index.byAddress(account.address);
  if (found === undefined || spoken.has(found.zivverId) || found.kind !== account.kind) return undefined;
  const isOurs = found.externalAccountId === null || found.externalAccountId === account.key || byId.length === 1;
  return isOurs ? found : undefined;
}
