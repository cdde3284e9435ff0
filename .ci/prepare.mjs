// Gives a fresh clone what the demo and the tests need: packages, the build and, with --lab, Debian's Samba for the
// real domain controller of the integration tests, Debian's Chromium for those of the HTML report and its OpenSSH for those
// of signed approvals (only where it may install them; the tests say loudly what they skip).
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
if (process.argv.includes('--lab')) {
  if (!runScript('test/support/ad-lab/main.ts', 'install'))
    console.error('The AD lab could not be installed: its tests will be SKIPPED.');
  if (!runScript('test/support/install-browser.ts'))
    console.error('Chromium could not be installed: the tests of the HTML report will be SKIPPED.');
  if (!runScript('test/support/install-openssh.ts'))
    console.error('OpenSSH could not be installed: the tests of signed approvals will be SKIPPED.');
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

/** True if it succeeded. */
function runScript(script, ...args) {
  const tsx = path.join(root, 'node_modules/tsx/dist/cli.mjs');
  return spawnSync(process.execPath, [tsx, script, ...args], { cwd: root, stdio: 'inherit' }).status === 0;
}

function runNode(script, args, name) {
  const result = spawnSync(process.execPath, [path.join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  if (result.status === 0) return;
  console.error(`${name} failed`);
  process.exit(result.status ?? 1);
}
