import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { parsePublicKeyLine } from '../../model/approval/ssh-public-key.ts';
import { WireFault } from '../../model/approval/ssh-wire.ts';
import { ReconcileError } from '../../model/errors.ts';
import { runSsh } from './run-ssh.ts';

/** A key that the person at this machine may sign with. */
export interface OwnKey {
  readonly fingerprint: string;
  /** As in a .pub file. */
  readonly line: string;
  /** What ssh-keygen signs with; null: the agent holds it. */
  readonly file: string | null;
}

/** The key of `--key`: the private file or its .pub. Throws SSH_UNUSABLE (3). */
export async function readOwnKey(given: string): Promise<OwnKey> {
  const publicFile = given.endsWith('.pub') ? given : `${given}.pub`;
  const found = await readKeyFile(publicFile);
  if (found !== null) return found;
  throw new ReconcileError('SSH_UNUSABLE', `${publicFile} is not a public key that can be used`, {
    remedy: 'Name your SSH key, with its .pub beside it: ssh-keygen -y -f KEY > KEY.pub makes that again.',
  });
}

/** Those that git signs with, in the agent, and in ~/.ssh, in this order; each once. `signingKey`: of git's settings. */
export async function listOwnKeys(signingKey: string | null): Promise<readonly OwnKey[]> {
  const folder = path.join(homedir(), '.ssh');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.pub')).sort();
  const inGit = signingKey === null ? [] : [await readSigningKey(signingKey, folder)];
  const inAgent = (await runSsh('ssh-add', ['-L'])).stdout.split(/\r?\n/).map((line) => parseKey(line, null));
  const inFolder = await Promise.all(names.map((name) => readKeyFile(path.join(folder, name))));
  const byFingerprint = new Map<string, OwnKey>();
  for (const key of [...inGit, ...inAgent, ...inFolder])
    if (key !== null && !byFingerprint.has(key.fingerprint)) byFingerprint.set(key.fingerprint, key);
  return [...byFingerprint.values()];
}

async function readSigningKey(signingKey: string, folder: string): Promise<OwnKey | null> {
  const literal = signingKey.replace(/^key::/, '');
  if (/^(sk-)?(ssh|ecdsa)-\S+ /.test(literal)) return parseKey(literal, null);
  const file = signingKey.replace(/^~[/\\]/, `${path.dirname(folder)}${path.sep}`);
  return readKeyFile(file.endsWith('.pub') ? file : `${file}.pub`);
}

async function readKeyFile(publicFile: string): Promise<OwnKey | null> {
  const text = await readFile(publicFile, 'utf8').catch(() => '');
  const privateFile = publicFile.slice(0, -'.pub'.length);
  return parseKey(text.split(/\r?\n/)[0] ?? '', existsSync(privateFile) ? privateFile : publicFile);
}

/** Null: no key of a kind that counts. */
function parseKey(line: string, file: string | null): OwnKey | null {
  try {
    return { fingerprint: parsePublicKeyLine(line).fingerprint, line, file };
  } catch (fault) {
    if (fault instanceof WireFault) return null;
    throw fault;
  }
}
