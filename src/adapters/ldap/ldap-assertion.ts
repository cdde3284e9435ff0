import type { Fact } from '../../model/schema/generated/plan.ts';
import {
  ApproximateFilter,
  EqualityFilter,
  ExtensibleFilter,
  GreaterThanEqualsFilter,
  LessThanEqualsFilter,
  PresenceFilter,
  SubstringFilter,
} from 'ldapts';
import type { Filter } from 'ldapts';

import { isDn } from '../../model/directory/distinguished-name.ts';
import { parseGuid } from '../../model/directory/guid.ts';
import { decodeUtf8 } from '../../model/text/utf8.ts';
import { cureForDn, refuseMistakes, refuseUnit, warnOfUnit } from './ldap-query-advice.ts';
import { queryError } from './ldap-query-error.ts';
import { BINARY_ATTRIBUTES } from '../../model/directory/entry.ts';

export interface Assertion {
  readonly filter: Filter;
  readonly attribute: string;
  /** The group that `memberOf` is compared with. */
  readonly groupDn?: string;
  /** What is allowed and probably not meant. */
  readonly warning?: Fact;
}

/** LDAP_MATCHING_RULE_IN_CHAIN: members of members too (MS-ADTS §3.1.1.3.4.4.3). */
export const IN_CHAIN = '1.2.840.113556.1.4.1941';
const DN_ATTRIBUTES: ReadonlySet<string> = new Set(['memberof', 'member', 'manager', 'distinguishedname']);
const COMPARISON = /^([^\s=~<>:]*)\s*(:dn)?(:[^:=]+)?(:=|~=|>=|<=|=)/i;
const ATTRIBUTE = /^(?:[A-Za-z][\w-]*|\d+(?:\.\d+)+)(?:;[\w-]+)*$/;

interface Comparison {
  readonly query: string;
  readonly at: number;
  readonly attribute: string;
  readonly rule: string;
  readonly dnAttributes: boolean;
  readonly operator: string;
  /** The value as it is written. */
  readonly raw: string;
  /** Between the stars; one part if there is no star. */
  readonly parts: readonly Buffer[];
}

/** One comparison of a query, e.g. `cn=A\c3\afcha*`, which stands from `start` to `end`. */
export function buildAssertion(query: string, start: number, end: number): Assertion {
  const comparison = parseComparison(query, start, end);
  const { attribute } = comparison;
  const warning = warnOfUnit(attribute, showValue(comparison));
  return { ...buildFilter(comparison, start), attribute, ...(warning === undefined ? {} : { warning }) };
}

function buildFilter(comparison: Comparison, start: number): Pick<Assertion, 'filter' | 'groupDn'> {
  const { query, attribute, operator, raw, parts } = comparison;
  const isDnAttribute = DN_ATTRIBUTES.has(attribute.toLowerCase());
  if (operator === ':=') return buildExtensible(comparison);
  if (operator !== '=') return { filter: buildOrdering(comparison) };
  if (parts.length > 1 && parts.every((part) => part.length === 0))
    return { filter: new PresenceFilter({ attribute }) };
  if (parts.length > 1 && isDnAttribute) {
    const what = `${attribute} cannot be searched with *; AD would find nobody`;
    throw queryError({ query, at: start }, what, cureForDn(attribute, raw));
  }
  if (parts.length > 1) return { filter: buildSubstring(comparison) };
  const dn = isDnAttribute ? verifyDn(comparison) : undefined;
  const filter = new EqualityFilter({ attribute, value: buildValue(comparison) });
  return dn !== undefined && attribute.toLowerCase() === 'memberof' ? { filter, groupDn: dn } : { filter };
}

function parseComparison(query: string, start: number, end: number): Comparison {
  const text = query.slice(start, end);
  const [head = '', attribute = '', dn, rule = '', operator = ''] = COMPARISON.exec(text) ?? [];
  if (operator === '')
    throw queryError({ query, at: start }, 'a comparison such as mail=* is missing', 'Write attribute=value.');
  const isExtensible = operator === ':=';
  if (attribute.endsWith('!') && ATTRIBUTE.test(attribute.slice(0, -1))) {
    const cure = `Write (!(${attribute.slice(0, -1)}=${text.slice(head.length).trim()})).`;
    throw queryError({ query, at: start + attribute.length - 1 }, 'LDAP knows no "!="', cure);
  }
  if (!ATTRIBUTE.test(attribute) && !(isExtensible && attribute === '' && rule !== '')) {
    throw queryError(
      { query, at: start },
      `"${attribute}" is not an attribute`,
      'Write the LDAP name of the attribute.',
    );
  }
  if (!isExtensible && (rule !== '' || dn !== undefined)) {
    const cure = `Write ${attribute}${dn ?? ''}${rule}:=value.`;
    throw queryError({ query, at: start + head.length - 1 }, 'a matching rule without ":="', cure);
  }
  // A blank that counts is written \20: one that stands there by accident makes AD find nobody.
  const raw = text.slice(head.length).trim();
  const valueAt = end - text.slice(head.length).trimStart().length;
  if (raw === '')
    throw queryError(
      { query, at: valueAt },
      `${attribute} is compared with nothing`,
      'Write a value, or =* for any value.',
    );
  refuseMistakes({ query, start, valueAt, attribute, operator, value: raw });
  const parts = operator === '=' ? raw.split('*') : [raw];
  let at = valueAt;
  const decoded = parts.map((part) => {
    const bytes = decodeEscapes(query, at, part);
    at += part.length + 1;
    return bytes;
  });
  const common = { query, at: valueAt, attribute, operator, raw, parts: decoded };
  return { ...common, rule: rule.slice(1), dnAttributes: dn !== undefined };
}

