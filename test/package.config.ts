import { defineConfig, mergeConfig } from 'vitest/config';
import common from './vitest.config.ts';

/** What needs the npm registry: not part of `npm test`. */
export default mergeConfig(
  { ...common, test: { ...common.test, include: [] } },
  defineConfig({ test: { include: ['test/package/**/*.test.ts'], testTimeout: 600_000 } }),
);
