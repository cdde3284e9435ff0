import { createHmac, randomBytes } from 'node:crypto';
import { ReconcileError } from '../../model/errors.ts';
import { readSecret, requireSecret } from './environment.ts';
import { keyLines } from './key-lines.ts';

/**
 * Secret of the planner: without it nobody can try all mobile numbers against the fingerprints in git. organisation.yaml
 * names its id, so that another key is refused and not taken for a change of every number.
 */
export interface FingerprintKey {
  /** 64 hex digits. */
  readonly text: string;
  /** Six hex digits; public, one-way. */
  readonly id: string;
}

export const FINGERPRINT_VARIABLE = 'ZIVVER_GITOPS_FINGERPRINT_KEY';

export function generateFingerprintKey(): FingerprintKey {
  return buildFingerprintKey(randomBytes(32).toString('hex'));
}

/** Throws CONFIGURATION_SECRET_MISSING for what is no key. */
export function parseFingerprintKey(text: string): FingerprintKey {
  const [line = '', ...others] = keyLines(text);
  if (/^[0-9a-f]{64}$/.test(line) && others.length === 0) return buildFingerprintKey(line);
  throw new ReconcileError('CONFIGURATION_SECRET_MISSING', `${FINGERPRINT_VARIABLE} is not one key of 64 hex digits`, {
    remedy: `Set ${FINGERPRINT_VARIABLE} to the key that init or "key new fingerprint" wrote.`,
  });
}

/** The key with the id that organisation.yaml names. Throws CONFIGURATION_SECRET_MISSING. */
export function requireFingerprintKey(id: string, environment: NodeJS.ProcessEnv): FingerprintKey {
  const text = requireSecret(environment, FINGERPRINT_VARIABLE, 'the key for the fingerprints of mobile numbers');
  return refuseOtherKey(parseFingerprintKey(text), id);
}

/** As `requireFingerprintKey`; null if the variable is not set. */
export function readFingerprintKey(id: string, environment: NodeJS.ProcessEnv): FingerprintKey | null {
  const isSet = (readSecret(environment, FINGERPRINT_VARIABLE) ?? '') !== '';
  return isSet ? requireFingerprintKey(id, environment) : null;
}

/** 64 bits: two numbers of one organisation never meet. */
export function fingerprintOf(number: string, { text }: FingerprintKey): string {
  return hashWith(text, `mobile ${number}`).slice(0, 16);
}

function refuseOtherKey(key: FingerprintKey, id: string): FingerprintKey {
  if (key.id === id) return key;
  throw new ReconcileError(
    'CONFIGURATION_SECRET_MISSING',
    `${FINGERPRINT_VARIABLE} is the key ${key.id}, organisation.yaml names the key ${id}`,
    {
      remedy: `Set ${FINGERPRINT_VARIABLE} to the key ${id}; for a new key change secrets.fingerprintKey by pull request.`,
    },
  );
}

function buildFingerprintKey(text: string): FingerprintKey {
  return { text, id: hashWith(text, 'id of this key').slice(0, 6) };
}

function hashWith(key: string, text: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex');
}
