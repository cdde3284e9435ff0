import { accountKeyOf } from '../account/key.ts';
import { type Entry, valueOf, valuesOf } from '../directory/entry.ts';
import { formatGuid, isGuid, parseGuid } from '../directory/guid.ts';
import { parseMailAddress } from '../directory/mail-address.ts';
import type { MappedAddresses, MappedKey } from './mapped-values.ts';

/** How single cells of a table become properties of an account. Pure. */

/** An objectGUID is the same key in every spelling, so that table and directory agree; anything else counts as it stands. */
export function mapTypedKey(value: string, keyFormat: 'base64' | 'guid'): MappedKey {
  const base64 = parseGuid(value) ?? value;
  if (!isGuid(base64)) return { key: accountKeyOf(value), ssoKey: value };
  const guid = formatGuid(base64);
  return { key: accountKeyOf(guid), ssoKey: keyFormat === 'guid' ? guid : base64 };
}

const YES: ReadonlySet<string> = new Set(['yes', 'y', 'true', '1', 'ja', 'j', 'waar']);
const NO: ReadonlySet<string> = new Set(['no', 'n', 'false', '0', 'nee', 'onwaar']);

/** Null = neither yes nor no. Excel writes TRUE and FALSE, or WAAR and ONWAAR. */
export function parseYesNo(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : null;
}

/** Adds the aliases of their own column; null: there is none. */
export function withTypedAliases(addresses: MappedAddresses, entry: Entry, attribute: string | null): MappedAddresses {
  if (attribute === null) return addresses;
  const values = valuesOf(entry, attribute);
  const aliases = values.flatMap((value) => parseMailAddress(value) ?? []);
  const wrong = values.filter((value) => parseMailAddress(value) === null);
  const unusable = wrong.map((value) => ({ value, why: 'not an e-mail address Zivver can use' }));
  return { ...addresses, aliases, unusable: addresses.primary === null ? addresses.unusable : unusable };
}

/** Why a row must not have an active account; null = active. Only if `isTypedStateKnown`. */
export function mapTypedInactivity(
  entry: Entry,
  attribute: string | null,
): { reason: 'disabled'; attribute: string; value: string } | null {
  if (attribute === null) return null;
  const value = valueOf(entry, attribute) ?? '';
  return parseYesNo(value) === false ? { reason: 'disabled', attribute, value } : null;
}

export function isTypedStateKnown(entry: Entry, attribute: string | null): boolean {
  return attribute === null || parseYesNo(valueOf(entry, attribute) ?? '') !== null;
}
