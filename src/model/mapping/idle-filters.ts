import { fact } from '../facts/fact.ts';
import type { ConfiguredSource } from '../configuration/configuration.ts';
import type { Directory } from '../directory/directory.ts';
import { commonNameOf, foldCase, isDnUnder, parentOf } from '../directory/distinguished-name.ts';
import type { Entry } from '../directory/entry.ts';
import { isFilterMatch, selectEntry } from '../directory/selection.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { FilterRule } from '../schema/generated/organisation.ts';
import type { SourceSnapshot } from '../directory/source.ts';

/** A value of a filter that nobody matches: a misspelt or renamed unit or group looks like this, without an error. */
export interface IdleValue {
  readonly verb: 'include' | 'exclude';
  readonly attribute: string;
  readonly value: string;
  /** What is known about why. */
  readonly why: Fact;
}

export function findIdleValues(
  { filters = [], ldap, ldif }: Pick<ConfiguredSource, 'filters' | 'ldap' | 'ldif'>,
  { selected, groups }: Pick<SourceSnapshot, 'selected' | 'groups'>,
  directory: Directory,
): readonly IdleValue[] {
  if (filters.length === 0) return [];
  const people = selected.filter((entry) => selectEntry(entry, [], directory).verdict === 'person');
  const baseDn = ldap?.baseDn ?? ldif?.baseDn ?? '';
  return filters.flatMap((filter) => {
    const rule = filter.include ?? filter.exclude;
    if (rule === undefined) return [];
    const verb = filter.include === undefined ? 'exclude' : 'include';
    const idle = rule.values.filter(
      (value) => !people.some((entry) => isFilterMatch(entry, { ...rule, values: [value] }, directory)),
    );
    return idle.map((value) => ({
      verb,
      attribute: rule.attribute,
      value,
      why: explainIdle(rule, value, { people, groups, baseDn }),
    }));
  });
}

/** Rows of the division table below which nobody is. */
export function findIdleUnits(
  { division }: Pick<ConfiguredSource, 'division'>,
  { selected, groups }: Pick<SourceSnapshot, 'selected' | 'groups'>,
): readonly IdleUnit[] {
  const rows = division?.by === 'ou' ? (division.ou ?? []) : [];
  if (rows.length === 0) return [];
  const entries = [...selected, ...groups];
  return rows
    .filter((row) => !entries.some(({ dn }) => isDnUnder(dn, row.dn)))
    .map((row) => {
      return { ...row, near: findUnit(selected, foldCase(firstValue(row.dn))) };
    });
}

/** One of them, and what is known about why. */
export interface IdleUnit {
  readonly dn: string;
  readonly division: string;
  /** A unit of that name elsewhere. */
  readonly near: string | undefined;
}

export function describeIdleUnits(source: string, units: readonly IdleUnit[]): Fact[] {
  return units.map(({ dn, division, near }) => fact('unit-idle', { source, unit: dn, division, near }));
}

/** For the review. */
export function describeIdleValues(source: string, values: readonly IdleValue[]): Fact[] {
  return values.map((value) => fact('filter-idle', { source, ...value }));
}

interface Seen {
  readonly people: readonly Entry[];
  readonly groups: readonly Entry[];
  readonly baseDn: string;
}

function explainIdle({ attribute }: FilterRule, value: string, { people, groups, baseDn }: Seen): Fact {
  const name = attribute.toLowerCase();
  if (name === 'distinguishedname') {
    if (!isDnUnder(value, baseDn)) return fact('not-below-base', { base: baseDn });
    return fact('unit-empty', { near: findUnit(people, foldCase(firstValue(value))) });
  }
  if (name !== 'memberof') return fact('value-unknown');
  const wanted = foldCase(commonNameOf(value) ?? value);
  const alike = groups.find(({ dn }) => foldCase(commonNameOf(dn) ?? '') === wanted);
  if (alike === undefined) return fact('group-unknown');
  return fact('group-unselected', { group: alike.dn });
}

/** A unit of that name somewhere above the people. */
function findUnit(people: readonly Entry[], name: string): string | undefined {
  const seen = new Set<string>();
  for (const { dn } of people) {
    for (let unit = parentOf(dn); unit !== null && !seen.has(unit); unit = parentOf(unit)) {
      seen.add(unit);
      if (foldCase(firstValue(unit)) === name) return unit;
    }
  }
  return undefined;
}

function firstValue(dn: string): string {
  return /^[^=]+=((?:\\.|[^,])*)/.exec(dn)?.[1] ?? '';
}
