import type { Fact } from '../schema/generated/plan.ts';
import { fact } from '../facts/fact.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';

/** What several entries claim. Nobody is guessed: the disputed value stays as it is. */
export interface Disputes {
  /** Key → the accounts that have it, where several have. */
  readonly keys: ReadonlyMap<string, readonly MappedAccount[]>;
  /** Address → those who claim it as address or alias, where accounts of several keys do. */
  readonly addresses: ReadonlyMap<string, readonly MappedAccount[]>;
  /** Of all accounts. */
  readonly allKeys: ReadonlySet<string>;
}

export function findDisputes(accounts: readonly MappedAccount[]): Disputes {
  const { allKeys, sharedKeys, sharedAddresses } = findShared(accounts);
  const keys = new Map<string, MappedAccount[]>([...sharedKeys].map((key) => [key, []]));
  const addresses = new Map<string, MappedAccount[]>([...sharedAddresses].sort().map((address) => [address, []]));
  if (keys.size + addresses.size > 0)
    for (const mapped of accounts) {
      keys.get(mapped.account.key)?.push(mapped);
      for (const address of new Set(addressesOf(mapped.account))) addresses.get(address)?.push(mapped);
    }
  for (const [address, claimants] of addresses)
    if (new Set(claimants.map(({ account }) => account.key)).size < 2) addresses.delete(address);
  return { keys, addresses, allKeys };
}

/** The other accounts that claim the address. */
export function rivalsOf({ account }: MappedAccount, address: string, { addresses }: Disputes): MappedAccount[] {
  return (addresses.get(address) ?? []).filter((other) => other.account.key !== account.key);
}

export function describeDispute(what: string, rivals: readonly MappedAccount[]): Fact {
  return fact('also-claimed', { what, entries: dnsOf(rivals) });
}

export function dnsOf(accounts: readonly MappedAccount[]): string[] {
  return accounts.map(({ dn }) => dn).sort();
}

export function addressesOf({ address, aliases = [] }: DesiredAccount): readonly string[] {
  return [address, ...aliases];
}

interface Shared {
  readonly allKeys: Set<string>;
  readonly sharedKeys: Set<string>;
  readonly sharedAddresses: Set<string>;
}

/** Nearly nothing is claimed twice, so nothing is kept of the rest. */
function findShared(accounts: readonly MappedAccount[]): Shared {
  const shared: Shared = { allKeys: new Set(), sharedKeys: new Set(), sharedAddresses: new Set() };
  const seen = new Set<string>();
  const note = (address: string): void => {
    if (seen.size === seen.add(address).size) shared.sharedAddresses.add(address);
  };
  for (const { account } of accounts) {
    if (shared.allKeys.size === shared.allKeys.add(account.key).size) shared.sharedKeys.add(account.key);
    note(account.address);
    account.aliases?.forEach(note);
  }
  return shared;
}
