import type { Directory } from '../directory/directory.ts';
import { normaliseDn } from '../directory/distinguished-name.ts';
import { type Entry, valuesOf } from '../directory/entry.ts';
import type { MappedUser } from './mapped.ts';

/** People about whom a group and their own entry say different things; nobody knows whether they are in it. */
export interface MemberDisputes {
  /** `member` of the group, or of a group in it, has them; their own `memberOf` does not. */
  readonly named: readonly MappedUser[];
  /** Their own `memberOf` has the group; its `member` does not have them. */
  readonly unnamed: readonly MappedUser[];
}

export interface MemberPlace {
  /** Groups that show `member`, by normalised DN. */
  readonly showing: ReadonlyMap<string, Entry>;
  readonly directory: Directory;
  readonly users: ReadonlyMap<Entry, MappedUser>;
  /** Selected people whose own entries say that they are in a group, by its normalised DN. */
  readonly members: (group: string) => readonly MappedUser[];
}

/**
 * `member` and `memberOf` are two ends of one link, and a directory keeps them equal; where they differ, a right to read or a
 * part of the export is missing. Of a group without `member` nothing is known but what the people say.
 */
export function findMemberDisputes(group: Entry, place: MemberPlace): MemberDisputes {
  if (!hasMembers(group)) return NOBODY;
  const named = new Set(walkMembers(group, place));
  const claiming = new Set(place.members(normaliseDn(group.dn)));
  const unnamed = [...claiming].filter((one) => !named.has(one));
  const byPrimary = new Set(unnamed.length === 0 ? [] : findByPrimaryGroup(group, place));
  return {
    named: [...named].filter((one) => !claiming.has(one)).filter(isInUse),
    unnamed: unnamed.filter((one) => !byPrimary.has(one)).filter(isInUse),
  };
}

/** Who is not in use is no member in any case. */
function isInUse({ inactivity }: MappedUser): boolean {
  return inactivity === null;
}

/** Nobody has `memberOf`, and no group `member`: neither end of the links was read. */
export function lacksMemberships(people: readonly Entry[], groups: readonly Entry[]): boolean {
  if (people.length === 0) return false;
  return !people.some((entry) => valuesOf(entry, 'memberOf').length > 0) && !groups.some(hasMembers);
}

/** Those that show `member`, by normalised DN. */
export function indexShowing(groups: readonly Entry[]): ReadonlyMap<string, Entry> {
  return new Map(groups.filter(hasMembers).map((group) => [normaliseDn(group.dn), group]));
}

function hasMembers(group: Entry): boolean {
  return valuesOf(group, 'member').length > 0;
}

const NOBODY: MemberDisputes = { named: [], unnamed: [] };

/** The people whom `member` reaches, through groups in the group too. */
function walkMembers(group: Entry, { showing, directory, users, members }: MemberPlace): MappedUser[] {
  const found: MappedUser[] = [];
  const seen = new Set<string>();
  const waiting = [group];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const dn of valuesOf(next, 'member')) {
      const name = normaliseDn(dn);
      if (seen.has(name)) continue;
      seen.add(name);
      const inner = showing.get(name);
      if (inner === undefined) found.push(...peopleOf(directory.entryOf(dn), members(name), users));
      else waiting.push(inner);
    }
  }
  return found;
}

/** A group that was not read, or that shows no `member`, has those who say so themselves. */
function peopleOf(
  entry: Entry | undefined,
  claiming: readonly MappedUser[],
  users: ReadonlyMap<Entry, MappedUser>,
): readonly MappedUser[] {
  const user = entry === undefined ? undefined : users.get(entry);
  return user === undefined ? claiming : [user];
}

/** Neither `member` nor `memberOf` holds the primary group (active-directory.md §4.8). */
function findByPrimaryGroup({ dn }: Entry, { directory, users }: MemberPlace): MappedUser[] {
  const group = normaliseDn(dn);
  return [...users].flatMap(([entry, user]) => (directory.primaryGroupsOf(entry).has(group) ? [user] : []));
}
