import { createPrivateKey, createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import { parsePublicKeyLine } from '../../model/approval/ssh-public-key.ts';
import { formatSshSignature, frameSignature, messageOf } from '../../model/approval/ssh-signature.ts';
import { wireString } from '../../model/approval/ssh-wire.ts';
import { ReconcileError } from '../../model/errors.ts';
import { LEDGER_NAMESPACE, listKeysInForce, type LedgerKey } from '../../model/ledger/ledger-keys.ts';
import type { SignEnd } from '../../model/ledger/signed-end.ts';
import { requireSecret } from './environment.ts';
import { keyLines } from './key-lines.ts';

/** Of the apply job: Ed25519, as 64 hex digits after `ledger-key-`. */
export const LEDGER_KEY_VARIABLE = 'ZIVVER_GITOPS_LEDGER_KEY';

export interface LedgerSecret {
  /** What the variable holds. */
  readonly text: string;
  /** `ssh-ed25519 AAAA…`, for ledger.keys of organisation.yaml. */
  readonly line: string;
  readonly sign: SignEnd;
}

export function generateLedgerKey(): LedgerSecret {
  return parseLedgerKey(`ledger-key-${randomBytes(32).toString('hex')}`);
}

/** Throws CONFIGURATION_SECRET_MISSING for what is no such key; never shows it. */
export function parseLedgerKey(text: string): LedgerSecret {
  const [line = '', ...others] = keyLines(text);
  const [, seed] = /^ledger-key-([0-9a-f]{64})$/.exec(line) ?? [];
  if (seed === undefined || others.length > 0)
    throw new ReconcileError('CONFIGURATION_SECRET_MISSING', `${LEDGER_KEY_VARIABLE} is not a key for the ledger`, {
      remedy: `Set ${LEDGER_KEY_VARIABLE} to the key that "zivver-gitops key new ledger" wrote.`,
    });
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, Buffer.from(seed, 'hex')]), format: 'der', type: 'pkcs8' });
  const blob = Buffer.concat([wireString(KIND), wireString(pointOf(key))]);
  return { text: line, line: `${KIND} ${blob.toString('base64')}`, sign: (end) => signText(end, key, blob) };
}

/**
 * What the apply job signs its ends with; null: ledger.keys has no key in force, so nothing is signed. Throws
 * CONFIGURATION_SECRET_MISSING (3) without a key that is in force, before anything is sent.
 */
export function openLedgerKey(keys: readonly LedgerKey[], environment: NodeJS.ProcessEnv, now: Date): SignEnd | null {
  const inForce = listKeysInForce(keys, now.getTime());
  if (inForce.length === 0) return null;
  const secret = parseLedgerKey(
    requireSecret(environment, LEDGER_KEY_VARIABLE, 'the key that signs the end of an apply in the ledger'),
  );
  const { fingerprint } = parsePublicKeyLine(secret.line);
  if (inForce.some(({ key }) => parsePublicKeyLine(key).fingerprint === fingerprint)) return secret.sign;
  throw new ReconcileError(
    'CONFIGURATION_SECRET_MISSING',
    `${LEDGER_KEY_VARIABLE} is not a key that ledger.keys of organisation.yaml has in force`,
    { remedy: `Set it to one of them, or add "${secret.line}" to ledger.keys by pull request.` },
  );
}

const KIND = 'ssh-ed25519';
/** What stands before the seed of an Ed25519 key in PKCS #8 (RFC 8410 §7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

function pointOf(key: KeyObject): Buffer {
  return Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url');
}

function signText(text: string, key: KeyObject, blob: Buffer): string {
  const given = { namespace: LEDGER_NAMESPACE, hash: 'sha512' } as const;
  const signature = Buffer.concat([wireString(KIND), wireString(sign(null, messageOf(given, text), key))]);
  return formatSshSignature(frameSignature(given, blob, signature));
}
