import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { decodeUtf8, withoutMark } from '../../model/text/utf8.ts';

export type LdifEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What the byte order mark says (`ldifde -u` writes UTF-16LE with one); undefined without a mark. */
export async function readMark(path: string): Promise<LdifEncoding | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(3) });
    return encodingOfMark(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/**
 * The file's lines without their ends, a block at a time: awaiting every line would cost more than reading it. Throws a
 * `TypeError` where the bytes do not fit the encoding.
 */
export async function* readLines(path: string, encoding: LdifEncoding): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const text of encoding === 'utf-8' ? readUtf8(path) : readEncoded(path, encoding)) {
    const block = rest + text;
    const lines = block.split('\n');
    rest = lines.pop() ?? '';
    yield block.includes('\r') ? lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)) : lines;
  }
  if (rest !== '') yield [rest];
}

const READ_BYTES = 1 << 18;

/** Whole lines at a time, so that no character is cut. */
async function* readUtf8(path: string): AsyncGenerator<string> {
  let isFirst = true;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
    const bytes: Buffer = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    const end = bytes.lastIndexOf(0x0a) + 1;
    const text = requireUtf8(bytes.subarray(0, end));
    rest = bytes.subarray(end);
    yield isFirst ? withoutMark(text) : text;
    isFirst &&= end === 0;
  }
  const text = requireUtf8(rest);
  yield isFirst ? withoutMark(text) : text;
}

function requireUtf8(bytes: Buffer): string {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new TypeError('bytes that are not UTF-8');
  return text;
}

async function* readEncoded(path: string, encoding: LdifEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES }))
    yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}

export function encodingOfMark(bytes: Buffer): LdifEncoding | undefined {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}
