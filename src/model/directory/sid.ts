/** objectSid: revision, count, authority, then four bytes for every number, the last of them the RID (MS-DTYP §2.4.2.2). */

/** The SID of the same domain with another RID; null if the base64 is no SID or the RID no number. */
export function withRid(base64: string, rid: string): string | null {
  const bytes = Buffer.from(base64, 'base64');
  const isSid = bytes.length >= 12 && bytes[0] === 1 && bytes.length === 8 + 4 * (bytes[1] ?? 0);
  const number = /^\d{1,10}$/.test(rid) ? Number(rid) : -1;
  if (!isSid || number < 0 || number > 0xffff_ffff) return null;
  bytes.writeUInt32LE(number, bytes.length - 4);
  return bytes.toString('base64');
}
