import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';

export interface Ambiguity {
  readonly ambiguous: ReadonlySet<MappedAccount>;
  readonly exclusions: readonly Exclusion[];
  /** Of all accounts. */
  readonly keys: ReadonlySet<string>;
  /** Those that several accounts have. */
  readonly sharedKeys: ReadonlySet<string>;
}

/** Accounts that share an address, an alias or a key with another: nobody is guessed, all of them stay as they are. */
export function findAmbiguous(accounts: readonly MappedAccount[]): Ambiguity {
  const ambiguous = new Set<MappedAccount>();
  const exclusions: Exclusion[] = [];
  const { keys, sharedKeys, shared } = findShared(accounts);
  const contested = [...shared].filter(([, claimants]) => claimants.length > 1);
  for (const [claim, claimants] of contested.sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const mapped of claimants) {
      if (ambiguous.has(mapped)) continue;
      ambiguous.add(mapped);
      exclusions.push(excludeAmbiguous(mapped, claim, claimants));
    }
  }
  return { ambiguous, exclusions, keys, sharedKeys };
}

interface Shared extends Pick<Ambiguity, 'keys' | 'sharedKeys'> {
  /** Who claims what is claimed more than once. Nearly nothing is, so nothing is kept of the rest. */
  readonly shared: Map<string, MappedAccount[]>;
}

function findShared(accounts: readonly MappedAccount[]): Shared {
  const keys = new Set<string>();
  const sharedKeys = new Set<string>();
  const addresses = new Set<string>();
  const shared = new Map<string, MappedAccount[]>();
  const note = (address: string): void => {
    if (addresses.size === addresses.add(address).size) shared.set(address, []);
  };
  for (const { account } of accounts) {
    if (keys.size === keys.add(account.key).size) sharedKeys.add(account.key);
    note(account.address);
    account.aliases?.forEach(note);
  }
  for (const key of sharedKeys) shared.set(keyClaim({ key }), []);
  if (shared.size > 0)
    for (const mapped of accounts)
      for (const claim of new Set(claimsOf(mapped.account))) shared.get(claim)?.push(mapped);
  return { keys, sharedKeys, shared };
}

function claimsOf(account: DesiredAccount): string[] {
  return [keyClaim(account), account.address, ...(account.aliases ?? [])];
}

function keyClaim({ key }: Pick<DesiredAccount, 'key'>): string {
  return `key ${key}`;
}

function excludeAmbiguous(mapped: MappedAccount, claim: string, claimants: readonly MappedAccount[]): Exclusion {
  const others = claimants
    .filter((other) => other !== mapped)
    .map(({ dn }) => dn)
    .sort();
  const what = claim.startsWith('key ') ? 'the account key' : claim;
  return {
    source: mapped.source,
    subject: mapped.dn,
    address: mapped.account.address,
    reason: 'ambiguous',
    detail: `${what} is also claimed by ${others.join(' and ')}`,
  };
}
