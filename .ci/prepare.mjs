// Gives a fresh clone what the demo and the tests need: packages, the build and, with --lab, Debian's Samba for the
// real domain controller of the integration tests (only where it may install it; the tests say loudly what they skip).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`zivver-gitops needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

installPackages();
runNode('.ci/build.mjs', [], 'build');
if (process.argv.includes('--lab') && existsSync(path.join(root, 'test/support/ad-lab/main.ts'))) {
  const lab = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'test/support/ad-lab/main.ts', 'install'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (lab.status !== 0) console.error('The AD lab could not be installed: its tests will be SKIPPED.');
}

/** Again only if the lockfile changed since. */
function installPackages() {
  const stamp = path.join(root, 'node_modules/.lockfile-digest');
  const digest = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  console.error('Installing packages …');
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
  writeFileSync(stamp, digest);
}

function runNode(script, args, name) {
  const result = spawnSync(process.execPath, [path.join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  if (result.status === 0) return;
  console.error(`${name} failed`);
  process.exit(result.status ?? 1);
}
