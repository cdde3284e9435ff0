/** objectSid: revision, count, authority, then four bytes for every number, the last of them the RID (MS-DTYP §2.4.2.2). */

/** The SID of the same domain with another RID; null if the base64 is no SID or the RID no number. */
export function withRid(base64: string, rid: string): string | null {
  const bytes = Buffer.from(base64, 'base64');
  const number = /^\d{1,10}$/.test(rid) ? Number(rid) : -1;
  if (!isSid(bytes) || number < 0 || number > 0xffff_ffff) return null;
  bytes.writeUInt32LE(number, bytes.length - 4);
  return bytes.toString('base64');
}

/**
 * `S-1-5-21-…`, as people and PowerShell write it, or `X'0105…'` of csvde → base64 of the bytes that the directory has; null if
 * the text is none. One person is then one key in all of them.
 */
export function readTypedSid(text: string): string | null {
  const hex = /^x'((?:[0-9a-f]{2})+)'$/i.exec(text)?.[1];
  const bytes = hex === undefined ? bytesOfText(text) : Buffer.from(hex, 'hex');
  return bytes !== null && isSid(bytes) ? bytes.toString('base64') : null;
}

function isSid(bytes: Buffer): boolean {
  return bytes.length >= 12 && bytes[0] === 1 && bytes.length === 8 + 4 * (bytes[1] ?? 0);
}

/** MS-DTYP §2.4.2.1. */
function bytesOfText(text: string): Buffer | null {
  const parts = /^S-1-(\d{1,10})((?:-\d{1,10}){1,15})$/i.exec(text);
  if (parts === null) return null;
  const numbers = (parts[2] ?? '').slice(1).split('-').map(Number);
  const authority = Number(parts[1]);
  if ([authority, ...numbers].some((number) => number > 0xffff_ffff)) return null;
  const bytes = Buffer.alloc(8 + 4 * numbers.length);
  bytes[0] = 1;
  bytes[1] = numbers.length;
  bytes.writeUInt32BE(authority, 4);
  numbers.forEach((number, index) => bytes.writeUInt32LE(number, 8 + 4 * index));
  return bytes;
}
