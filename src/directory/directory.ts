import type { Entry } from './entry.ts';
import { normaliseDn } from './distinguished-name.ts';
import { valueOf, valuesOf } from './entry.ts';
import { withRid } from './sid.ts';

/** What one source knows about DNs and group membership. DNs are given in any spelling. */
export interface Directory {
  entryOf(dn: string): Entry | undefined;
  groupOf(dn: string): Entry | undefined;
  /** Normalised DNs of all groups the entry is in: directly, as primary group, or through other groups. Cycles are harmless. */
  groupsOf(entry: Entry): ReadonlySet<string>;
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
    entryOf: (dn) => entryByDn.get(normaliseDn(dn)) ?? groupByDn.get(normaliseDn(dn)),
    groupOf: (dn) => groupByDn.get(normaliseDn(dn)),
    groupsOf: (entry) => {
      const all = new Set<string>();
      for (const dn of valuesOf(entry, 'memberOf')) addAll(all, closureOf(normaliseDn(dn), groupByDn, closures));
      const primary = groupBySid.get(primarySidOf(entry) ?? '');
      if (primary !== undefined) addAll(all, closureOf(primary, groupByDn, closures));
      return all;
    },
  };
}

function indexByDn(entries: readonly Entry[]): Map<string, Entry> {
  const index = new Map<string, Entry>();
  for (const entry of entries) index.set(normaliseDn(entry.dn), entry);
  return index;
}

/** SID, base64 → normalised DN. */
function indexBySid(groups: readonly Entry[]): Map<string, string> {
  const sids = groups.map((group) => [valueOf(group, 'objectSid') ?? '', normaliseDn(group.dn)] as const);
  return new Map(sids.filter(([sid]) => sid !== ''));
}

function primarySidOf(entry: Entry): string | null {
  const sid = valueOf(entry, 'objectSid');
  const rid = valueOf(entry, 'primaryGroupID');
  return sid === undefined || rid === undefined ? null : withRid(sid, rid);
}

/** A group and all groups it is in. */
function closureOf(
  start: string,
  groups: ReadonlyMap<string, Entry>,
  known: Map<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const found = known.get(start);
  if (found) return found;
  const closure = new Set<string>();
  const waiting = [start];
  for (let dn = waiting.pop(); dn !== undefined; dn = waiting.pop()) {
    if (closure.has(dn)) continue;
    closure.add(dn);
    const group = groups.get(dn);
    if (group) waiting.push(...valuesOf(group, 'memberOf').map(normaliseDn));
  }
  known.set(start, closure);
  return closure;
}

function addAll(target: Set<string>, values: Iterable<string>): void {
  for (const value of values) target.add(value);
}
