import type { Entry } from './entry.ts';
import { normaliseDn } from './distinguished-name.ts';
import { valueOf, valuesOf } from './entry.ts';

/** What one source knows about DNs and group membership. DNs are given in any spelling. */
export interface Directory {
  entryOf(dn: string): Entry | undefined;
  groupOf(dn: string): Entry | undefined;
  /**
   * Normalised DNs of all groups the entry is in, directly or through other groups. Cycles are harmless. `withPrimary`:
   * also through its primary group, which AD keeps apart from memberOf (active-directory.md §4.8).
   */
  groupsOf(entry: Entry, options?: { readonly withPrimary: boolean }): ReadonlySet<string>;
}

/** Index over the entries and groups of one source. */
export function buildDirectory(entries: readonly Entry[], groups: readonly Entry[]): Directory {
  const entryByDn = indexByDn(entries);
  const groupByDn = indexByDn(groups);
  const groupByNumber = new Map(groups.map((group) => [groupNumberOf(group), group.dn]));
  const closures = new Map<string, ReadonlySet<string>>();
  return {
    entryOf: (dn) => entryByDn.get(normaliseDn(dn)) ?? groupByDn.get(normaliseDn(dn)),
    groupOf: (dn) => groupByDn.get(normaliseDn(dn)),
    groupsOf: (entry, { withPrimary } = { withPrimary: false }) => {
      const all = new Set<string>();
      const primary = withPrimary ? groupByNumber.get(valueOf(entry, 'primaryGroupID') ?? '?') : undefined;
      const direct = [...valuesOf(entry, 'memberOf'), ...(primary === undefined ? [] : [primary])];
      for (const dn of direct) addAll(all, closureOf(normaliseDn(dn), groupByDn, closures));
      return all;
    },
  };
}

function indexByDn(entries: readonly Entry[]): Map<string, Entry> {
  return new Map(entries.map((entry) => [normaliseDn(entry.dn), entry]));
}

/** The last part of its security identifier, which `primaryGroupID` of its members names; null if it is not known. */
export function groupNumberOf(group: Entry): string | null {
  const bytes = Buffer.from(valueOf(group, 'objectSid') ?? '', 'base64');
  return bytes.length < 12 ? null : String(bytes.readUInt32LE(bytes.length - 4));
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
