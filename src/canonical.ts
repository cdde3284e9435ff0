import { createHash } from 'node:crypto';

/**
 * RFC 8785 canonical JSON of plain data: sorted keys (UTF-16 code units), no white space, ECMAScript numbers and strings.
 * Throws a TypeError for what JSON cannot hold (undefined, functions, NaN, lone surrogates), instead of dropping it.
 */
export function formatCanonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return formatString(value);
  if (typeof value === 'number') return formatNumber(value);
  if (Array.isArray(value)) return `[${value.map(formatCanonicalJson).join(',')}]`;
  if (typeof value === 'object') return formatMembers(value as Record<string, unknown>);
  throw new TypeError(`canonical JSON cannot hold a value of type ${typeof value}`);
}

/** `sha256:<64 hex digits>` of the UTF-8 bytes. */
export function digestOf(text: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Without anything that JSON writes otherwise. */
const PLAIN = /^[ !#-[\]-~]*$/;

function formatString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('canonical JSON cannot hold a lone surrogate');
  return JSON.stringify(text);
}

function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`canonical JSON cannot hold ${value}`);
  return JSON.stringify(value);
}

function formatMembers(value: Record<string, unknown>): string {
  let members = '';
  for (const name of Object.keys(value).sort())
    members += `${members === '' ? '' : ','}${formatString(name)}:${formatCanonicalJson(value[name])}`;
  return `{${members}}`;
}
