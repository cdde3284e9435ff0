import type { ExistingAccount } from './account.ts';
import type { ExistingAccounts } from './target.ts';

/** Look-ups over everything Zivver holds. One address space for users, functional accounts and aliases. */
export interface ExistingIndex {
  readonly all: readonly ExistingAccount[];
  byId(zivverId: string): ExistingAccount | undefined;
  /** By primary address. */
  byAddress(address: string): ExistingAccount | undefined;
  /** The account that has the address as primary address or alias. */
  holderOf(address: string): ExistingAccount | undefined;
  /** More than one = the identity is ambiguous. */
  byExternalId(key: string): readonly ExistingAccount[];
  /** Sorted addresses of the members that are in either list; others belong to nobody. */
  memberAddresses(memberIds: readonly string[]): string[];
}

export function buildExistingIndex(accounts: ExistingAccounts): ExistingIndex {
  const all: ExistingAccount[] = [...accounts.users, ...accounts.functional];
  const ids = new Map(all.map((account) => [account.zivverId, account]));
  const primaries = new Map(all.map((account) => [account.address, account]));
  const holders = new Map<string, ExistingAccount>();
  for (const account of all) for (const alias of account.aliases) holders.set(alias, account);
  for (const account of all) holders.set(account.address, account);
  const externalIds = groupByExternalId(all);
  return {
    all,
    byId: (zivverId) => ids.get(zivverId),
    byAddress: (address) => primaries.get(address),
    holderOf: (address) => holders.get(address),
    byExternalId: (key) => externalIds.get(key) ?? [],
    memberAddresses: (memberIds) => [...new Set(memberIds.flatMap((id) => ids.get(id)?.address ?? []))].sort(),
  };
}

function groupByExternalId(all: readonly ExistingAccount[]): Map<string, ExistingAccount[]> {
  const groups = new Map<string, ExistingAccount[]>();
  for (const account of all) {
    if (account.externalAccountId === null) continue;
    const group = groups.get(account.externalAccountId);
    if (group) group.push(account);
    else groups.set(account.externalAccountId, [account]);
  }
  return groups;
}
