import { encodingOfMark } from '../ldif/ldif-lines.ts';

/**
 * The text of a whole file, without its byte order mark: the mark says which encoding, else UTF-8 if every byte is valid,
 * else windows-1252, which Excel means by CSV in Western Europe. Throws a `TypeError` where the bytes fit none of them.
 */
export function decodeText(bytes: Buffer): string {
  const marked = encodingOfMark(bytes);
  if (marked !== undefined) return new TextDecoder(marked, { fatal: true }).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    if (hasUtf8Letters(bytes)) throw new TypeError('bytes of two encodings');
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** `é` in UTF-8 is `Ã©` in windows-1252, which no word has: such a file is UTF-8 with a damaged byte. */
function hasUtf8Letters(bytes: Buffer): boolean {
  return /[\xc2\xc3][\x80-\xbf]/.test(bytes.toString('latin1'));
}
