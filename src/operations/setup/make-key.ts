import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { ReconcileError } from '../../model/errors.ts';
import { FINGERPRINT_VARIABLE, generateFingerprintKey } from '../../adapters/secrets/fingerprint-key.ts';

/** What belongs into organisation.yaml, and what was done, for people. */
export interface MadeKey {
  /** age public key, or id of the fingerprint key. */
  readonly publicPart: string;
  readonly line: string;
}

/** Writes an age identity, as age-keygen does, to a file of its own outside the repository. */
export async function makeIdentity(file: string, root: string): Promise<MadeKey> {
  refuseUnsafeFile(file, root);
  const identity = await generateX25519Identity();
  const publicPart = await identityToRecipient(identity);
  await writeSecret(file, `# public key: ${publicPart}\n${identity}\n`);
  const line = `written   ${file} (the age identity: a secret)`;
  return { publicPart, line };
}

/** Writes a key for the fingerprints of mobile numbers to a file of its own outside the repository. */
export async function makeFingerprintKey(file: string, root: string): Promise<MadeKey> {
  refuseUnsafeFile(file, root);
  const { id, text } = generateFingerprintKey();
  await writeSecret(file, `# id: ${id}\n${text}\n`);
  const line = `written   ${file} (the fingerprint key: store it as the secret ${FINGERPRINT_VARIABLE} where plans are made, then delete the file)`;
  return { publicPart: id, line };
}

/** A careless commit would publish it; a key that is overwritten is lost. */
function refuseUnsafeFile(file: string, root: string): void {
  const inside = path.relative(root, file);
  if (!inside.startsWith('..') && !path.isAbsolute(inside))
    throw new ReconcileError('CLI_USAGE', 'A secret key must not lie inside the repository', {
      remedy: 'Name a file outside it.',
    });
  if (existsSync(file))
    throw new ReconcileError('CLI_USAGE', `${file} exists already`, {
      remedy: 'Name another file; nothing is overwritten.',
    });
}

async function writeSecret(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
    throw new ReconcileError('CLI_USAGE', `${file} cannot be written`, {
      remedy: 'Name a file in a folder that exists.',
      cause,
    });
  });
}
