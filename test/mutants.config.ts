import { defineConfig } from 'vitest/config';

/** The tests that have to notice every mutant of the safety core (stryker.config.json): the ones that run in this process, and fast. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname.replace(/^\/([A-Za-z]:)/, '$1'),
    include: [
      'test/unit/model/{approval,change,ledger,plan,rollback}/**/*.test.ts',
      'test/unit/model/canonical.test.ts',
      'test/unit/model/settle/sign-on-keys.test.ts',
      'test/unit/adapters/secrets/plan-secrets.test.ts',
      'test/unit/operations/{apply,approval}/*.test.ts',
    ],
    testTimeout: 60_000,
  },
});
