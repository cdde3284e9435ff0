import type { Entry } from './entry.ts';
import { normaliseDn } from './distinguished-name.ts';
import { valueOf, valuesOf } from './entry.ts';
import { withRid } from './sid.ts';

/** What one source knows about DNs and group membership. DNs are given in any spelling. */
export interface Directory {
  /** Makes the entry known by its DN. */
  add(entry: Entry): void;
  entryOf(dn: string): Entry | undefined;
  groupOf(dn: string): Entry | undefined;
  /** Normalised DNs of all groups the entry is in: directly, as primary group, or through other groups. Cycles are harmless. */
  groupsOf(entry: Entry): ReadonlySet<string>;
  /** Those of them it is in by its primary group alone. */
  primaryGroupsOf(entry: Entry): ReadonlySet<string>;
}

/**
 * Index over the entries and groups of one source. memberOf never holds the primary group (active-directory.md §4.8): that
 * is the group of the same domain whose RID is primaryGroupID, found by objectSid.
 */
export function buildDirectory(entries: readonly Entry[], groups: readonly Entry[]): Directory {
  const entryByDn = indexByDn(entries);
  const groupByDn = indexByDn(groups);
  const groupBySid = indexBySid(groups);
  const closures = new Map<string, ReadonlySet<string>>();
  return {
    add: (entry) => void entryByDn.set(normaliseDn(entry.dn), entry),
    entryOf: (dn) => entryByDn.get(normaliseDn(dn)) ?? groupByDn.get(normaliseDn(dn)),
    groupOf: (dn) => groupByDn.get(normaliseDn(dn)),
    groupsOf: (entry) => {
      const direct = valuesOf(entry, 'memberOf');
      const primary = groupBySid.get(primarySidOf(entry) ?? '');
      const all = primary === undefined ? direct : [...direct, primary];
      return joinSets(all.map((dn) => closureOf(dn, groupByDn, closures)));
    },
    primaryGroupsOf: (entry) => {
      const primary = groupBySid.get(primarySidOf(entry) ?? '');
      return primary === undefined ? new Set() : closureOf(primary, groupByDn, closures);
    },
  };
}

function indexByDn(entries: readonly Entry[]): Map<string, Entry> {
  const index = new Map<string, Entry>();
  for (const entry of entries) index.set(normaliseDn(entry.dn), entry);
  return index;
}

/** SID, base64 → DN. */
function indexBySid(groups: readonly Entry[]): Map<string, string> {
  const sids = groups.map((group) => [valueOf(group, 'objectSid') ?? '', group.dn] as const);
  return new Map(sids.filter(([sid]) => sid !== ''));
}

function primarySidOf(entry: Entry): string | null {
  const sid = valueOf(entry, 'objectSid');
  const rid = valueOf(entry, 'primaryGroupID');
  return sid === undefined || rid === undefined ? null : withRid(sid, rid);
}

/** A group, in any spelling, and all groups it is in. */
function closureOf(
  dn: string,
  groups: ReadonlyMap<string, Entry>,
  known: Map<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const found = known.get(dn);
  if (found) return found;
  const closure = new Set<string>();
  const waiting = [normaliseDn(dn)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (closure.has(next)) continue;
    closure.add(next);
    const group = groups.get(next);
    if (group) waiting.push(...valuesOf(group, 'memberOf').map(normaliseDn));
  }
  known.set(dn, closure);
  return closure;
}

/** Most people are in one group; its own set will do. */
function joinSets(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [only] = sets;
  if (only !== undefined && sets.length === 1) return only;
  const all = new Set<string>();
  for (const set of sets) for (const value of set) all.add(value);
  return all;
}
