import { areDnsEqual, isDnUnder, parentOf } from '../../src/model/directory/distinguished-name.ts';
import type { ReceivedFilter } from './ldap-filter.ts';
import type { SearchRequest } from './ldap-requests.ts';
import type { SearchAnswer } from './ldap-responder.ts';

export interface ResponderEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, readonly (string | Buffer)[]>>;
}

/** The answer of a well-behaved server, in pages of the size that was asked for. The root entry has the DN `''`. */
export function readDirectory(entries: readonly ResponderEntry[], search: SearchRequest): SearchAnswer {
  if (!entries.some(({ dn }) => areDnsEqual(dn, search.base))) return { code: 32 };
  const found = entries.filter((entry) => isInScope(entry.dn, search) && matches(entry, search.filter));
  const start = Number(search.page?.cookie ?? 0);
  const end = start + (search.page?.size ?? found.length);
  return { entries: found.slice(start, end), cookie: end < found.length ? String(end) : '' };
}

function isInScope(dn: string, { base, scope }: SearchRequest): boolean {
  if (scope === 'base') return areDnsEqual(dn, base);
  if (dn === '') return false;
  return scope === 'sub' ? isDnUnder(dn, base) : areDnsEqual(parentOf(dn) ?? '', base);
}

function matches(entry: ResponderEntry, filter: ReceivedFilter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => matches(entry, part));
    case 'or':
      return filter.parts.some((part) => matches(entry, part));
    case 'not':
      return !filter.parts.some((part) => matches(entry, part));
    case 'present':
      return valuesOf(entry, filter.attribute).length > 0;
    case 'equals': {
      if (filter.attribute === 'distinguishedname') return areDnsEqual(entry.dn, filter.value);
      const wanted = filter.value.toLowerCase();
      return valuesOf(entry, filter.attribute).some((value) => String(value).toLowerCase() === wanted);
    }
    case 'other':
      return false;
  }
}

function valuesOf(entry: ResponderEntry, attribute: string): readonly (string | Buffer)[] {
  const name = Object.keys(entry.attributes).find((key) => key.toLowerCase() === attribute.toLowerCase());
  return name === undefined ? [] : (entry.attributes[name] ?? []);
}
