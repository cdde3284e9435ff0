import { fact } from '../facts/fact.ts';
import type { FilterRule, SelectionFilter } from '../schema/generated/organisation.ts';
import type { Entry } from './entry.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { Directory } from './directory.ts';
import { commonNameOf, foldCase, isDnUnder, normaliseDn } from './distinguished-name.ts';
import { hasObjectClass, valuesOf } from './entry.ts';

/** Who of the entries a source read is a person the organisation wants an account for. */
export type Selected =
  | { readonly verdict: 'person' }
  | { readonly verdict: 'not-a-person'; readonly detail: Fact }
  | { readonly verdict: 'filtered'; readonly detail: Fact }
  /** Organisational units and the like: nobody would expect an account, so nothing is said about them. */
  | { readonly verdict: 'ignored' };

const PEOPLE_LIKE = ['computer', 'contact', 'person', 'user'] as const;

/** Classifies one entry: objectClass first, then every filter in order. */
export function selectEntry(entry: Entry, filters: readonly SelectionFilter[], directory: Directory): Selected {
  if (hasObjectClass(entry, 'computer')) return noPerson('computer');
  if (hasObjectClass(entry, 'contact')) return noPerson('contact');
  const hasClass = valuesOf(entry, 'objectClass').length > 0;
  if (hasClass && !hasObjectClass(entry, 'user')) {
    const isPeopleLike = PEOPLE_LIKE.some((name) => hasObjectClass(entry, name));
    return isPeopleLike ? noPerson('other-class') : { verdict: 'ignored' };
  }
  const broken = findBrokenFilter(entry, filters, directory);
  return broken === null ? { verdict: 'person' } : { verdict: 'filtered', detail: broken };
}

function noPerson(what: 'computer' | 'contact' | 'other-class'): Selected {
  return { verdict: 'not-a-person', detail: fact('not-a-person', { what }) };
}

/** Why a filter leaves the entry out, whatever its class; null if every filter holds. */
export function findBrokenFilter(entry: Entry, filters: readonly SelectionFilter[], directory: Directory): Fact | null {
  for (const filter of filters) {
    const broken = breakOf(entry, filter, directory);
    if (broken !== null) return broken;
  }
  return null;
}

function breakOf(entry: Entry, filter: SelectionFilter, directory: Directory): Fact | null {
  if (filter.include && !isFilterMatch(entry, filter.include, directory))
    return fact('not-included', { attribute: filter.include.attribute, why: describeMiss(entry, filter.include) });
  if (filter.exclude && isFilterMatch(entry, filter.exclude, directory))
    return fact('excluded-by', {
      attribute: filter.exclude.attribute,
      why: describeHit(entry, filter.exclude, directory),
    });
  return null;
}

/** What the filter asks for, and what the entry has. */
function describeMiss(entry: Entry, { attribute, values: wanted }: FilterRule): Fact {
  switch (attribute.toLowerCase()) {
    case 'memberof':
      return fact('not-member-of', { groups: wanted });
    case 'distinguishedname':
      return fact('not-under', { units: wanted });
    default: {
      const held = [...valuesOf(entry, attribute)].sort();
      return held.length === 0 ? fact('has-none', { wanted }) : fact('has-other', { held, wanted });
    }
  }
}

/** Which of its values decide. */
function describeHit(entry: Entry, { attribute, values }: FilterRule, directory: Directory): Fact {
  const hits = values.filter((value) => isFilterMatch(entry, { attribute, values: [value] }, directory));
  switch (attribute.toLowerCase()) {
    case 'memberof':
      return fact('member-of', { groups: hits });
    case 'distinguishedname':
      return fact('under', { units: hits });
    default:
      return fact('has', { values: [...valuesOf(entry, attribute)].sort() });
  }
}

/** True if one of the values matches. */
export function isFilterMatch(entry: Entry, rule: FilterRule, directory: Directory): boolean {
  const attribute = rule.attribute.toLowerCase();
  if (attribute === 'distinguishedname') return rule.values.some((base) => isDnUnder(entry.dn, base));
  if (attribute === 'memberof') return isMember(entry, rule.values, directory);
  const values = valuesOf(entry, attribute);
  return rule.values.some((pattern) => {
    const matches = patternOf(pattern);
    return values.some((value) => matches.test(value));
  });
}

/** Groups by DN or by common name, nested membership included. */
function isMember(entry: Entry, wanted: readonly string[], directory: Directory): boolean {
  const groups = directory.groupsOf(entry);
  return wanted.some((name) => {
    if (name.includes('=')) return groups.has(normaliseDn(name));
    const folded = foldCase(name);
    return [...groups].some((dn) => foldCase(commonNameOf(dn) ?? '') === folded);
  });
}

/** As AD compares: the whole value, without case, `*` stands for any text. */
function patternOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[\\s\\S]*');
  return new RegExp(`^${escaped}$`, 'iu');
}
