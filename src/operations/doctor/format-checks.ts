import { EXIT_CODES } from '../../model/errors.ts';
import type { Doctor } from '../../model/schema/generated/results.ts';
import { exitCodeOf, type Check } from './check.ts';

/** The checks for programs: ids, codes and statuses are stable, sentences are not. */
export function formatChecks(checks: readonly Check[]): Doctor {
  return {
    ok: checks.every(({ status }) => status !== 'failed' && status !== 'unknown'),
    exitCode: exitCodeOf(checks),
    checks: checks.map(({ diagnosis, ...check }) => ({
      ...check,
      code: diagnosis?.code ?? null,
      exitCode: check.status === 'failed' && diagnosis !== null ? EXIT_CODES[diagnosis.error] : 0,
      fix: diagnosis?.fix ?? null,
      details: [...(diagnosis?.details ?? [])],
    })),
  };
}
