import { defineConfig } from 'vitest/config';
import { BUILT_PROGRAM } from './support/built-program.ts';
import { SlowFirst } from './support/slow-first.ts';

/** Nothing in these files keeps state: one load of the sources serves them all, in a third of the time. */
const shared = { isolate: false, hookTimeout: 180_000 };

/** A test calls the program up to a dozen times, on machines that may be busy. */
const patient = {
  hookTimeout: 180_000,
  testTimeout: 180_000,
  server: BUILT_PROGRAM,
  globalSetup: 'test/support/e2e/remove-worlds.ts',
};

const INTEGRATION = 'test/integration/**/*.test.ts';

/** These replace what the process has: names, sockets, certificates, environment. */
const APART = ['doctor*', 'hybrid', 'ldap-settings', 'sandbox-command'].map(
  (name) => `test/integration/${name}.test.ts`,
);

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname.replace(/^\/([A-Za-z]:)/, '$1'),
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    projects: [
      { test: { ...shared, name: 'pure', include: ['test/{unit,property}/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { ...patient, name: 'e2e', include: ['test/e2e/**/*.test.ts'], isolate: false } },
      { test: { ...patient, name: 'integration', include: [INTEGRATION], exclude: APART, isolate: false } },
      { test: { ...patient, name: 'apart', include: APART } },
    ],
  },
});
