import { defineConfig } from 'vitest/config';

const common = { testTimeout: 30_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname.replace(/^\/([A-Za-z]:)/, '$1'),
    maxWorkers: 2,
    projects: [
      {
        // Nothing here keeps state between files: one load of the sources serves them all, in a third of the time.
        test: { ...common, name: 'pure', include: ['test/{unit,property}/**/*.test.ts'], isolate: false },
      },
      { test: { ...common, name: 'real', include: ['test/{integration,e2e}/**/*.test.ts'] } },
    ],
  },
});
