/**
 * File name of an account's desired file, `<address>.yaml`: every UTF-8 byte of the address that is not in `[a-z0-9.@_+-]`
 * is percent-encoded (`%2F`), so that no address can leave its folder or collide on a file system that ignores case.
 */
export function desiredFileName(address: string): string {
  const bytes = [...new TextEncoder().encode(address)];
  return `${bytes.map(encodeByte).join('')}.yaml`;
}

function encodeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[a-z0-9.@_+-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
