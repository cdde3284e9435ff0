import type { MappedAccount } from '../mapping/mapped.ts';
import type { Exclusion } from '../schema/generated/plan.ts';

/** Accounts that share an address, an alias or a key with another: nobody is guessed, all of them stay as they are. */
export function findAmbiguous(accounts: readonly MappedAccount[]): {
  ambiguous: Set<MappedAccount>;
  exclusions: Exclusion[];
} {
  const claims = new Map<string, MappedAccount[]>();
  for (const mapped of accounts) for (const claim of claimsOf(mapped)) addClaim(claims, claim, mapped);
  const ambiguous = new Set<MappedAccount>();
  const exclusions: Exclusion[] = [];
  const shared = [...claims].filter(([, claimants]) => claimants.length > 1).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [claim, claimants] of shared) {
    for (const mapped of claimants) {
      if (ambiguous.has(mapped)) continue;
      ambiguous.add(mapped);
      exclusions.push(excludeAmbiguous(mapped, claim, claimants));
    }
  }
  return { ambiguous, exclusions };
}

function claimsOf({ account }: MappedAccount): Set<string> {
  return new Set([`key ${account.key}`, account.address, ...(account.aliases ?? [])]);
}

function addClaim(claims: Map<string, MappedAccount[]>, claim: string, mapped: MappedAccount): void {
  const claimants = claims.get(claim);
  if (claimants) claimants.push(mapped);
  else claims.set(claim, [mapped]);
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
