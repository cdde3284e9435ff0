/** What the test of the workflows needs around them: people in a directory, merges, what failed. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RunResult } from './workflow-runner.ts';

export function mergeInto(target: string, head: string): void {
  const author = ['-c', 'user.name=GitHub', '-c', 'user.email=noreply@github.example'];
  execFileSync('git', [...author, 'merge', '-q', '--no-ff', '-m', 'merge', head], { cwd: target });
}

export function failuresOf({ steps }: RunResult): readonly string[] {
  return steps.filter(({ outcome }) => outcome === 'failure').map(({ name, output }) => `${name}: ${output}`);
}

export function useLdif(clone: string, people: string): void {
  const file = path.join(clone, 'desired/city-hospital/organisation.yaml');
  const source = `    ldif: { files: [${JSON.stringify(people)}] }\n`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/ {4}ldap:\n[\s\S]*?(?= {4}# query)/, source));
}

export function writePeople(file: string, names: readonly string[]): void {
  const entries = names.map((name) =>
    [
      `dn: CN=${name},OU=Staff,DC=hospital,DC=example`,
      'objectClass: user',
      `name: ${name}`,
      `objectGUID:: ${Buffer.from(name.padEnd(16, '.')).toString('base64')}`,
      'userAccountControl: 512',
      `mail: ${name}@hospital.example`,
      `proxyAddresses: SMTP:${name}@hospital.example`,
      '',
    ].join('\n'),
  );
  writeFileSync(file, `${entries.join('\n')}\n# search result\nsearch: 2\nresult: 0 Success\n`);
}

export interface Alteration {
  readonly from: string;
  readonly branch: string;
  readonly file: string;
  readonly change: (text: string) => string;
}

/** Pushes a branch that is another one with one file changed. Its name. */
export function alterBranch(clone: string, { from, branch, file, change }: Alteration): string {
  const git = (...args: readonly string[]): unknown => execFileSync('git', args, { cwd: clone });
  git('fetch', '-q');
  git('checkout', '-q', '-B', branch, `origin/${from}`);
  writeFileSync(path.join(clone, file), change(readFileSync(path.join(clone, file), 'utf8')));
  git('commit', '-qam', branch);
  git('push', '-q', '-f', 'origin', branch);
  git('checkout', '-q', 'main');
  return branch;
}
