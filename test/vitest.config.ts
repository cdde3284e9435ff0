import { defineConfig } from 'vitest/config';
import { BUILT_PROGRAM } from './support/built-program.ts';
import { SlowFirst } from './support/slow-first.ts';

/** Nothing here keeps state between files: one load of the sources serves them all, in a third of the time. */
const common = { isolate: false, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname.replace(/^\/([A-Za-z]:)/, '$1'),
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    projects: [
      { test: { ...common, name: 'pure', include: ['test/{unit,property}/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          ...common,
          name: 'real',
          include: ['test/{integration,e2e}/**/*.test.ts'],
          // A test calls the program up to a dozen times, on machines that may be busy.
          testTimeout: 180_000,
          server: BUILT_PROGRAM,
          globalSetup: 'test/support/e2e/remove-worlds.ts',
        },
      },
    ],
  },
});
