import type { Kind } from '../account/account.ts';

/** `<address>.yaml` with every byte outside [a-z0-9.@_+-] percent-encoded, so that no address is a path (design.md §4). */
export function desiredFileName(address: string): string {
  let name = '';
  for (const byte of Buffer.from(address, 'utf8')) {
    const character = String.fromCharCode(byte);
    name += /[a-z0-9.@_+-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return `${name}.yaml`;
}

/** Path below desired/<organisation>/, with forward slashes. */
export function desiredPath(kind: Kind, address: string): string {
  return `${kind === 'user' ? 'users' : 'functional'}/${desiredFileName(address)}`;
}
