import { normaliseDn } from '../directory/distinguished-name.ts';
import type { MappedAccount, MappedFunctional, MappedUser } from './mapped.ts';

/**
 * One directory entry that several sources read is one account, not an ambiguity: of a person the first source counts,
 * of a group the members of all sources. Two different entries with one key stay two.
 */
export function mergeSources(users: readonly MappedUser[], functional: readonly MappedFunctional[]): MappedAccount[] {
  const people = new Map<string, MappedUser>();
  for (const user of users) {
    const key = entryKey(user);
    if (!people.has(key)) people.set(key, user);
  }
  const groups = new Map<string, MappedFunctional>();
  for (const group of functional) {
    const key = entryKey(group);
    groups.set(key, mergeGroups(groups.get(key), group));
  }
  return [...people.values(), ...groups.values()];
}

function entryKey({ dn, account }: MappedAccount): string {
  return `${account.key} ${normaliseDn(dn)}`;
}

function mergeGroups(first: MappedFunctional | undefined, group: MappedFunctional): MappedFunctional {
  if (first === undefined) return group;
  const members = new Set([...(first.account.members ?? []), ...(group.account.members ?? [])]);
  const people = [...first.people, ...group.people];
  return { ...first, people, account: { ...first.account, members: [...members].sort() } };
}
