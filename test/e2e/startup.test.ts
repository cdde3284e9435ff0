import { readFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';

const DIST = path.resolve(import.meta.dirname, '../../dist');
const CLI = path.join(DIST, 'cli.js');
const HEAVY = ['ldapts', 'undici', 'ajv', 'yaml', 'execa', 'age-encryption', 'libphonenumber-js', 'diff'];

/** Libraries that a run loads: from node_modules, or from the bundle, which names the origin of everything in it. */
async function librariesOf(...args: string[]): Promise<Set<string>> {
  const { stdout, stderr } = await execa(process.execPath, [CLI, ...args], { env: { NODE_DEBUG: 'esm,module' } });
  expect(stdout).not.toBe('');
  const chunks = new Set(
    [...stderr.matchAll(/dist\/(cli\.js|chunks\/[\w/-]+\.js)/g)].map(([, file]) => file as string),
  );
  expect(chunks).toContain('cli.js');
  const texts = [stderr, ...[...chunks].map((file) => readFileSync(path.join(DIST, file), 'utf8'))];
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/node_modules\/([\w@-]+)\//g)].map(([, name]) => name ?? '')),
  );
}

it('--help loads no library that only commands need', async () => {
  const loaded = await librariesOf('--help');
  expect(loaded).toContain('commander');
  expect(HEAVY.filter((name) => loaded.has(name))).toEqual([]);
});

it('a command that is offline loads no library for the network', async () => {
  const loaded = await librariesOf('verify', '--organisation', 'example');
  expect(loaded).toContain('yaml');
  expect(['ldapts', 'undici', 'age-encryption', 'libphonenumber-js'].filter((name) => loaded.has(name))).toEqual([]);
});
