import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** True where ssh-keygen of OpenSSH 8.1 or newer is installed, which can sign and verify texts. */
export const HAS_OPENSSH = isThere();

export const NO_OPENSSH = 'SKIPPED: what needs ssh-keygen, because OpenSSH is not installed';

function isThere(): boolean {
  const { stderr, error } = spawnSync('ssh-keygen', ['-Y', 'verify'], { encoding: 'utf8', stdio: 'pipe' });
  return error === undefined && /allowed_signers|namespace|signature|usage|Too few/i.test(stderr);
}

/** A new key without a passphrase; the file of the private one. */
export function generateKeyFile(
  folder: string,
  name: string,
  parameters: readonly string[] = ['-t', 'ed25519'],
): string {
  const file = path.join(folder, name);
  if (!existsSync(file)) execFileSync('ssh-keygen', ['-q', '-N', '', '-C', name, ...parameters, '-f', file]);
  return file;
}

export function signWithOpenssh(keyFile: string, text: string, namespace: string): string {
  const options = { input: text, encoding: 'utf8' as const, stdio: 'pipe' as const };
  return execFileSync('ssh-keygen', ['-Y', 'sign', '-n', namespace, '-f', keyFile], options);
}

/** Many at once; one signature for each text. */
export function signAllWithOpenssh(keyFile: string, texts: readonly string[], namespace: string): string[] {
  const files = texts.map((_, index) => `${keyFile}-text-${index}`);
  files.forEach((file, index) => writeFileSync(file, texts[index] ?? ''));
  execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-n', namespace, '-f', keyFile, ...files], { stdio: 'pipe' });
  return files.map((file) => {
    const signature = readFileSync(`${file}.sig`, 'utf8');
    for (const name of [file, `${file}.sig`]) rmSync(name);
    return signature;
  });
}

export interface OpensshQuestion {
  readonly text: string;
  readonly principal: string;
  readonly namespace: string;
  readonly allowedSigners: string;
  readonly signatureFile: string;
  /** YYYYMMDDHHMMSSZ; left out: now. */
  readonly time?: string;
}

export function isVerifiedByOpenssh(question: OpensshQuestion): boolean {
  const { text, principal, namespace, allowedSigners, signatureFile, time } = question;
  const files = [
    '-f',
    allowedSigners,
    '-s',
    signatureFile,
    ...(time === undefined ? [] : ['-O', `verify-time=${time}`]),
  ];
  const result = spawnSync('ssh-keygen', ['-Y', 'verify', '-I', principal, '-n', namespace, ...files], { input: text });
  return result.status === 0;
}
