import { createPublicKey, hash, type JsonWebKey, type KeyObject } from 'node:crypto';
import { WireFault, WireReader } from './ssh-wire.ts';

export type SshKeyAlgorithm =
  | 'ssh-ed25519'
  | 'ecdsa-sha2-nistp256'
  | 'ecdsa-sha2-nistp384'
  | 'ecdsa-sha2-nistp521'
  | 'ssh-rsa'
  | 'sk-ssh-ed25519@openssh.com'
  | 'sk-ecdsa-sha2-nistp256@openssh.com';

export interface SshPublicKey {
  readonly algorithm: SshKeyAlgorithm;
  /** In the encoding of SSH. */
  readonly blob: Buffer;
  /** SHA-256 of the blob, 64 hexadecimal digits: the name of the file with a statement of this key. */
  readonly fingerprint: string;
  readonly key: KeyObject;
  /** For a security key (FIDO): what it was made for, normally `ssh:`. Null: an ordinary key. */
  readonly application: string | null;
}

/** A line of a `.pub` file → its key. Throws `WireFault` for anything else, and for keys that are refused. */
export function parsePublicKeyLine(line: string): SshPublicKey {
  const match = /^([a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})(?: [^\r\n]*)?$/.exec(line.trim());
  const [, algorithm = '', base64 = ''] = match ?? [];
  const blob = Buffer.from(base64, 'base64');
  if (match === null || blob.toString('base64') !== base64) throw new WireFault('is not a line of a .pub file');
  const key = parsePublicKey(blob);
  if (key.algorithm !== algorithm) throw new WireFault(`says ${algorithm} and is ${key.algorithm}`);
  return key;
}

/** Throws `WireFault` for keys of a kind that does not count, or that are too weak. */
export function parsePublicKey(blob: Buffer): SshPublicKey {
  const reader = new WireReader(blob);
  const algorithm = reader.text();
  if (!isKnown(algorithm)) throw new WireFault(`is of the kind ${algorithm}, which does not count`);
  const jwk = READERS[algorithm](reader);
  const application = algorithm.startsWith('sk-') ? reader.text() : null;
  reader.end();
  return { algorithm, blob, fingerprint: hash('sha256', blob), key: importKey(jwk), application };
}

/** `SHA256:…`, as ssh-keygen -l shows it. */
export function formatFingerprint(fingerprint: string): string {
  return `SHA256:${Buffer.from(fingerprint, 'hex').toString('base64').replace(/=+$/, '')}`;
}

/** `ssh-ed25519 AAAA…`, without a comment. */
export function formatPublicKey({ algorithm, blob }: Pick<SshPublicKey, 'algorithm' | 'blob'>): string {
  return `${algorithm} ${blob.toString('base64')}`;
}

const READERS: Readonly<Record<SshKeyAlgorithm, (reader: WireReader) => JsonWebKey>> = {
  'ssh-ed25519': readEd25519,
  'sk-ssh-ed25519@openssh.com': readEd25519,
  'ecdsa-sha2-nistp256': (reader) => readEcdsa(reader, 'nistp256'),
  'sk-ecdsa-sha2-nistp256@openssh.com': (reader) => readEcdsa(reader, 'nistp256'),
  'ecdsa-sha2-nistp384': (reader) => readEcdsa(reader, 'nistp384'),
  'ecdsa-sha2-nistp521': (reader) => readEcdsa(reader, 'nistp521'),
  'ssh-rsa': readRsa,
};

function isKnown(algorithm: string): algorithm is SshKeyAlgorithm {
  return Object.hasOwn(READERS, algorithm);
}

function readEd25519(reader: WireReader): JsonWebKey {
  const point = reader.string();
  if (point.length !== 32) throw new WireFault('is not as long as its kind');
  return { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') };
}

const CURVES = {
  nistp256: { crv: 'P-256', bytes: 32 },
  nistp384: { crv: 'P-384', bytes: 48 },
  nistp521: { crv: 'P-521', bytes: 66 },
} as const;

function readEcdsa(reader: WireReader, curve: keyof typeof CURVES): JsonWebKey {
  const { crv, bytes } = CURVES[curve];
  if (reader.text() !== curve) throw new WireFault('names another curve than its kind');
  const point = reader.string();
  if (point.length !== 1 + 2 * bytes || point[0] !== 4)
    throw new WireFault('is not an uncompressed point of its curve');
  const [x, y] = [point.subarray(1, 1 + bytes), point.subarray(1 + bytes)];
  return { kty: 'EC', crv, x: x.toString('base64url'), y: y.toString('base64url') };
}

const LEAST_RSA_BYTES = 256;
const MOST_RSA_BYTES = 2048;

function readRsa(reader: WireReader): JsonWebKey {
  const exponent = reader.number();
  const modulus = reader.number();
  if (modulus.length < LEAST_RSA_BYTES || (modulus[0] ?? 0) < 0x80)
    throw new WireFault('is RSA of fewer than 2048 bits');
  if (modulus.length > MOST_RSA_BYTES) throw new WireFault('is RSA of more than 16384 bits');
  const isOdd = ((exponent.at(-1) ?? 0) & 1) === 1;
  if (!isOdd || exponent.length > 4 || (exponent.length === 1 && exponent[0] === 1))
    throw new WireFault('is RSA with an exponent that nobody uses');
  return { kty: 'RSA', n: modulus.toString('base64url'), e: exponent.toString('base64url') };
}

function importKey(jwk: JsonWebKey): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    throw new WireFault('is not a point of its curve');
  }
}
