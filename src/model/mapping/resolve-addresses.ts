import { fact } from '../facts/fact.ts';
import type { Exclusion, Fact } from '../schema/generated/plan.ts';
import type { ExcludedEntry, MappedAccount, MappedReference } from './mapped.ts';

/**
 * Files name delegates and members by address. Finds out who they are among the accounts of all sources, by address or
 * alias, so that a renamed colleague stays one. Whom no source has is left for Zivver to know.
 */
export function resolveAddresses(
  accounts: readonly MappedAccount[],
  excluded: readonly ExcludedEntry[],
  exclusions: Exclusion[],
): MappedAccount[] {
  if (!accounts.some(({ people }) => people.some(isByAddress))) return [...accounts];
  const holders = indexHolders(accounts);
  const held = indexHeld(excluded);
  return accounts.map((account) => {
    if (!account.people.some(isByAddress)) return account;
    const people = account.people.flatMap((reference) => {
      const known = isByAddress(reference) ? find(reference.address, account) : reference;
      if (!('why' in known)) return known;
      if (known.why !== null) exclusions.push(leaveOut(account, reference.address, known.why));
      return [];
    });
    return withPeople(account, people);
  });

  function find(address: string, account: MappedAccount): MappedReference | { readonly why: Fact | null } {
    const claimants = holders.get(address) ?? [];
    const [holder] = claimants;
    if (claimants.length > 1) return { why: fact('several-claim') };
    if (holder === undefined) return { address, key: held.get(address) ?? null };
    if (holder === account) return { why: null };
    if (account.kind === 'functional' && holder.kind === 'functional')
      return { why: fact('only-people', { what: 'functional' }) };
    if (holder.kind === 'user' && holder.inactivity !== null)
      return { why: fact('account-inactive', { state: holder.inactivity.reason }) };
    return { address: holder.account.address, key: holder.account.key };
  }
}

function isByAddress(reference: MappedReference): boolean {
  return reference.isByAddress === true;
}

function indexHolders(accounts: readonly MappedAccount[]): Map<string, MappedAccount[]> {
  const holders = new Map<string, MappedAccount[]>();
  for (const mapped of accounts) {
    const { address, aliases = [] } = mapped.account;
    for (const one of new Set([address, ...aliases])) holders.set(one, [...(holders.get(one) ?? []), mapped]);
  }
  return holders;
}

/** Of whom nothing can be said just now: they stay what they are, and so does what they may read. */
function indexHeld(excluded: readonly ExcludedEntry[]): Map<string, string> {
  return new Map(
    excluded.flatMap(({ effect, key, exclusion: { address } }) =>
      effect === 'held' && key !== null && address !== null ? [[address, key] as const] : [],
    ),
  );
}

function leaveOut({ source, dn, kind, account }: MappedAccount, address: string, why: Fact): Exclusion {
  const name = kind === 'user' ? 'delegate' : 'member';
  return {
    source,
    subject: dn,
    address: account.address,
    reason: `${name}-left-out`,
    detail: fact(`${name}-left-out`, { who: address, why }),
  };
}

function withPeople(mapped: MappedAccount, people: readonly MappedReference[]): MappedAccount {
  const list = [...new Set(people.map(({ address }) => address))].sort();
  return mapped.kind === 'user'
    ? { ...mapped, people, account: { ...mapped.account, delegates: list } }
    : { ...mapped, people, account: { ...mapped.account, members: list } };
}
