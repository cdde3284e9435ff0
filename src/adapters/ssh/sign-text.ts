import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ReconcileError } from '../../model/errors.ts';
import type { OwnKey } from './own-keys.ts';
import { runSsh } from './run-ssh.ts';

/**
 * The armoured signature over a text, made by `ssh-keygen -Y sign`: with the private key in its file, in the agent, or in a
 * security key that the person touches. Throws SSH_UNUSABLE (3).
 */
export async function signText(
  { file, line }: Pick<OwnKey, 'file' | 'line'>,
  { text, namespace, tell }: { text: string; namespace: string; tell: (words: string) => void },
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zivver-gitops-key-'));
  try {
    const keyFile = file ?? path.join(folder, 'key.pub');
    if (file === null) await writeFile(keyFile, `${line}\n`);
    const run = await runSsh('ssh-keygen', ['-Y', 'sign', '-n', namespace, '-f', keyFile], {
      input: text,
      tell: (words) => tell(words.replace(/^Signing data on standard input\r?\n/m, '')),
    });
    if (run.exitCode === 0) return run.stdout.replaceAll('\r\n', '\n');
    throw notSigned(run.exitCode === null ? 'ssh-keygen is not installed' : run.stderr.trim());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function notSigned(why: string): ReconcileError {
  return new ReconcileError('SSH_UNUSABLE', 'The statement could not be signed', {
    remedy:
      'Install OpenSSH 8.2 or newer, and name your key with --key FILE; a key with a passphrase needs a terminal or an agent (ssh-add).',
    problems: [{ where: 'ssh-keygen', what: why }],
  });
}
