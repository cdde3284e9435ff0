import { defineConfig } from 'vitest/config';
import { BUILT_PROGRAM } from './support/built-program.ts';
import common from './vitest.config.ts';

/** The generated pipelines, run whole and read by the tools of the forges: not part of `npm test`. */
export default defineConfig({
  test: {
    root: common.test?.root ?? '',
    include: ['test/pipelines/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    server: BUILT_PROGRAM,
  },
});
