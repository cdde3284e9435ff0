import type { Fact } from '../../model/schema/generated/plan.ts';
import { AndFilter, NotFilter, OrFilter } from 'ldapts';
import type { Filter } from 'ldapts';

import { buildAssertion } from './ldap-assertion.ts';
import { superfluousError, unclosedError } from './ldap-query-advice.ts';
import { queryError } from './ldap-query-error.ts';

/** A query, ready to send, and what must exist for it to mean anything. */
export interface LdapQuery {
  readonly filter: Filter;
  /** DNs of the groups that the query compares `memberOf` with. AD answers "nobody" if such a group is missing. */
  readonly groupDns: readonly string[];
  /** Names of all attributes that are compared. */
  readonly attributes: readonly string[];
  /** What is allowed and probably not meant. */
  readonly warnings: readonly Fact[];
  /** What must hold all at once: the operands of the outer `&`, else the whole query. */
  readonly parts: readonly QueryPart[];
}

export interface QueryPart {
  /** As it is written, with its parentheses. */
  readonly text: string;
  readonly filter: Filter;
  /** Groups of which the part asks that an entry is in one of them. */
  readonly groupDns: readonly string[];
}

/** Every person with an account; contacts and computers are not among them. */
export const DEFAULT_QUERY = '(&(objectCategory=person)(objectClass=user))';

const DEEPEST = 50;

/**
 * Reads an LDAP filter (RFC 4515) as administrators write it: blanks and lines between the parts are allowed, and
 * `(!mail=*)`. Our own parser, because that of ldapts encodes `\c3\af` twice and then finds nothing, without an error.
 * Throws `SOURCE_QUERY_INVALID` with the column and the cure.
 */
export function parseQuery(query: string): LdapQuery {
  const trimmed = query.trimEnd();
  const cursor: Cursor = { text: trimmed, at: 0, groupDns: [], attributes: [], warnings: [], parts: [] };
  skipBlanks(cursor);
  if (cursor.at === trimmed.length) {
    throw queryError(
      { query, at: 0 },
      'it is empty',
      'Write a filter such as (&(objectCategory=person)(objectClass=user)).',
    );
  }
  const isBare = trimmed[cursor.at] !== '(';
  if (/[&|!]/.test(trimmed.charAt(cursor.at))) {
    throw queryError({ query, at: cursor.at }, 'the outer parentheses are missing', `Write (${trimmed.trimStart()}).`);
  }
  const filter = isBare ? parseComparison(cursor, trimmed.length) : parseFilter(cursor, 0);
  skipBlanks(cursor);
  if (cursor.at < trimmed.length) {
    throw superfluousError(trimmed, cursor.at);
  }
  const { groupDns, attributes, warnings } = cursor;
  const written = isBare ? `(${trimmed.trimStart()})` : trimmed.trimStart();
  const whole = buildPart({ text: written, filter, groupDns }, attributes.length);
  const parts = filter instanceof AndFilter ? cursor.parts : [whole];
  return { filter, groupDns, attributes: [...new Set(attributes)], warnings, parts };
}

/** A part that says no, or that asks for more than membership, asks for no group. */
function buildPart(part: QueryPart, comparisons: number): QueryPart {
  const isMembership = part.groupDns.length === comparisons && isAnyOf(part.filter);
  return isMembership ? part : { ...part, groupDns: [] };
}

function isAnyOf(filter: Filter): boolean {
  if (filter instanceof OrFilter) return filter.filters.every(isAnyOf);
  return !(filter instanceof AndFilter || filter instanceof NotFilter);
}

interface Cursor {
  readonly text: string;
  readonly parts: QueryPart[];
  readonly groupDns: string[];
  readonly attributes: string[];
  readonly warnings: Fact[];
  at: number;
}

function parseFilter(cursor: Cursor, depth: number): Filter {
  if (depth > DEEPEST)
    throw queryError({ query: cursor.text, at: cursor.at }, 'it is nested too deeply', 'Simplify the query.');
  const opening = cursor.at;
  cursor.at += 1;
  skipBlanks(cursor);
  const filter = parseBody(cursor, depth);
  skipBlanks(cursor);
  if (cursor.text[cursor.at] !== ')') throw unclosedError(cursor.text, opening, cursor.at);
  cursor.at += 1;
  return filter;
}

function parseBody(cursor: Cursor, depth: number): Filter {
  const operator = cursor.text[cursor.at];
  if (operator !== '&' && operator !== '|' && operator !== '!') return parseComparison(cursor, endOfComparison(cursor));
  cursor.at += 1;
  skipBlanks(cursor);
  if (operator === '!') return new NotFilter({ filter: parseOperand(cursor, depth) });
  const filters = parseOperands(cursor, depth);
  return operator === '&' ? new AndFilter({ filters }) : new OrFilter({ filters });
}

function parseOperand(cursor: Cursor, depth: number): Filter {
  const isWrapped = cursor.text[cursor.at] === '(';
  return isWrapped ? parseFilter(cursor, depth + 1) : parseComparison(cursor, endOfComparison(cursor));
}

function parseOperands(cursor: Cursor, depth: number): Filter[] {
  const filters: Filter[] = [];
  for (; cursor.text[cursor.at] === '('; skipBlanks(cursor)) {
    const { at } = cursor;
    const [groups, comparisons] = [cursor.groupDns.length, cursor.attributes.length];
    const filter = parseFilter(cursor, depth + 1);
    filters.push(filter);
    if (depth > 0) continue;
    const part = { text: cursor.text.slice(at, cursor.at), filter, groupDns: cursor.groupDns.slice(groups) };
    cursor.parts.push(buildPart(part, cursor.attributes.length - comparisons));
  }
  if (filters.length === 0) {
    throw queryError(
      { query: cursor.text, at: cursor.at },
      'nothing stands between "(&" or "(|" and ")"',
      'Add a part or remove the pair.',
    );
  }
  return filters;
}

function endOfComparison(cursor: Cursor): number {
  const end = cursor.text.slice(cursor.at).search(/[()]/) + cursor.at;
  if (end < cursor.at) throw unclosedError(cursor.text, cursor.text.lastIndexOf('('), cursor.text.length);
  if (cursor.text[end] === '(') {
    const isNextPart = /^\(\s*(?:[&|!]|[\w-]+\s*[=<>~:])/.test(cursor.text.slice(end));
    if (isNextPart) throw unclosedError(cursor.text, cursor.text.lastIndexOf('(', cursor.at), end);
    const cure = 'Write \\28 for "(" and \\29 for ")" inside a value.';
    throw queryError({ query: cursor.text, at: end }, 'a "(" inside a comparison', cure);
  }
  return end;
}

function parseComparison(cursor: Cursor, end: number): Filter {
  const { filter, attribute, groupDn, warning } = buildAssertion(cursor.text, cursor.at, end);
  cursor.attributes.push(attribute);
  if (groupDn !== undefined) cursor.groupDns.push(groupDn);
  if (warning !== undefined) cursor.warnings.push(warning);
  cursor.at = end;
  return filter;
}

function skipBlanks(cursor: Cursor): void {
  while (/\s/.test(cursor.text.charAt(cursor.at))) cursor.at += 1;
}
