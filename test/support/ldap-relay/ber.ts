/** The part of BER (X.690, definite lengths) that LDAP uses. Buffers are views, nothing is copied while reading. */

/** One tag-length-value: `content` inside `whole`. */
export interface Tlv {
  readonly tag: number;
  readonly content: Buffer;
  readonly whole: Buffer;
}

/** Undefined while the buffer does not hold the whole value that starts at `offset`. */
export function readTlv(buffer: Buffer, offset = 0): Tlv | undefined {
  const tag = buffer[offset];
  const first = buffer[offset + 1];
  if (tag === undefined || first === undefined) return undefined;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = offset + 2 + lengthBytes;
  if (buffer.length < start) return undefined;
  const length = lengthBytes === 0 ? first : buffer.readUIntBE(offset + 2, lengthBytes);
  if (buffer.length < start + length) return undefined;
  return { tag, content: buffer.subarray(start, start + length), whole: buffer.subarray(offset, start + length) };
}

/** The values inside a constructed value. Throws if they are cut off. */
export function readTlvs(content: Buffer): Tlv[] {
  const found: Tlv[] = [];
  for (let offset = 0; offset < content.length;) {
    const next = readTlv(content, offset);
    if (next === undefined) throw new Error('BER value is cut off');
    found.push(next);
    offset += next.whole.length;
  }
  return found;
}

export function buildTlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag, ...formatLength(length)]), ...parts]);
}

export function buildInteger(tag: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  let start = 0;
  // The shortest form: no leading zero byte unless it keeps the sign.
  while (start < 3 && bytes[start] === 0 && (bytes[start + 1] ?? 0) < 0x80) start += 1;
  return buildTlv(tag, bytes.subarray(start));
}

export function readInteger(tlv: Tlv | undefined): number {
  return tlv === undefined || tlv.content.length === 0 ? 0 : tlv.content.readIntBE(0, Math.min(6, tlv.content.length));
}

function formatLength(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}
