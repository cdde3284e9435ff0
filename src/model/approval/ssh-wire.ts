/** Bytes that are not in the form that OpenSSH writes. The message is for people. */
export class WireFault extends Error {}

/** Reads the binary encoding of SSH (RFC 4251 §5) in its one canonical form. Throws `WireFault`. */
export class WireReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The next bytes, exactly so many. */
  bytes(length: number): Buffer {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new WireFault('ends too early');
    const read = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return read;
  }

  uint32(): number {
    return this.bytes(4).readUInt32BE();
  }

  string(): Buffer {
    return this.bytes(this.uint32());
  }

  /** A string of printable ASCII. */
  text(): string {
    const read = this.string();
    if (read.some((byte) => byte < 0x20 || byte > 0x7e)) throw new WireFault('names something that is not ASCII');
    return read.toString('latin1');
  }

  /** A positive number, big endian, without leading zeros. */
  number(): Buffer {
    const read = this.string();
    const [first = 0, second = 0] = read;
    const isNegative = first >= 0x80;
    const isPadded = first === 0 && read.length > 1 && second < 0x80;
    if (read.length === 0 || isNegative || isPadded || (first === 0 && read.length === 1))
      throw new WireFault('holds a number that is not in its shortest form');
    return first === 0 ? read.subarray(1) : read;
  }

  /** Nothing may follow. */
  end(): void {
    if (this.#offset !== this.#bytes.length) throw new WireFault('goes on after its end');
  }
}

/** A string as it is signed and hashed: its length, then its bytes. */
export function wireString(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
