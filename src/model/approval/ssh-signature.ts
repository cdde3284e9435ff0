import { constants, hash, verify } from 'node:crypto';
import { parsePublicKey, type SshKeyAlgorithm, type SshPublicKey } from './ssh-public-key.ts';
import { WireFault, WireReader, wireString } from './ssh-wire.ts';

/** A signature as `ssh-keygen -Y sign` makes it (OpenSSH PROTOCOL.sshsig). Nothing is proven yet. */
export interface SshSignature {
  /** The key that the signature brings along; it says who claims to have signed, no more. */
  readonly publicKey: SshPublicKey;
  readonly namespace: string;
  readonly hash: 'sha256' | 'sha512';
  readonly algorithm: string;
  readonly signature: Buffer;
  /** Only of security keys. */
  readonly presence: { readonly flags: number; readonly bytes: Buffer } | null;
}

/** Why a signature proves nothing, or null if this key signed this text for this use. */
export function findSignatureFault(signature: SshSignature, text: string, namespace: string): string | null {
  if (signature.namespace !== namespace) return `was made for another use (${signature.namespace})`;
  const { publicKey, presence } = signature;
  if (presence !== null && (presence.flags & USER_PRESENT) === 0) return 'was made without touching the security key';
  try {
    return isProven(signature, signedBytes(signature, text), publicKey)
      ? null
      : 'is not by this key over this statement';
  } catch (fault) {
    if (fault instanceof WireFault) return fault.message;
    throw fault;
  }
}

/** The armoured text → its parts. Accepts exactly what ssh-keygen writes; throws `WireFault` for every other byte. */
export function parseSshSignature(armored: string): SshSignature {
  const bytes = Buffer.from(BODY.exec(armored)?.[1] ?? '', 'base64');
  if (formatSshSignature(bytes) !== armored) throw new WireFault('is not a signature as ssh-keygen writes it');
  const reader = new WireReader(bytes);
  if (reader.bytes(MAGIC.length).toString('latin1') !== MAGIC) throw new WireFault('is not an SSH signature');
  if (reader.uint32() !== 1) throw new WireFault('is of another version than 1');
  const publicKey = parsePublicKey(reader.string());
  const namespace = reader.text();
  if (reader.string().length > 0) throw new WireFault('uses a reserved field');
  const hashName = reader.text();
  if (hashName !== 'sha256' && hashName !== 'sha512')
    throw new WireFault(`uses the hash ${hashName}, which does not count`);
  const inner = new WireReader(reader.string());
  reader.end();
  const algorithm = inner.text();
  if (!SIGNATURES[publicKey.algorithm].includes(algorithm))
    throw new WireFault(
      `is of the kind ${algorithm}, which does not count for a key of the kind ${publicKey.algorithm}`,
    );
  const signature = inner.string();
  const presence = publicKey.application === null ? null : readPresence(inner);
  inner.end();
  return { publicKey, namespace, hash: hashName, algorithm, signature, presence };
}

const MAGIC = 'SSHSIG';
const USER_PRESENT = 1;
const BODY = /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n$/;

/** ssh-rsa as a signature is SHA-1, and refused. */
const SIGNATURES: Readonly<Record<SshKeyAlgorithm, readonly string[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-256', 'rsa-sha2-512'],
  'sk-ssh-ed25519@openssh.com': ['sk-ssh-ed25519@openssh.com'],
  'sk-ecdsa-sha2-nistp256@openssh.com': ['sk-ecdsa-sha2-nistp256@openssh.com'],
};

/** 70 characters a line, as OpenSSH breaks it. */
export function formatSshSignature(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n');
}

function readPresence(reader: WireReader): SshSignature['presence'] {
  const bytes = reader.bytes(5);
  return { flags: bytes[0] ?? 0, bytes };
}

/** What a signature is for, and by which hash. */
type SignatureUse = Pick<SshSignature, 'namespace' | 'hash'>;

/** Not the text itself is signed, but its digest with what the signature is for. */
export function messageOf({ namespace, hash: name }: SignatureUse, text: string): Buffer {
  return Buffer.concat([
    Buffer.from(MAGIC),
    ...fieldsOf({ namespace, hash: name }),
    wireString(hash(name, text, 'buffer')),
  ]);
}

/** The bytes of a signature file. `blob`: the public key; `signature`: its kind and what it made. */
export function frameSignature(use: SignatureUse, blob: Buffer, signature: Buffer): Buffer {
  const version = Buffer.from([0, 0, 0, 1]);
  return Buffer.concat([Buffer.from(MAGIC), version, wireString(blob), ...fieldsOf(use), wireString(signature)]);
}

function fieldsOf({ namespace, hash: name }: SignatureUse): readonly Buffer[] {
  return [wireString(namespace), wireString(''), wireString(name)];
}

function signedBytes(signature: SshSignature, text: string): Buffer {
  const message = messageOf(signature, text);
  const { presence, publicKey } = signature;
  if (presence === null) return message;
  // OpenSSH PROTOCOL.u2f: the application's digest, flags and counter, then the message's digest.
  const application = hash('sha256', publicKey.application ?? '', 'buffer');
  return Buffer.concat([application, presence.bytes, hash('sha256', message, 'buffer')]);
}

const ECDSA_HASHES = { 32: 'sha256', 48: 'sha384', 66: 'sha512' } as const;

function isProven({ algorithm, signature }: SshSignature, bytes: Buffer, { key }: SshPublicKey): boolean {
  if (algorithm.endsWith('ssh-ed25519') || algorithm.startsWith('sk-ssh-ed25519'))
    return verify(null, bytes, key, signature);
  if (algorithm.startsWith('rsa-')) {
    const name = algorithm === 'rsa-sha2-512' ? 'sha512' : 'sha256';
    return verify(name, bytes, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
  }
  const width = algorithm.endsWith('384') ? 48 : algorithm.endsWith('521') ? 66 : 32;
  const parts = readEcdsaSignature(signature, width);
  return verify(ECDSA_HASHES[width], bytes, { key, dsaEncoding: 'ieee-p1363' }, parts);
}

function readEcdsaSignature(blob: Buffer, width: number): Buffer {
  const reader = new WireReader(blob);
  const numbers = [reader.number(), reader.number()];
  reader.end();
  if (numbers.some(({ length }) => length > width)) throw new WireFault('holds a number that is too large');
  return Buffer.concat(numbers.map((number) => Buffer.concat([Buffer.alloc(width - number.length), number])));
}
