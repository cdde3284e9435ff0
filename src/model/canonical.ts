import { hash } from 'node:crypto';

/**
 * RFC 8785 canonical JSON of plain data: sorted keys (UTF-16 code units), no white space, ECMAScript numbers and strings.
 * Throws a TypeError for what JSON cannot hold (undefined, functions, NaN, lone surrogates), instead of dropping it.
 */
export function formatCanonicalJson(value: unknown): string {
  const sorted = sortMembers(value);
  return sorted === UNSORTABLE ? formatByMembers(value) : JSON.stringify(sorted);
}

/** `sha256:<64 hex digits>` of the UTF-8 bytes. */
export function digestOf(text: string | Uint8Array): string {
  return `sha256:${hash('sha256', text)}`;
}

/** In place of a value with members that an object of JavaScript cannot hold in their order. */
const UNSORTABLE = Symbol('unsortable');

/** A copy whose members are in canonical order, so that `JSON.stringify`, the fastest writer there is, writes them so. */
function sortMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return verifyScalar(value);
  if (Array.isArray(value)) {
    const copy = value.map(sortMembers);
    return copy.includes(UNSORTABLE) ? UNSORTABLE : copy;
  }
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) {
    const member = sortMembers((value as Record<string, unknown>)[verifyText(name)]);
    if (member === UNSORTABLE || isMisplaced(name)) return UNSORTABLE;
    copy[name] = member;
  }
  return copy;
}

/** JavaScript puts names that look like an index first, whatever their order, and takes this other one for the prototype. */
function isMisplaced(name: string): boolean {
  const first = name.charCodeAt(0);
  return (first >= 48 && first <= 57) || name === '__proto__';
}

/** The same text, for any names. */
function formatByMembers(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(verifyScalar(value));
  if (Array.isArray(value)) return `[${value.map(formatByMembers).join(',')}]`;
  const members = value as Record<string, unknown>;
  const texts = Object.keys(members)
    .sort()
    .map((name) => `${JSON.stringify(verifyText(name))}:${formatByMembers(members[name])}`);
  return `{${texts.join(',')}}`;
}

function verifyScalar(value: unknown): unknown {
  if (typeof value === 'string') return verifyText(value);
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return value;
  throw new TypeError(
    `canonical JSON cannot hold ${typeof value === 'number' ? value : `a value of type ${typeof value}`}`,
  );
}

function verifyText(text: string): string {
  if (text.isWellFormed()) return text;
  throw new TypeError('canonical JSON cannot hold a lone surrogate');
}
