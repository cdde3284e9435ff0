import { BINARY_ATTRIBUTES, markUndecoded } from './entry.ts';
import { readTypedSid } from './sid.ts';
import { readTypedGuid } from './typed-guid.ts';
import { decodeUtf8 } from '../text/utf8.ts';

/**
 * One value as an `Entry` holds it: base64 for `BINARY_ATTRIBUTES`, text for all others.
 * AD has more binary attributes than that list; bytes that are not UTF-8 are kept, with a mark.
 * `name` in lower case, without options; a `value` that came as text stands for its UTF-8 bytes.
 */
export function decodeValue(name: string, value: Buffer | string): string {
  if (BINARY_ATTRIBUTES.has(name)) {
    const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
    return readText(name, bytes) ?? bytes.toString('base64');
  }
  return typeof value === 'string' ? value : (decodeUtf8(value) ?? markUndecoded(value));
}

const SIDS: ReadonlySet<string> = new Set(['objectsid', 'sidhistory', 'msexchmasteraccountsid']);

/** Scripts and `ldbsearch` export these as the text that people know; the bytes are never such a text. */
function readText(name: string, bytes: Buffer): string | null {
  if (SIDS.has(name)) return bytes[0] === 1 ? null : readTypedSid(bytes.toString('latin1').trim());
  if (name !== 'objectguid' || bytes.length <= 16) return null;
  const read = readTypedGuid(bytes.toString('latin1').trim());
  return read !== null && 'base64' in read ? read.base64 : null;
}

/**
 * `member;range=0-1499` → `member`. What other options mark, such as `displayName;lang-en`, is another attribute: it keeps them,
 * so that its values are not taken for those of the plain one (RFC 4512 §2.5).
 */
export function baseName(description: string): string {
  const lower = description.toLowerCase();
  const [name = '', ...options] = lower.split(';');
  return options.every((option) => option === 'binary' || option.startsWith('range=')) ? name : lower;
}

/** The part of the values that `;range=` announces; null without one. `end` null = up to the last value. */
export function parseRange(description: string): { readonly start: number; readonly end: number | null } | null {
  const match = /;range=(\d+)-(\d+|\*)(?:;|$)/i.exec(description);
  if (match === null) return null;
  return { start: Number(match[1]), end: match[2] === '*' ? null : Number(match[2]) };
}
