import { crc32, inflateRawSync } from 'node:zlib';

/** Something about the file that makes it unreadable, in words for people; `xlsx.ts` says of which file. */
export class WorkbookFault extends Error {}

/** Parts of a workbook by name (`xl/workbook.xml`) without case, unpacked when they are asked for. */
export interface Archive {
  has(name: string): boolean;
  /** Undefined if there is no such part. */
  readText(name: string): string | undefined;
}

interface ArchiveEntry {
  readonly offset: number;
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly checksum: number;
}

/** A sheet of a million rows stays below; what a bomb unpacks to does not. */
const MOST_BYTES = 400_000_000;
const MEGABYTE = 1_000_000;

/**
 * Opens a ZIP archive (APPNOTE 6.3). What it says it would unpack to is added up before anything is unpacked, and no part may
 * unpack to more than it says. Throws `WorkbookFault`.
 */
export function openArchive(bytes: Buffer): Archive {
  const entries = readDirectory(bytes);
  const total = [...entries.values()].reduce((sum, entry) => sum + entry.bytes, 0);
  if (total > MOST_BYTES) {
    const [would, most] = [total, MOST_BYTES].map((size) => Math.round(size / MEGABYTE));
    throw new WorkbookFault(`it would unpack to ${would} MB, and no more than ${most} MB are read`);
  }
  return {
    has: (name) => entries.has(name.toLowerCase()),
    readText(name) {
      const entry = entries.get(name.toLowerCase());
      return entry === undefined ? undefined : decode(unpack(bytes, entry, name), name);
    },
  };
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const IS_ENCRYPTED = 1;
const LONGEST_COMMENT = 65_535;

function readDirectory(bytes: Buffer): Map<string, ArchiveEntry> {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  const entries = new Map<string, ArchiveEntry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY_SIGNATURE) throw damaged();
    if ((bytes.readUInt16LE(at + 8) & IS_ENCRYPTED) !== 0)
      throw new WorkbookFault('it has a password; save it without');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const nameEnd = at + 46 + (nameLength ?? 0);
    const name = bytes
      .toString('utf8', at + 46, nameEnd)
      .replaceAll('\\', '/')
      .replace(/^\/+/, '')
      .toLowerCase();
    if (entries.has(name)) throw damaged();
    entries.set(name, {
      method: bytes.readUInt16LE(at + 10),
      checksum: bytes.readUInt32LE(at + 16),
      packedBytes: bytes.readUInt32LE(at + 20),
      bytes: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at = nameEnd + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
}

function findEnd(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - 22 - LONGEST_COMMENT);
  for (let at = bytes.length - 22; at >= first; at -= 1) if (bytes.readUInt32LE(at) === END_SIGNATURE) return at;
  throw damaged();
}

function unpack(bytes: Buffer, entry: ArchiveEntry, name: string): Buffer {
  const { offset, packedBytes } = entry;
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL_SIGNATURE) throw damaged();
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packedBytes > bytes.length) throw damaged();
  const content = inflate(bytes.subarray(start, start + packedBytes), entry, name);
  if (content.length !== entry.bytes || crc32(content) !== entry.checksum) throw damaged();
  return content;
}

function inflate(packed: Buffer, { method, bytes }: ArchiveEntry, name: string): Buffer {
  if (method === 0) return packed;
  if (method !== 8) throw new WorkbookFault(`${name} is compressed in a way that Excel does not use`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(bytes, 1) });
  } catch {
    throw damaged();
  }
}

function decode(content: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new WorkbookFault(`${name} inside it is not UTF-8`);
  }
}

function damaged(): WorkbookFault {
  return new WorkbookFault('the file is damaged or cut short; save or copy it again');
}
