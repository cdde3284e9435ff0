import path from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';

const CLI = path.resolve(import.meta.dirname, '../../dist/cli.js');

it('--help loads no library that only commands need', async () => {
  const { stdout, stderr } = await execa(process.execPath, [CLI, '--help'], { env: { NODE_DEBUG: 'esm,module' } });
  expect(stdout).toContain('Usage: zivver-gitops');
  expect(stderr).toContain('commander');
  const heavy = ['ldapts', 'undici', 'ajv', 'yaml', 'execa', 'age-encryption', 'libphonenumber-js', 'diff'];
  expect(heavy.filter((name) => new RegExp(`node_modules[/\\\\]+${name}[/\\\\]`).test(stderr))).toEqual([]);
});
