import { fact } from '../facts/fact.ts';
import type { MappedReference } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import { isSameValue } from '../change/change.ts';
import { matchIdentity, type Identities } from './match.ts';
import type { SettledAccount, Taken } from './settlement.ts';

export interface KnownPeople {
  readonly identities: Identities;
  readonly taken: Taken;
  /** Keys that several entries share: nobody knows which of them an account belongs to. */
  readonly sharedKeys: ReadonlySet<string>;
}

/**
 * Delegates and members by who they are, with the addresses they have after the plan: the address that the directory
 * gives somebody may still be another's in Zivver. Who has no account is left out, since Zivver drops unknown delegates
 * without a word (zivver-api.md §3) and refuses unknown members.
 */
export function keepKnownPeople(
  accounts: readonly SettledAccount[],
  people: KnownPeople,
): { settled: SettledAccount[]; exclusions: Exclusion[] } {
  const resolve = buildResolver(accounts, people);
  const exclusions: Exclusion[] = [];
  const settled = accounts.map((account) => {
    if (account.isRecordOnly) return account;
    const wanted = listOf(account.desired);
    const disputed = disputedOf(account);
    const isEmpty = wanted?.length === 0 && account.mapped.people.length + disputed.length === 0;
    if (wanted === undefined || isEmpty) return account;
    const addresses = new Set<string>();
    for (const reference of account.mapped.people) {
      const found = resolve(reference);
      if (found === undefined) exclusions.push(leaveOut(account, reference.address));
      else addresses.add(found.address);
    }
    for (const reference of disputed) {
      const found = resolve(reference);
      if (found !== undefined && isMember(account, found.zivverId)) addresses.add(found.address);
    }
    const list = [...addresses].sort();
    return isSameValue(wanted, list) ? account : { ...account, desired: withList(account.desired, list) };
  });
  return { settled, exclusions };
}

function disputedOf({ mapped }: SettledAccount): readonly MappedReference[] {
  return mapped.kind === 'functional' ? (mapped.disputed ?? []) : [];
}

function isMember({ existing }: SettledAccount, zivverId: string | undefined): boolean {
  return existing?.kind === 'functional' && zivverId !== undefined && existing.memberIds.includes(zivverId);
}

/** The address after the plan; the id of whoever has an account already. */
interface Known {
  readonly address: string;
  readonly zivverId: string | undefined;
}

function buildResolver(
  accounts: readonly SettledAccount[],
  { identities, taken, sharedKeys }: KnownPeople,
): (reference: MappedReference) => Known | undefined {
  let ids: Map<string, string | undefined> | undefined;
  const idOf = (key: string): string | undefined => {
    ids ??= new Map(accounts.map(({ desired, existing }) => [desired.key, existing?.zivverId]));
    return ids.get(key);
  };
  return ({ address, key }) => {
    const settled = key === null ? undefined : taken.addresses.get(key);
    if (settled !== undefined) return { address: settled, zivverId: key === null ? undefined : idOf(key) };
    if (key !== null && sharedKeys.has(key)) return undefined;
    const match = matchIdentity({ key: key ?? '', address }, identities);
    if (!('existing' in match) || taken.zivverIds.has(match.existing.zivverId)) return undefined;
    return { address: match.existing.address, zivverId: match.existing.zivverId };
  };
}

function listOf(account: DesiredAccount): string[] | undefined {
  return account.kind === 'user' ? account.delegates : account.members;
}

function withList(account: DesiredAccount, list: string[]): DesiredAccount {
  return account.kind === 'user' ? { ...account, delegates: list } : { ...account, members: list };
}

function leaveOut(account: SettledAccount, address: string): Exclusion {
  const isUser = account.desired.kind === 'user';
  return {
    source: account.source,
    subject: account.dn,
    address: account.desired.address,
    reason: isUser ? 'delegate-left-out' : 'member-left-out',
    detail: fact(isUser ? 'delegate-left-out' : 'member-left-out', { who: address, why: fact('no-account') }),
  };
}
