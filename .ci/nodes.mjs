// `npm run test:nodes`: the unit and property tests, the bytes of the example and the demo with every Node that the README
// names, from the npm package `node`. Versions can be named: `npm run test:nodes -- 26`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const VERSIONS = ['20.19', '22', '24', '26'];
const TESTS = ['test/unit', 'test/property', 'test/integration/example-current.test.ts'];
const chosen = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
const rows = [];

for (const version of chosen) {
  const node = installNode(version);
  const exact = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const tests = measure(exact, node, [vitest, 'run', '--config', 'test/vitest.config.ts', '--reporter=dot', ...TESTS]);
  const demo = measure(exact, node, ['dist/cli.js', 'demo']);
  rows.push({ version: exact, tests, demo });
}
console.table(rows);

/** Path of the runtime, which is downloaded once. Its package puts it into a package of the platform. */
function installNode(version) {
  const folder = path.join(root, '.lab/nodes', version);
  const [platform, name] = process.platform === 'win32' ? ['win', 'node.exe'] : [process.platform, 'bin/node'];
  const inside = `node_modules/node-${platform}-${process.arch}`;
  const found = () =>
    [path.join(folder, 'node_modules/node', inside, name), path.join(folder, inside, name)].find((file) =>
      existsSync(file),
    );
  if (found() === undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    const npm = spawnSync(
      'npm',
      ['install', '--no-audit', '--no-fund', `node@${version}`, `node-${platform}-${process.arch}@${version}`],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: process.platform === 'win32',
      },
    );
    if (npm.status !== 0) process.exit(npm.status ?? 1);
  }
  const file = found();
  if (file === undefined) throw new Error(`The npm package node@${version} brought no Node for this computer.`);
  return file;
}

function measure(version, node, args) {
  console.error(
    `\n${version}: ${args
      .filter((one) => !one.startsWith('-'))
      .map((one) => path.relative(root, path.resolve(root, one)))
      .join(' ')}`,
  );
  const startedAt = Date.now();
  const { status } = spawnSync(node, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` },
  });
  if (status !== 0) process.exitCode = 1;
  return `${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - startedAt) / 1000)} s`;
}
