import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';

/** Accounts that share an address, an alias or a key with another: nobody is guessed, all of them stay as they are. */
export function findAmbiguous(accounts: readonly MappedAccount[]): {
  ambiguous: Set<MappedAccount>;
  exclusions: Exclusion[];
} {
  const ambiguous = new Set<MappedAccount>();
  const exclusions: Exclusion[] = [];
  const shared = [...findShared(accounts)].filter(([, claimants]) => claimants.length > 1);
  for (const [claim, claimants] of shared.sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const mapped of claimants) {
      if (ambiguous.has(mapped)) continue;
      ambiguous.add(mapped);
      exclusions.push(excludeAmbiguous(mapped, claim, claimants));
    }
  }
  return { ambiguous, exclusions };
}

/** Who claims what is claimed more than once. Nearly nothing is, so nothing is kept of the rest. */
function findShared(accounts: readonly MappedAccount[]): Map<string, MappedAccount[]> {
  const keys = new Set<string>();
  const addresses = new Set<string>();
  const shared = new Map<string, MappedAccount[]>();
  for (const { account } of accounts) {
    if (keys.size === keys.add(account.key).size) shared.set(keyClaim(account), []);
    for (const address of [account.address, ...(account.aliases ?? [])])
      if (addresses.size === addresses.add(address).size) shared.set(address, []);
  }
  if (shared.size === 0) return shared;
  for (const mapped of accounts) for (const claim of new Set(claimsOf(mapped.account))) shared.get(claim)?.push(mapped);
  return shared;
}

function claimsOf(account: DesiredAccount): string[] {
  return [keyClaim(account), account.address, ...(account.aliases ?? [])];
}

function keyClaim({ key }: DesiredAccount): string {
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
