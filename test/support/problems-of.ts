import { ReconcileError, type ErrorCode, type Problem } from '../../src/model/errors.ts';

export interface Refusal {
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];
}

/** The refusal that `call` ends with; fails the test if there is none. */
export async function refusalOf(call: () => unknown): Promise<Refusal> {
  try {
    await call();
  } catch (error) {
    if (error instanceof ReconcileError) return { code: error.code, problems: error.problems };
    throw error;
  }
  throw new Error('nothing was refused');
}
