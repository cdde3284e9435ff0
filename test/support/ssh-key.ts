/** SSH keys and signatures made with node:crypto, also of security keys and of kinds that nobody should accept. */
import { constants, createHash, generateKeyPairSync, hash, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import { formatSshSignature } from '../../src/model/approval/ssh-signature.ts';
import { APPROVAL_NAMESPACE, formatStatement, type Statement } from '../../src/model/approval/statement.ts';
import { formatSignedStatement } from '../../src/model/approval/statement.ts';
import { wireString } from '../../src/model/approval/ssh-wire.ts';

export const KEY_KINDS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export interface TestKey {
  readonly kind: KeyKind;
  /** A line of a .pub file. */
  readonly line: string;
  readonly blob: Buffer;
  readonly fingerprint: string;
  readonly privateKey: KeyObject;
}

/** What is otherwise than ssh-keygen does it. */
export interface SigningOptions {
  readonly namespace?: string;
  readonly hash?: string;
  readonly algorithm?: string;
  /** Of a security key; 1 = touched. */
  readonly flags?: number;
  readonly reserved?: string;
  readonly version?: number;
  readonly magic?: string;
  /** The key that the signature claims to be of. */
  readonly blob?: Buffer;
  /** Bytes after the signature. */
  readonly more?: Buffer;
}

export function makeKey(kind: KeyKind, rsaBits = 2048): TestKey {
  const { privateKey, publicKey } = makePair(kind, rsaBits);
  const blob = encodeKey(kind, publicKey.export({ format: 'jwk' }));
  const fingerprint = createHash('sha256').update(blob).digest('hex');
  return { kind, line: `${kind} ${blob.toString('base64')} test`, blob, fingerprint, privateKey };
}

function makePair(kind: KeyKind, rsaBits: number): { privateKey: KeyObject; publicKey: KeyObject } {
  if (kind === 'ssh-rsa') return generateKeyPairSync('rsa', { modulusLength: rsaBits });
  if (kind.endsWith('nistp384')) return generateKeyPairSync('ec', { namedCurve: 'P-384' });
  if (kind.endsWith('nistp521')) return generateKeyPairSync('ec', { namedCurve: 'P-521' });
  if (kind.includes('ecdsa')) return generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return generateKeyPairSync('ed25519');
}

function encodeKey(kind: KeyKind, jwk: JsonWebKey): Buffer {
  const part = (name: 'x' | 'y' | 'n' | 'e'): Buffer => Buffer.from(jwk[name] ?? '', 'base64url');
  const application = kind.startsWith('sk-') ? [wireString('ssh:')] : [];
  if (kind === 'ssh-rsa') return Buffer.concat([wireString(kind), wireNumber(part('e')), wireNumber(part('n'))]);
  if (kind.includes('ed25519')) return Buffer.concat([wireString(kind), wireString(part('x')), ...application]);
  const curve = /nistp\d+/.exec(kind)?.[0] ?? '';
  const point = Buffer.concat([Buffer.from([4]), part('x'), part('y')]);
  return Buffer.concat([wireString(kind), wireString(curve), wireString(point), ...application]);
}

/** A number in the encoding of SSH. */
export function wireNumber(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const shortest = bytes.subarray(start);
  return wireString((shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : shortest);
}

/** As `ssh-keygen -Y sign` would, but for the options. */
export function signText(key: TestKey, text: string, options: SigningOptions = {}): string {
  const { magic = 'SSHSIG', version = 1, namespace = APPROVAL_NAMESPACE, reserved = '', more } = options;
  const hashName = options.hash ?? 'sha512';
  const digest = hash(hashName === 'sha256' ? 'sha256' : 'sha512', text, 'buffer');
  const fields = [wireString(namespace), wireString(reserved), wireString(hashName)];
  const message = Buffer.concat([Buffer.from('SSHSIG'), ...fields, wireString(digest)]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(version);
  const inner = signMessage(key, message, options);
  return formatSshSignature(
    Buffer.concat([
      Buffer.from(magic),
      head,
      wireString(options.blob ?? key.blob),
      ...fields,
      wireString(inner),
      ...(more === undefined ? [] : [more]),
    ]),
  );
}

function signMessage({ kind, privateKey }: TestKey, message: Buffer, { algorithm, flags = 1 }: SigningOptions): Buffer {
  const presence = Buffer.from([flags, 0, 0, 0, 7]);
  const isSecurityKey = kind.startsWith('sk-');
  const bytes = isSecurityKey
    ? Buffer.concat([hash('sha256', 'ssh:', 'buffer'), presence, hash('sha256', message, 'buffer')])
    : message;
  const name = algorithm ?? (kind === 'ssh-rsa' ? 'rsa-sha2-512' : kind);
  return Buffer.concat([
    wireString(name),
    wireString(signBytes(kind, bytes, { privateKey, name })),
    ...(isSecurityKey ? [presence] : []),
  ]);
}

function signBytes(
  kind: KeyKind,
  bytes: Buffer,
  { privateKey, name }: { privateKey: KeyObject; name: string },
): Buffer {
  if (kind.includes('ed25519')) return sign(null, bytes, privateKey);
  if (kind === 'ssh-rsa') {
    const digest = name === 'rsa-sha2-256' ? 'sha256' : name === 'ssh-rsa' ? 'sha1' : 'sha512';
    return sign(digest, bytes, { key: privateKey, padding: constants.RSA_PKCS1_PADDING });
  }
  const digest = kind.endsWith('384') ? 'sha384' : kind.endsWith('521') ? 'sha512' : 'sha256';
  const parts = sign(digest, bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const half = parts.length / 2;
  return Buffer.concat([wireNumber(parts.subarray(0, half)), wireNumber(parts.subarray(half))]);
}

/** The text of `approvals/<fingerprint>.json`. */
export function signStatement(key: TestKey, statement: Statement, options: SigningOptions = {}): string {
  const signature = signText(key, formatStatement(statement), options);
  return formatSignedStatement({ schema: 'zivver-gitops.approval/1', statement, signature });
}
