// `npm run test:long`: the reliability suites with all their numbers (safety.md); the normal run has a tenth or less.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const result = spawnSync(
  process.execPath,
  [vitest, 'run', '--config', 'test/vitest.config.ts', '--testTimeout', '3600000', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ZIVVER_GITOPS_LONG: '1' },
  },
);
process.exitCode = result.status ?? 1;
