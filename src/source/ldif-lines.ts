import { createReadStream } from 'node:fs';

export type LdifEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * Which encoding a file is in: its byte order mark says so (`ldifde -u` writes UTF-16LE with one); else UTF-8 if every
 * byte is valid, else windows-1252, which is what `ldifde` without `-u` means by ANSI in Western Europe.
 */
export async function readEncoding(path: string): Promise<LdifEncoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const chunk of createReadStream(path)) {
      const bytes = chunk as Buffer;
      const marked = isFirst ? encodingOfMark(bytes) : undefined;
      if (marked !== undefined) return marked;
      isFirst = false;
      utf8.decode(bytes, { stream: true });
    }
    utf8.decode();
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
  return 'utf-8';
}

/**
 * The file's lines without their ends, a block at a time: awaiting every line would cost more than reading it. Throws a
 * `TypeError` where the bytes do not fit the encoding.
 */
export async function* readLines(path: string, encoding: LdifEncoding): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let rest = '';
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }
  rest += decoder.decode();
  if (rest !== '') yield [rest];
}

export function encodingOfMark(bytes: Buffer): LdifEncoding | undefined {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}
