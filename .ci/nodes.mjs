// `npm run test:nodes`: the unit and property tests, the bytes of the example and the demo with every Node that the README
// names, from the npm package `node`. Versions can be named: `npm run test:nodes -- 26`.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installNode, root } from './node-runtime.mjs';

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
