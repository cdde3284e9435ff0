import { isGuid, parseGuid } from './guid.ts';

/** A GUID, as base64 of its bytes; or why a text that looks like one cannot be read. */
export type TypedGuid =
  | { readonly base64: string }
  | { readonly fault: 'not-hex' | 'hex-or-decimal' | 'guid-or-bytes' | 'looks-like' }
  | { readonly fault: 'length'; readonly bytes: number };

/**
 * Reads the spellings of a GUID that exports have, so that one person is one key in all of them: with dashes, its bytes in hex
 * as csvde (`X'7ada…'`), AD Explorer (`7A DA …`), SQL (`0x7ADA…`) and LDAP filters (`\7a\da…`) write them, as numbers, or
 * in base64. Null: the text does not look like a GUID, and stands for itself.
 */
export function readTypedGuid(text: string): TypedGuid | null {
  const base64 = parseGuid(text) ?? (isGuid(text) ? text : null);
  if (base64 !== null) return { base64 };
  return readHexLiteral(text) ?? readByteList(text) ?? readBase64(text) ?? findNearGuid(text);
}

const BYTES = 16;

/** `X'…'` and `0x…` say themselves that they are bytes. */
function readHexLiteral(text: string): TypedGuid | null {
  const digits = /^(?:x'([^']*)'|x"([^"]*)"|0x([0-9a-f]*)|\\x([0-9a-f]*))$/i.exec(text);
  if (digits === null) return null;
  const hex = digits.slice(1).find((one) => one !== undefined) ?? '';
  if (!/^(?:[0-9a-f]{2})*$/i.test(hex)) return { fault: 'not-hex' };
  // A short number in hex, such as 0x1F, is nobody's GUID.
  if (/^0x/i.test(text) && hex.length < 2 * (BYTES - 4)) return null;
  return ofBytes(Buffer.from(hex, 'hex'));
}

/** `7A DA 46 …`, `7a-da-46-…`, `\7a\da\46…`, `122 218 70 …`, `122,218,70,…`. */
function readByteList(text: string): TypedGuid | null {
  const parts = text
    .replace(/^[[{(]|[\])}]$/g, '')
    .split(/[\s,:\\-]+/)
    .filter((part) => part !== '');
  if (parts.length < BYTES - 4) return null;
  const bare = parts.map((part) => part.replace(/^0x/i, ''));
  const isHex = bare.every((part) => /^[0-9a-f]{2}$/i.test(part));
  const isDecimal = parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  if (isHex && isDecimal && parts.every((part, index) => part === bare[index])) return { fault: 'hex-or-decimal' };
  if (isHex) return ofBytes(Buffer.from(bare.join(''), 'hex'));
  return isDecimal ? ofBytes(Buffer.from(parts.map(Number))) : null;
}

/** Without the padding, or with the letters that stand in URLs. */
function readBase64(text: string): TypedGuid | null {
  const [, body, padding] = /^([A-Za-z0-9+/_-]{21}[AQgw])(={0,2})$/.exec(text) ?? [];
  const hasCases = body !== undefined && /[a-z]/.test(body) && /[A-Z]/.test(body);
  if (!hasCases || padding?.length === 1) return null;
  return { base64: `${body.replaceAll('-', '+').replaceAll('_', '/')}==` };
}

function ofBytes(bytes: Buffer): TypedGuid {
  if (bytes.length === BYTES) return { base64: bytes.toString('base64') };
  return { fault: 'length', bytes: bytes.length };
}

/** What was meant for a GUID and is none, or could be two. */
function findNearGuid(text: string): TypedGuid | null {
  const bare = text.replace(/^(?:urn:uuid:|[{(])|[})]$/gi, '');
  if (/^[0-9a-f]{32}$/i.test(bare)) return { fault: 'guid-or-bytes' };
  if (/^(?:[0-9a-f]*-){4}[0-9a-f]*$/i.test(bare) && bare.length >= 32 && bare.length <= 40)
    return { fault: 'looks-like' };
  if (/^(?:urn:uuid:|[{(].*[})]$)/i.test(text)) return { fault: 'looks-like' };
  const decoded = /^[A-Za-z0-9+/]{18,23}={1,2}$/.test(text) ? Buffer.from(text, 'base64').length : 0;
  return decoded > 0 ? { fault: 'length', bytes: decoded } : null;
}
