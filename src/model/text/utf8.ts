import { isUtf8 } from 'node:buffer';

/**
 * Text of UTF-8 bytes, a byte order mark included; undefined if the bytes are not UTF-8. A fatal `TextDecoder` could say so
 * too, but its texts take two bytes a character, also where one would do.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  if (!isUtf8(bytes)) return undefined;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** The text without its byte order mark. */
export function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
