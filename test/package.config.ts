import { defineConfig } from 'vitest/config';
import common from './vitest.config.ts';

/** What needs the npm registry: not part of `npm test`. */
export default defineConfig({
  test: { root: common.test?.root ?? '', include: ['test/package/**/*.test.ts'], testTimeout: 600_000 },
});
