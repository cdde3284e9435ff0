// `npm run test:mutants [-- FILE…]`: Stryker over the safety core, with the tests that run in this process. Its 130 packages lie
// in .lab and nowhere else: only this needs them, and they find vitest in the folder above. They are downloaded once.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGES = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/vitest-runner@9.6.1'];

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, '.lab/mutants');
const stryker = path.join(folder, 'node_modules/@stryker-mutator/core/bin/stryker.js');
if (!existsSync(stryker)) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  // Peers are those of the repository.
  start(
    'npm',
    ['install', '--no-save', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', ...PACKAGES],
    folder,
  );
}
const files = process.argv.slice(2);
const chosen = files.length === 0 ? [] : ['--mutate', files.join(',')];
start(process.execPath, [stryker, 'run', 'test/stryker.config.json', ...chosen], root);

function start(program, args, cwd) {
  const shell = process.platform === 'win32' && program === 'npm';
  const { status } = spawnSync(program, args, { cwd, stdio: 'inherit', shell });
  if (status !== 0) process.exit(status ?? 1);
}
