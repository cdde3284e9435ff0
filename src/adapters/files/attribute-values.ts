import { BINARY_ATTRIBUTES } from '../../model/directory/entry.ts';
import { decodeUtf8 } from '../../model/text/utf8.ts';

/**
 * One value as an `Entry` holds it: base64 for `BINARY_ATTRIBUTES`, text for all others.
 * AD has more binary attributes than that list; bytes that are not UTF-8 become base64 too, so that nothing is lost.
 * `name` in lower case, without options; a `value` that came as text stands for its UTF-8 bytes.
 */
export function decodeValue(name: string, value: Buffer | string): string {
  const isBinary = BINARY_ATTRIBUTES.has(name);
  if (typeof value === 'string') return isBinary ? Buffer.from(value, 'utf8').toString('base64') : value;
  return (isBinary ? undefined : decodeUtf8(value)) ?? value.toString('base64');
}

/** `member;range=0-1499` → `member`. */
export function baseName(description: string): string {
  const semicolon = description.indexOf(';');
  return (semicolon < 0 ? description : description.slice(0, semicolon)).toLowerCase();
}

/** The part of the values that `;range=` announces; null without one. `end` null = up to the last value. */
export function parseRange(description: string): { readonly start: number; readonly end: number | null } | null {
  const match = /;range=(\d+)-(\d+|\*)(?:;|$)/i.exec(description);
  if (match === null) return null;
  return { start: Number(match[1]), end: match[2] === '*' ? null : Number(match[2]) };
}
