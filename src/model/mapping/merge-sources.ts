import { normaliseDn } from '../directory/distinguished-name.ts';
import type { MappedAccount, MappedFunctional, MappedUser } from './mapped.ts';

/**
 * One directory entry that several sources read is one account, not an ambiguity: of a person the first source counts,
 * of a functional account the members of all sources. So is a file written by hand that names the key of an entry. Two
 * different entries with one key stay two. Of a single source nothing is merged.
 */
export function mergeSources(users: readonly MappedUser[], functional: readonly MappedFunctional[]): MappedAccount[] {
  const all = [...users, ...functional];
  if (all.every(({ source }) => source === all[0]?.source)) return all;
  const shared = findSharedKeys(all);
  if (shared.size === 0) return all;
  const entryOf = findEntries(all.filter(({ account }) => shared.has(account.key)));
  const people = new Map<string, MappedUser>();
  for (const user of users) {
    const key = entryOf(user);
    const first = people.get(key);
    people.set(key, first === undefined ? user : { ...first, entries: (first.entries ?? 1) + 1 });
  }
  const groups = new Map<string, MappedFunctional>();
  for (const group of functional) {
    const key = entryOf(group);
    groups.set(key, mergeGroups(groups.get(key), group));
  }
  return [...people.values(), ...groups.values()];
}

/** Keys of more than one account. */
function findSharedKeys(accounts: readonly MappedAccount[]): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { account } of accounts) if (seen.size === seen.add(account.key).size) shared.add(account.key);
  return shared;
}

/** Names the entry that an account is about; that of a file is the entry whose key it names, if there is one. */
function findEntries(accounts: readonly MappedAccount[]): (mapped: MappedAccount) => string {
  const placeOf = ({ dn }: MappedAccount): string => normaliseDn(dn);
  const hasFiles = accounts.some(({ origin }) => origin === 'hand');
  const found = hasFiles ? accounts.filter(({ origin }) => origin !== 'hand') : [];
  const entries = new Map(found.map((mapped) => [mapped.account.key, placeOf(mapped)]));
  return (mapped) => {
    const { origin, account } = mapped;
    return `${account.key} ${(origin === 'hand' ? entries.get(account.key) : undefined) ?? placeOf(mapped)}`;
  };
}

function mergeGroups(first: MappedFunctional | undefined, group: MappedFunctional): MappedFunctional {
  if (first === undefined) return group;
  const members = new Set([...(first.account.members ?? []), ...(group.account.members ?? [])]);
  const people = [...first.people, ...group.people];
  return {
    ...first,
    people,
    entries: (first.entries ?? 1) + 1,
    account: { ...first.account, members: [...members].sort() },
  };
}
