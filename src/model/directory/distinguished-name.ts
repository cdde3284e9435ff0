import { parseDn } from './dn-parser.ts';
import type { Rdn } from './dn-parser.ts';

/**
 * Distinguished names, compared by meaning: one DN has many spellings (`\,` `\2C` `"…"`, any case, blanks after a
 * comma), and Samba and Windows choose different ones. Nothing here throws: a text that is no DN equals only itself.
 */

export function isDn(text: string): boolean {
  return tryParse(text) !== undefined;
}

/** True for two spellings of one DN. */
export function areDnsEqual(one: string, other: string): boolean {
  return one === other || normaliseDn(one) === normaliseDn(other);
}

/** True if `dn` is `base` or lies below it. Everything lies below the empty base. */
export function isDnUnder(dn: string, base: string): boolean {
  return isKeyUnder(normaliseDn(dn), normaliseDn(base));
}

/** `isDnUnder` for two results of `normaliseDn`; for loops over many entries. */
export function isKeyUnder(key: string, baseKey: string): boolean {
  // A separator is never part of a value here: values carry an escape before `,` and `=`, so a suffix is a subtree.
  return baseKey === '' || key === baseKey || key.endsWith(`,${baseKey}`);
}

/** ASCII without escapes, quotes, `=` in a value or blanks around one: parsing it would only give it back in lower case. */
const ORDINARY_DN = (() => {
  const word = "[\\w!$%&'()*./:?@^`{|}~-]+";
  const part = `[A-Za-z][\\w-]*=${word}(?: +${word})*`;
  return new RegExp(`^${part}(?:,${part})*$`);
})();

/**
 * Canonical lower-case key of a DN, for Maps: the same for every spelling. Not for display and not for a directory.
 * A text that is no DN gives a key that no DN has.
 */
export function normaliseDn(dn: string): string {
  if (ORDINARY_DN.test(dn)) return dn.toLowerCase();
  const rdns = tryParse(dn);
  return rdns === undefined ? `,${foldCase(dn)}` : rdns.map(formatRdnKey).join(',');
}

/** True for an organisational unit or a whole domain: both hold people, and nobody is a member of them. */
export function isUnit(dn: string): boolean {
  return /^(?:ou|dc)$/i.test(tryParse(dn)?.[0]?.[0]?.type ?? '');
}

/** `CN=Jansen\, Jan,OU=Staff,…` → `Jansen, Jan`; null if the first part is not a `CN`. */
export function commonNameOf(dn: string): string | null {
  const [part] = tryParse(dn)?.[0] ?? [];
  return part?.type.toLowerCase() === 'cn' ? part.value : null;
}

/** True for the loser of a conflict in replication: a line feed and `CNF:` with a GUID stand in its first part. */
export function isConflictName(dn: string): boolean {
  return /^[^,]*(?:\\0A|\n)CNF:[0-9a-f-]{36}(?:,|$)/i.test(dn);
}

/** True for a tombstone, in the same way. */
export function isDeletedName(dn: string): boolean {
  return /^[^,]*(?:\\0A|\n)DEL:[0-9a-f-]{36}(?:,|$)/i.test(dn);
}

/** The DN one level up, as written; null at the top or if the text is no DN. */
export function parentOf(dn: string): string | null {
  const rdns = tryParse(dn);
  const above = rdns?.[1]?.[0];
  return above === undefined ? null : dn.slice(above.offset);
}

/**
 * Case folding without a locale. AD also ignores accents when it compares names; two such neighbours cannot coexist
 * there, so keeping them apart here is safe (MS-ADTS §3.1.1.3.1.2.1).
 */
export function foldCase(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return Array.from(text.normalize('NFC'), foldCharacter).join('');
}

function foldCharacter(character: string): string {
  const upper = character.toUpperCase();
  return (upper.length === character.length ? upper : character).toLowerCase();
}

function tryParse(text: string): readonly Rdn[] | undefined {
  try {
    return parseDn(text);
  } catch {
    return undefined;
  }
}

function formatRdnKey(rdn: Rdn): string {
  const parts = rdn.map(({ type, value }) => `${typeKey(type)}=${foldCase(value).replace(/[\\,+=]/g, '\\$&')}`);
  return parts.sort().join('+');
}

const TYPE_OF_OID: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'cn'],
  ['2.5.4.6', 'c'],
  ['2.5.4.7', 'l'],
  ['2.5.4.10', 'o'],
  ['2.5.4.11', 'ou'],
  ['0.9.2342.19200300.100.1.25', 'dc'],
]);

function typeKey(type: string): string {
  const lower = type.toLowerCase().replace(/^oid\./, '');
  return TYPE_OF_OID.get(lower) ?? lower;
}
