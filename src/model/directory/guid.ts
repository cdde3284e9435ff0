/**
 * objectGUID: sixteen bytes whose first three fields are little-endian (MS-DTYP §2.3.4), so the bytes do not read like
 * the text that AD's tools show.
 */

/** True if the base64 text holds exactly sixteen bytes, in its one canonical spelling. */
export function isGuid(base64: string): boolean {
  return /^[A-Za-z0-9+/]{21}[AQgw]==$/.test(base64);
}

/** base64 of the raw bytes → `0246da7a-d5f5-4bdd-8be6-9e3d5da27c93`. Throws a `RangeError` unless `isGuid`. */
export function formatGuid(base64: string): string {
  if (!isGuid(base64)) throw new RangeError('a GUID is sixteen bytes');
  const hex = swapFields(Buffer.from(base64, 'base64')).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** `0246da7a-d5f5-…`, in any case and with or without braces → base64 of the raw bytes; null if it is no GUID. */
export function parseGuid(text: string): string | null {
  const bare = /^(?:\{.*\}|\(.*\)|urn:uuid:.*)$/i.test(text) ? text.replace(/^(?:urn:uuid:|[{(])|[})]$/gi, '') : text;
  if (!DASHED.test(bare)) return null;
  return swapFields(Buffer.from(bare.replaceAll('-', ''), 'hex')).toString('base64');
}

const DASHED = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** In place. */
function swapFields(bytes: Buffer): Buffer {
  bytes.subarray(0, 4).swap32();
  bytes.subarray(4, 8).swap16();
  return bytes;
}
