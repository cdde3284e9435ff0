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
  const resolve = buildResolver(people);
  const exclusions: Exclusion[] = [];
  const settled = accounts.map((account) => {
    if (account.isAdopted) return account;
    const wanted = listOf(account.desired);
    if (wanted === undefined || (wanted.length === 0 && account.mapped.people.length === 0)) return account;
    const addresses = new Set<string>();
    for (const reference of account.mapped.people) {
      const address = resolve(reference);
      if (address === undefined) exclusions.push(leaveOut(account, reference.address));
      else addresses.add(address);
    }
    const list = [...addresses].sort();
    return isSameValue(wanted, list) ? account : { ...account, desired: withList(account.desired, list) };
  });
  return { settled, exclusions };
}

function buildResolver({
  identities,
  taken,
  sharedKeys,
}: KnownPeople): (reference: MappedReference) => string | undefined {
  return ({ address, key }) => {
    const settled = key === null ? undefined : taken.addresses.get(key);
    if (settled !== undefined) return settled;
    if (key !== null && sharedKeys.has(key)) return undefined;
    const match = matchIdentity({ key: key ?? '', address }, identities);
    return 'existing' in match && !taken.zivverIds.has(match.existing.zivverId) ? match.existing.address : undefined;
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
    detail: `${isUser ? 'delegate' : 'member'} ${address} is left out: it has no Zivver account`,
  };
}
