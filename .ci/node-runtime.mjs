// A Node of another version, from the npm package `node`, which puts it into a package of the platform.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** Path of the runtime, which is downloaded once. */
export function installNode(version) {
  const folder = path.join(root, '.lab/nodes', version);
  const [platform, name] = process.platform === 'win32' ? ['win', 'node.exe'] : [process.platform, 'bin/node'];
  const inside = `node_modules/node-${platform}-${process.arch}`;
  const found = () =>
    [path.join(folder, 'node_modules/node', inside, name), path.join(folder, inside, name)].find((file) =>
      existsSync(file),
    );
  if (found() === undefined)
    installPackages(folder, [`node@${version}`, `node-${platform}-${process.arch}@${version}`]);
  const file = found();
  if (file === undefined) throw new Error(`The npm package node@${version} brought no Node for this computer.`);
  return file;
}

/** Into a folder of its own: nothing of it comes into this package. Ends the program if npm fails. */
export function installPackages(folder, packages, args = []) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', ...args, ...packages], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) process.exit(npm.status ?? 1);
}
