import { isUtf8 } from 'node:buffer';

/** Encodings of files that can be configured; without a setting only marks, UTF-8 and windows-1252 are found out. */
export type TextEncodingName =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'windows-1252'
  | 'windows-1250'
  | 'iso-8859-1'
  | 'iso-8859-15'
  | 'macintosh'
  | 'cp437'
  | 'cp850';

/**
 * The text of a whole file, without its byte order mark: the mark says which encoding, else what is configured, else UTF-8 if
 * every byte is valid, else windows-1252, which Excel means by CSV in Western Europe. Throws a `TypeError` with a reason
 * where the bytes fit none of them, or say that they mean another one.
 */
export function decodeText(bytes: Buffer, configured?: TextEncodingName): string {
  const marked = encodingOfMark(bytes);
  if (marked !== undefined) return decodeAs(bytes, marked);
  if (configured !== undefined) return decodeAs(bytes, configured);
  if (isUtf8(bytes)) return bytes.toString('utf8');
  if (hasUtf8Letters(bytes)) throw new TypeError('bytes of two encodings');
  return decodeAs(bytes, 'windows-1252');
}

/** What the byte order mark says (`ldifde -u` and Excel write UTF-16LE with one); undefined without a mark. */
export function encodingOfMark(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

/** A decoder for a file that is read in pieces. Throws a `TypeError` where bytes do not fit. */
export function openDecoder(encoding: TextEncodingName): (bytes?: Buffer) => string {
  if (encoding === 'windows-1252' || encoding === 'iso-8859-1')
    return (bytes) => (bytes === undefined ? '' : verifyWestern(decodeWith(WESTERN, bytes)));
  const page = CODE_PAGES[encoding];
  if (page !== undefined) return (bytes) => (bytes === undefined ? '' : decodeWith(page, bytes));
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (bytes) => (bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }));
}

function decodeAs(bytes: Buffer, encoding: TextEncodingName): string {
  const decode = openDecoder(encoding);
  return decode(bytes) + decode();
}

/** A letter of UTF-8 in two to four bytes (`é` is `Ã©` in windows-1252), which other files do not have by chance. */
export function hasUtf8Letters(bytes: Buffer): boolean {
  return UTF8_LETTER.test(bytes.toString('latin1'));
}

const UTF8_LETTER = /[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/;

/**
 * windows-1252 gives every byte a meaning, so that a file of DOS (cp437, cp850) or of an old Mac reads as `Ren‚` or `RenŽ`:
 * signs where no word has them. Bytes without a meaning become controls (WHATWG Encoding §9).
 */
function verifyWestern(text: string): string {
  if (FOREIGN_SIGNS.test(text)) throw new TypeError('bytes that mean another encoding than windows-1252');
  return text;
}

const FOREIGN_SIGNS = /[\x80-\x9f]|\p{L}[‚„ƒˆ‰‹†‡•˜›]|\p{L}[“”™‘]\p{L}|\p{Ll}[ŠŒŽŸ]/u;

/** What the bytes from 0x80 on mean, as far as it differs from Latin-1. `TextDecoder` of some versions of Node forgets these. */
const WESTERN = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** What the bytes from 0x80 on mean; below they are ASCII. */
const CODE_PAGES: Partial<Record<TextEncodingName, string>> = {
  cp437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
};

function decodeWith(page: string, bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\xff]/g, (byte) => page.charAt(byte.charCodeAt(0) - 0x80) || byte);
}
