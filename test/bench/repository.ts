import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');
export const TOKEN = 'bench-token';

/** An empty git repository with a bare remote in a temporary folder. */
export function makeRepository(): { folder: string; clone: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const clone = path.join(folder, 'clone');
  mkdirSync(clone);
  git(folder, 'init', '-q', '--bare', '-b', 'main', 'origin.git');
  git(clone, 'init', '-q', '-b', 'main');
  git(clone, 'config', 'user.name', 'Bench');
  git(clone, 'config', 'user.email', 'bench@company.org');
  git(clone, 'remote', 'add', 'origin', path.join(folder, 'origin.git'));
  return { folder, clone };
}

const LDIF_SOURCE = '  - name: export\n    ldif: { files: [../../../people.ldif] }';

/** `source`: the list below `sources:`, and what may follow it. */
export function writeOrganisation(clone: string, url: string, source = LDIF_SOURCE): string {
  const text = ['zivver:', `  url: ${url}`, '  claimedDomains: [company.org]', 'sources:', source, ''].join('\n');
  mkdirSync(path.join(clone, 'desired/bench'), { recursive: true });
  writeFileSync(path.join(clone, 'desired/bench/organisation.yaml'), text);
  return text;
}

export function commitAndPush(clone: string, message: string): void {
  git(clone, 'add', '-A');
  git(clone, 'commit', '-q', '-m', message);
  git(clone, 'push', '-q', 'origin', 'main');
}

export function git(cwd: string, ...args: string[]): void {
  const result = spawnSync('git', args, { cwd, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`git ${args.join(' ')}: ${result.stderr}`);
}