function buildExtensible(comparison: Comparison): Pick<Assertion, 'filter' | 'groupDn'> {
  const { attribute, rule, dnAttributes } = comparison;
  const isInChain = rule === IN_CHAIN;
  const value = isInChain ? verifyDn(comparison) : buildText(comparison, 0);
  const filter = new ExtensibleFilter({ matchType: attribute, rule, dnAttributes, value });
  return isInChain && attribute.toLowerCase() === 'memberof' ? { filter, groupDn: value } : { filter };
}

function buildOrdering(comparison: Comparison): Filter {
  const options = { attribute: comparison.attribute, value: buildText(comparison, 0) };
  if (comparison.operator === '>=') return new GreaterThanEqualsFilter(options);
  return comparison.operator === '<=' ? new LessThanEqualsFilter(options) : new ApproximateFilter(options);
}

function buildSubstring(comparison: Comparison): Filter {
  const texts = comparison.parts.map((_part, index) => buildText(comparison, index));
  return new SubstringFilter({
    attribute: comparison.attribute,
    initial: texts[0] ?? '',
    any: texts.slice(1, -1).filter((text) => text !== ''),
    final: texts.at(-1) ?? '',
  });
}

function buildValue(comparison: Comparison): Buffer | string {
  const [bytes = Buffer.alloc(0)] = comparison.parts;
  const name = comparison.attribute.toLowerCase();
  const guid = name === 'objectguid' ? parseGuid(bytes.toString()) : null;
  if (guid !== null) return Buffer.from(guid, 'base64');
  return BINARY_ATTRIBUTES.has(name) ? bytes : (decodeUtf8(bytes) ?? bytes);
}

function buildText(comparison: Comparison, index: number): string {
  const text = decodeUtf8(comparison.parts[index] ?? Buffer.alloc(0));
  if (text !== undefined) return text;
  const cure = 'Compare bytes with "=" and without "*", or write text as UTF-8.';
  throw queryError(comparison, 'bytes that are not UTF-8 in such a comparison', cure);
}

/** As the directory compares it: `\5c` of a DN is its `\`. */
function showValue({ parts, raw }: Comparison): string {
  const texts = parts.map(decodeUtf8);
  return texts.includes(undefined) ? raw : texts.join('*');
}

function verifyDn(comparison: Comparison): string {
  const dn = buildText(comparison, 0);
  if (isDn(dn)) {
    refuseUnit(comparison, dn);
    return dn;
  }
  const what = `${comparison.attribute} is compared with something that is no DN`;
  throw queryError(comparison, what, cureForDn(comparison.attribute, comparison.raw));
}

function decodeEscapes(query: string, start: number, text: string): Buffer {
  const chunks = text.split('\\');
  let at = start + (chunks[0]?.length ?? 0);
  const bytes = [verifyPlain(query, start, chunks[0] ?? '')];
  for (const chunk of chunks.slice(1)) {
    if (!/^[0-9a-f]{2}/i.test(chunk)) {
      throw queryError(
        { query, at },
        'a "\\" without two hex digits',
        'Write \\5c for a backslash, e.g. \\5c, for the "\\," of a DN.',
      );
    }
    bytes.push(Buffer.from(chunk.slice(0, 2), 'hex'), verifyPlain(query, at + 3, chunk.slice(2)));
    at += chunk.length + 1;
  }
  return Buffer.concat(bytes);
}

function verifyPlain(query: string, at: number, text: string): Buffer {
  const control = text.search(/\p{Cc}/u);
  if (control < 0) return Buffer.from(text, 'utf8');
  throw queryError(
    { query, at: at + control },
    'a line end or control character inside a value',
    'Write the value on one line.',
  );
}
