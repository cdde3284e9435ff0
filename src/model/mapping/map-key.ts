import { fact } from '../facts/fact.ts';
import { accountKeyOf } from '../account/key.ts';
import { changeText } from '../configuration/text-changes.ts';
import type { TextChange } from '../schema/generated/organisation.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { BINARY_ATTRIBUTES, type Entry, isUndecoded, valuesOf } from '../directory/entry.ts';
import { formatGuid, isGuid } from '../directory/guid.ts';
import { isPlaceholder } from '../directory/placeholder.ts';
import { readTypedSid } from '../directory/sid.ts';
import { readTypedGuid, type TypedGuid } from '../directory/typed-guid.ts';
import { findTextDamage } from '../text/damaged-text.ts';
import type { MappedKey } from './mapped-values.ts';

/** Where the key of an entry stands. */
export interface KeyRule {
  readonly accountKey: string;
  /** Steps before the value counts. */
  readonly keyChanges?: readonly TextChange[];
}

/** Undefined: the entry has no key that anybody can trust; `readKey` says why. */
export function mapKey(entry: Entry, rule: KeyRule, keyFormat: 'base64' | 'guid'): MappedKey | undefined {
  const read = readKey(entry, rule, keyFormat);
  return 'why' in read ? undefined : read;
}

/**
 * Who an entry is. The key of an objectGUID depends neither on the key format nor on how the value is spelt; what stands for
 * no value, or for several, is nobody's key.
 */
export function readKey(
  entry: Entry,
  { accountKey: attribute, keyChanges = [] }: KeyRule,
  keyFormat: 'base64' | 'guid',
): MappedKey | { readonly why: Fact } {
  const values = new Set(valuesOf(entry, attribute).map((value) => value.trim()));
  values.delete('');
  const [written] = values;
  const value = written === undefined || keyChanges.length === 0 ? written : changeText(written, keyChanges).trim();
  if (value === undefined || value === '') return { why: fact('empty-or-unread', { attribute }) };
  if (values.size > 1) return { why: fact('several-values', { attribute, count: values.size }) };
  if (entry.isRow !== true && BINARY_ATTRIBUTES.has(attribute.toLowerCase()))
    return readBinaryKey(value, attribute, keyFormat) ?? { why: fact('no-guid', { attribute }) };
  if (isUndecoded(value)) return { why: fact('no-text', { attribute }) };
  if (isPlaceholder(value)) return { why: fact('placeholder', { attribute, value }) };
  const damage = findTextDamage(value) ?? (INVISIBLE.test(value) ? ({ damage: 'unseen' } as const) : null);
  if (damage !== null) return { why: fact('damaged', { attribute, ...damage }) };
  const sid = entry.isRow === true ? readTypedSid(value) : null;
  if (sid !== null) return { key: accountKeyOf(sid), ssoKey: sid, isGuid: false };
  const guid = readTypedGuid(value);
  if (guid === null) return { key: accountKeyOf(value.normalize('NFC')), ssoKey: value, isGuid: false };
  if ('fault' in guid) return { why: describeGuid(attribute, guid) };
  const text = formatGuid(guid.base64);
  if (isPlaceholder(text)) return { why: fact('placeholder-guid', { attribute }) };
  // A text of a directory goes to single sign-on as it is; of a table it is the objectGUID that the directory has in bytes.
  const typed = keyFormat === 'guid' ? text : guid.base64;
  return { key: accountKeyOf(text), ssoKey: entry.isRow === true ? typed : value, isGuid: true };
}

function describeGuid(attribute: string, guid: Extract<TypedGuid, { fault: string }>): Fact {
  return guid.fault === 'length'
    ? fact('guid-length', { attribute, bytes: guid.bytes })
    : fact('guid-unclear', { attribute, fault: guid.fault });
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

/** Of a SID and the like the bytes count as they are. */
function readBinaryKey(base64: string, attribute: string, keyFormat: 'base64' | 'guid'): MappedKey | null {
  if (!isGuid(base64))
    return IS_GUID.test(attribute) ? null : { key: accountKeyOf(base64), ssoKey: base64, isGuid: false };
  const guid = formatGuid(base64);
  if (isPlaceholder(guid)) return null;
  return { key: accountKeyOf(guid), ssoKey: keyFormat === 'guid' ? guid : base64, isGuid: true };
}

const IS_GUID = /guid$/i;
