import { fact } from '../../model/facts/fact.ts';
import { UNIT_CURE } from '../../model/facts/reading-sentences.ts';
import type { Fact } from '../../model/schema/generated/plan.ts';
import { parseDn } from '../../model/directory/dn-parser.ts';
import { isDn, isUnit } from '../../model/directory/distinguished-name.ts';
import { queryError, type QueryPlace } from './ldap-query-error.ts';
import type { ReconcileError } from '../../model/errors.ts';

/** AD computes them when they are read, and finds nobody, or refuses, if they are searched (MS-ADTS §3.1.1.4.5). */
const COMPUTED: ReadonlySet<string> = new Set([
  'canonicalname',
  'msds-parentdistname',
  'parentguid',
  'primarygrouptoken',
  'tokengroups',
  'msds-principalname',
]);

/** A comparison as it stands in the query, e.g. `ou` `=` `Staff`, from `start` on. */
export interface WrittenComparison {
  readonly query: string;
  readonly start: number;
  readonly valueAt: number;
  readonly attribute: string;
  readonly operator: string;
  readonly value: string;
}

/** Throws `SOURCE_QUERY_INVALID` for comparisons that are right by the letter and never mean what was meant. */
export function refuseMistakes({ query, start, valueAt, attribute, operator, value }: WrittenComparison): void {
  if (COMPUTED.has(attribute.toLowerCase())) {
    throw queryError({ query, at: start }, `${attribute} is computed by AD, which cannot search for it`, UNIT_CURE);
  }
  const quote = /^(["']).*\1$/s.exec(value)?.[1];
  if (quote !== undefined) {
    const cure = `Write the value without ${quote}, or ${quote === '"' ? '\\22' : '\\27'} for one that belongs to it.`;
    throw queryError({ query, at: valueAt }, `a value between ${quote}`, cure);
  }
  if (operator === '=' && value.startsWith('=')) {
    throw queryError(
      { query, at: valueAt },
      'a second "="',
      'Write one "=", or \\3d for one that belongs to the value.',
    );
  }
  const word = /\s(and|or)\s+[\w-]+\s*[=<>~:]/i.exec(value)?.[1];
  if (word !== undefined) throw wordError(query, valueAt + value.search(/\s(?:and|or)\s/i) + 1, word);
}

/** What is probably a mistake: that people are chosen by their unit here. */
export function warnOfUnit(attribute: string, value: string): Fact | undefined {
  const name = attribute.toLowerCase();
  const isOwnDn = name === 'distinguishedname' && isDn(value) && parseDn(value)[0]?.[0]?.type.toUpperCase() !== 'CN';
  if (isOwnDn) return fact('asks-for-unit', { unit: value });
  const isMeantForUnit = name === 'ou' || (!isDn(value) && /(?:^|[,*])OU=/i.test(value));
  return isMeantForUnit ? fact('asks-by-unit', { comparison: `${attribute}=${value}` }) : undefined;
}

/** Throws `SOURCE_QUERY_INVALID` for `memberOf=OU=Staff,…`: nobody is a member of a unit, and AD finds nobody, without an error. */
export function refuseUnit({ query, at, attribute }: QueryPlace & { readonly attribute: string }, dn: string): void {
  if (!/^member(?:Of)?$/i.test(attribute) || !isUnit(dn)) return;
  throw queryError({ query, at }, `"${dn}" is an organisational unit (OU), which has no members`, UNIT_CURE);
}

/** For `memberOf=*Zivver*`, `memberOf=ZivverUsers` and the like. */
export function cureForDn(attribute: string, written: string): string {
  const name = written.replaceAll('*', '').trim();
  if (attribute.toLowerCase() === 'distinguishedname') return UNIT_CURE;
  const group = /^CN=([^,=]+)/i.exec(name)?.[1] ?? (/[=,]/.test(name) ? 'ZivverUsers' : name);
  const dn = `CN=${group},CN=Users,DC=company,DC=org`;
  if (attribute.toLowerCase() !== 'memberof') return `Write the whole distinguished name, e.g. ${dn}.`;
  return `Write the whole distinguished name of the group, e.g. ${dn}, or use filters: [{ include: { attribute: memberOf, values: [${group}] } }].`;
}

/** Whatever stands behind the end of a filter. */
export function superfluousError(query: string, at: number): ReconcileError {
  const rest = query.slice(at);
  if (rest.startsWith(')')) {
    return queryError({ query, at }, 'a ")" too many', 'Remove it, or write the "(" that it closes.');
  }
  const word = /^(and|or)\b/i.exec(rest)?.[1];
  if (word !== undefined) return wordError(query, at, word);
  if (/^\(.*\)$/s.test(rest)) {
    const whole = query.trim();
    return queryError(
      { query, at },
      'a second filter after the first',
      `Write (&${whole}) if both must hold, (|${whole}) if one must.`,
    );
  }
  return queryError({ query, at }, 'something follows its end', 'Remove it, or wrap the parts in (&…).');
}

/** `(&(a=b)|(c=d))` and other places where a ")" should be. */
export function unclosedError(query: string, opening: number, at: number): ReconcileError {
  const sign = query[at];
  if (sign === '&' || sign === '|') {
    return queryError({ query, at }, `"${sign}" between two parts`, `Write it before its parts: (${sign}(a=b)(c=d)).`);
  }
  const word = /^(and|or)\b/i.exec(query.slice(at))?.[1];
  if (word !== undefined) return wordError(query, at, word);
  const cure = `Close the "(" of column ${opening + 1}.`;
  return queryError({ query, at }, 'a ")" is missing', cure);
}

function wordError(query: string, at: number, word: string): ReconcileError {
  const sign = word.toLowerCase() === 'and' ? '&' : '|';
  return queryError({ query, at }, `LDAP knows no word "${word}"`, `Write (${sign}(a=b)(c=d)).`);
}
