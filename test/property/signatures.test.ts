import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatAllowedSigners } from '../../src/model/approval/allowed-signers.ts';
import { findSignatureFault, formatSshSignature, parseSshSignature } from '../../src/model/approval/ssh-signature.ts';
import { WireFault } from '../../src/model/approval/ssh-wire.ts';
import { APPROVAL_NAMESPACE } from '../../src/model/approval/statement.ts';
import {
  generateKeyFile,
  HAS_OPENSSH,
  isVerifiedByOpenssh,
  NO_OPENSSH,
  signAllWithOpenssh,
} from '../support/openssh.ts';
import { KEY_KINDS, makeKey, signText, type KeyKind, type TestKey } from '../support/ssh-key.ts';
import { IS_LONG, TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';
import type { Dice } from '../support/world/dice.ts';

if (!HAS_OPENSSH) console.warn(NO_OPENSSH);

const folder = mkdtempSync(path.join(tmpdir(), 'zivver-gitops-signatures-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keys = new Map<KeyKind, TestKey>(KEY_KINDS.map((kind) => [kind, makeKey(kind)]));

/** Null: proven. */
function findFault(armored: string, text: string, key: Pick<TestKey, 'fingerprint'>): string | null {
  try {
    const signature = parseSshSignature(armored);
    if (signature.publicKey.fingerprint !== key.fingerprint) return 'is of another key';
    return findSignatureFault(signature, text, APPROVAL_NAMESPACE);
  } catch (fault) {
    if (fault instanceof WireFault) return fault.message;
    throw fault;
  }
}

function decode(armored: string): Buffer {
  return Buffer.from(armored.split('\n').slice(1, -2).join(''), 'base64');
}

/** The cheap ones more often: one signature of RSA or P-521 takes seconds. */
const FLIPPED_KINDS: readonly KeyKind[] = [
  ...KEY_KINDS,
  ...Array.from({ length: 7 }, () => 'ssh-ed25519' as const),
  ...Array.from({ length: 4 }, () => 'sk-ssh-ed25519@openssh.com' as const),
  'ecdsa-sha2-nistp256',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];

function kindOf(number: number): KeyKind {
  return KEY_KINDS[number % KEY_KINDS.length] ?? 'ssh-ed25519';
}

function randomText(dice: Dice): string {
  return Array.from({ length: dice.integer(0, 401) }, () => dice.pick(['a', 'é', '\n', '{', '"', '𝕏', ' '])).join('');
}

describe('a signature', () => {
  it(
    'of which any bit is another proves nothing',
    () =>
      tryTimes(
        { id: 'R28', unit: 'signatures, every bit flipped', goal: 200, normal: 20 },
        ({ number, dice, count }) => {
          const key = keys.get(FLIPPED_KINDS[number % FLIPPED_KINDS.length] ?? 'ssh-ed25519') as TestKey;
          const text = randomText(dice);
          const armored = signText(key, text);
          expect(findFault(armored, text, key)).toBeNull();
          const bytes = decode(armored);
          let accepted = 0;
          for (let bit = 0; bit < bytes.length * 8; bit += 1) {
            const flipped = Buffer.from(bytes);
            flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
            if (findFault(formatSshSignature(flipped), text, key) === null) accepted += 1;
          }
          // The text around the bytes; most other characters of it are the bytes themselves.
          for (let times = 0; times < 200; times += 1) {
            const flipped = Buffer.from(armored);
            const at = dice.integer(0, flipped.length);
            flipped[at] = (flipped[at] ?? 0) ^ (1 << dice.integer(0, 8));
            if (findFault(flipped.toString('latin1'), text, key) === null) accepted += 1;
          }
          count('bits', bytes.length * 8 + 200);
          count('accepted', accepted);
          expect(accepted).toBe(0);
        },
      ),
    TRIALS_TIMEOUT_MS,
  );
});

describe.skipIf(!HAS_OPENSSH)('ssh-keygen', () => {
  const kinds = [['ed25519'], ['ecdsa', '256'], ['ecdsa', '384'], ['ecdsa', '521'], ['rsa', '2048']] as const;
  const keyFile = (number: number): string => {
    const [type, bits] = kinds[number % kinds.length] ?? kinds[0];
    return generateKeyFile(folder, `${type}${bits ?? ''}`, ['-t', type, ...(bits === undefined ? [] : ['-b', bits])]);
  };

  it(
    'signs what this program proves',
    () =>
      tryTimes({ id: 'R28', unit: 'signatures of ssh-keygen', goal: 1000, normal: 15 }, ({ number, dice }) => {
        const texts = Array.from({ length: IS_LONG ? 20 : 3 }, () => randomText(dice));
        const file = keyFile(number);
        const line = readFileSync(`${file}.pub`, 'utf8');
        for (const [index, armored] of signAllWithOpenssh(file, texts, APPROVAL_NAMESPACE).entries()) {
          const text = texts[index] ?? '';
          const { publicKey } = parseSshSignature(armored);
          expect(line).toContain(publicKey.blob.toString('base64'));
          expect(findFault(armored, text, publicKey)).toBeNull();
          expect(findFault(armored, `${text} `, publicKey)).not.toBeNull();
        }
        return texts.length;
      }),
    TRIALS_TIMEOUT_MS,
  );

  it(
    'proves what was signed here, and refuses what is refused here',
    () =>
      tryTimes({ id: 'R28', unit: 'signatures for ssh-keygen', goal: 1000, normal: 21 }, ({ number, dice, count }) => {
        const key = keys.get(kindOf(number)) as TestKey;
        const [text, isGood] = [randomText(dice), dice.chance(0.5)];
        const bytes = decode(signText(key, text));
        // Within the signature itself, so that the frame stays whole.
        if (!isGood) bytes[bytes.length - 8] = (bytes.at(-8) ?? 0) ^ (1 << dice.integer(0, 8));
        const armored = formatSshSignature(bytes);
        const [allowedSigners, signatureFile] = [path.join(folder, 'allowed'), path.join(folder, 'signature')];
        const principal = 'rita@hospital.example';
        const signer = { name: 'Rita Roos', address: principal, keys: [{ key: key.line }] };
        writeFileSync(allowedSigners, formatAllowedSigners([signer]));
        writeFileSync(signatureFile, armored);
        const question = { text, principal, namespace: APPROVAL_NAMESPACE, allowedSigners, signatureFile };
        const [theirs, ours] = [isVerifiedByOpenssh(question), findFault(armored, text, key) === null];
        count(isGood ? 'proven by both' : 'refused by both', 1);
        expect({ theirs, ours }).toEqual({ theirs: isGood, ours: isGood });
      }),
    TRIALS_TIMEOUT_MS,
  );
});
