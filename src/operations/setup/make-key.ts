import { existsSync } from 'node:fs';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateIdentity, recipientOf } from '../../adapters/secrets/identity.ts';
import { ReconcileError } from '../../model/errors.ts';
import { FINGERPRINT_VARIABLE, generateFingerprintKey } from '../../adapters/secrets/fingerprint-key.ts';
import { generateLedgerKey, LEDGER_KEY_VARIABLE } from '../../adapters/secrets/ledger-key.ts';

/** What belongs into organisation.yaml, and what was done, for people. */
export interface MadeKey {
  /** age public key, id of the fingerprint key, or public key as in a .pub file. */
  readonly publicPart: string;
  readonly line: string;
}

/** As `makeIdentity`; the one that an earlier run wrote to this file, before it ended, is kept. */
export async function makeOrKeepIdentity(file: string, root: string): Promise<MadeKey> {
  const identity = await readIdentity(file);
  if (identity === null) return makeIdentity(file, root);
  refuseFileInside(file, root);
  const line = `kept      ${file} (the age identity of an earlier run: a secret)`;
  return { publicPart: await recipientOf(identity), line };
}

/** The identity in a file as age-keygen writes it; null if there is none. */
export async function readIdentity(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/m.exec(text)?.[0] ?? null;
}

/** Writes an age identity, as age-keygen does, to a file of its own outside the repository. */
export async function makeIdentity(file: string, root: string): Promise<MadeKey> {
  refuseUnsafeFile(file, root);
  const identity = await generateIdentity();
  const publicPart = await recipientOf(identity);
  await writeSecret(file, `# public key: ${publicPart}\n${identity}\n`);
  const line = `written   ${file} (the age identity: a secret)`;
  return { publicPart, line };
}

/** As `makeFingerprintKey`; the one that an earlier run wrote to this file, before it ended, is kept. */
export async function makeOrKeepFingerprintKey(file: string, root: string): Promise<MadeKey> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const id = /^# id: (\S+)$/m.exec(text)?.[1];
  if (id === undefined) return makeFingerprintKey(file, root);
  return { publicPart: id, line: `kept      ${file} (the fingerprint key of an earlier run: a secret)` };
}

/** Writes a key for the fingerprints of mobile numbers to a file of its own outside the repository. */
export async function makeFingerprintKey(file: string, root: string): Promise<MadeKey> {
  refuseUnsafeFile(file, root);
  const { id, text } = generateFingerprintKey();
  await writeSecret(file, `# id: ${id}\n${text}\n`);
  const line = `written   ${file} (the fingerprint key: store it as the secret ${FINGERPRINT_VARIABLE} where plans are made, then delete the file)`;
  return { publicPart: id, line };
}

/** Writes a key that signs the ends of the ledger to a file of its own outside the repository. */
export async function makeLedgerKey(file: string, root: string): Promise<MadeKey> {
  refuseUnsafeFile(file, root);
  const { text, line: publicPart } = generateLedgerKey();
  await writeSecret(file, `# public key: ${publicPart}\n${text}\n`);
  const line = `written   ${file} (the key for the ledger: store it as the secret ${LEDGER_KEY_VARIABLE} of the apply job, then delete the file)`;
  return { publicPart, line };
}

/** A careless commit would publish it; a key that is overwritten is lost. */
function refuseUnsafeFile(file: string, root: string): void {
  refuseFileInside(file, root);
  if (existsSync(file))
    throw new ReconcileError('CLI_USAGE', `${file} exists already`, {
      remedy: 'Name another file; nothing is overwritten.',
    });
}

function refuseFileInside(file: string, root: string): void {
  const inside = path.relative(root, file);
  if (!inside.startsWith('..') && !path.isAbsolute(inside))
    throw new ReconcileError('CLI_USAGE', 'A secret key must not lie inside the repository', {
      remedy: 'Name a file outside it.',
    });
}

/** Whole or not at all, and never over a file that is there: a link, unlike a rename, fails where something is. */
async function writeSecret(file: string, text: string): Promise<void> {
  const beside = `${file}.tmp`;
  await rm(beside, { force: true });
  const write = async (): Promise<void> => {
    await writeFile(beside, text, { mode: 0o600, flag: 'wx' });
    await link(beside, file);
    await rm(beside, { force: true });
  };
  await write().catch((cause: unknown) => {
    throw new ReconcileError('CLI_USAGE', `${file} cannot be written`, {
      remedy: 'Name a file in a folder that exists.',
      cause,
    });
  });
}
