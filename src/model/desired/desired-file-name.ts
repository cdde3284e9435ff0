import type { Kind } from '../account/account.ts';

/** File name of an account's desired file: `<address>.yaml`, the address as `encodePathPart` writes it. */
export function desiredFileName(address: string): string {
  return `${encodePathPart(address)}.yaml`;
}

/**
 * One part of a path: every UTF-8 byte that is not in `[a-z0-9.@_+-]` is percent-encoded (`%2F`), so that no text can leave its
 * folder, collide on a file system that ignores case, or end a Markdown link.
 */
export function encodePathPart(text: string): string {
  if (/^[a-z0-9.@_+-]*$/.test(text)) return text;
  return [...new TextEncoder().encode(text)].map(encodeByte).join('');
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[a-z0-9.@_+-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Of which kind the account is that a path below desired/<organisation>/ is the file of; null: it is no account's file. */
export function kindOfPath(path: string): Kind | null {
  const folder = /^(users|functional)\/.+\.yaml$/.exec(path)?.[1];
  if (folder === undefined) return null;
  return folder === 'users' ? 'user' : 'functional';
}

/** Path below desired/<organisation>/, with forward slashes. */
export function desiredPath(kind: Kind, address: string): string {
  return `${kind === 'user' ? 'users' : 'functional'}/${desiredFileName(address)}`;
}
