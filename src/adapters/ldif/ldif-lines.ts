import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { encodingOfMark, hasUtf8Letters, openDecoder, type TextEncodingName } from '../../model/text/text-encoding.ts';
import { decodeUtf8, withoutMark } from '../../model/text/utf8.ts';

/** What the byte order mark says (`ldifde -u` writes UTF-16LE with one); undefined without a mark. */
export async function readMark(path: string): Promise<TextEncodingName | undefined> {
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
export async function* readLines(path: string, encoding: TextEncodingName): AsyncGenerator<readonly string[]> {
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

async function* readEncoded(path: string, encoding: TextEncodingName): AsyncGenerator<string> {
  const decode = openDecoder(encoding);
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) yield decode(chunk as Buffer);
  yield decode();
}

/**
 * The first line that is not UTF-8 in a file that has letters in UTF-8 elsewhere, counted from 1: it is neither that nor
 * windows-1252, but damaged. Null: the file may be windows-1252 as a whole.
 */
export async function findMixedLine(path: string): Promise<number | null> {
  let [line, firstBad, hasLetters]: [number, number | null, boolean] = [0, null, false];
  let rest: Buffer = Buffer.alloc(0);
  const look = (text: Buffer): void => {
    line += 1;
    if (decodeUtf8(text) === undefined) firstBad ??= line;
    else hasLetters ||= hasUtf8Letters(text);
  };
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      look(bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  look(rest);
  return hasLetters ? firstBad : null;
}
