/**
 * The one error class of the product and its stable exit codes (README, "Exit codes").
 * Whatever is thrown and is not a `ReconcileError` is a bug of ours: exit 1.
 */

/** Every error code, its exit code. The prefix names the folder that throws it. */
export const EXIT_CODES = {
  CLI_USAGE: 3,
  CLI_OUTPUT: 3,
  DEMO_FAILED: 1,
  CONFIGURATION_INVALID: 3,
  CONFIGURATION_SECRET_MISSING: 3,
  GIT_UNUSABLE: 3,
  FILES_UNUSABLE: 3,
  PIPELINE_FORGE: 3,
  PIPELINE_GITHUB: 3,
  PIPELINE_SETTINGS: 3,
  SANDBOX_OPTIONS: 3,
  SSH_UNUSABLE: 3,
  SOURCE_UNREACHABLE: 10,
  SOURCE_TLS: 10,
  SOURCE_CREDENTIALS: 10,
  SOURCE_BASE_MISSING: 10,
  SOURCE_QUERY_INVALID: 3,
  SOURCE_FILE_INVALID: 11,
  SOURCE_INCOMPLETE: 11,
  SOURCE_IMPLAUSIBLE: 12,
  MAPPING_AMBIGUOUS: 13,
  PLAN_MISSING: 20,
  PLAN_NOT_CANONICAL: 21,
  PLAN_CONTRADICTORY: 21,
  PLAN_DIGEST: 22,
  PLAN_EXPIRED: 24,
  PLAN_SUPERSEDED: 25,
  PLAN_WRONG_TARGET: 26,
  PLAN_CONFIGURATION_CHANGED: 27,
  PLAN_REVIEW_DISAGREES: 29,
  PLAN_CLAIM_FALSE: 29,
  APPROVAL_MISSING: 30,
  APPLY_TARGET_STALE: 31,
  PLAN_LIMIT: 32,
  PLAN_PROTECTED: 33,
  LEDGER_LOCKED: 34,
  APPLY_INCOMPLETE: 40,
  APPLY_CONFLICTS: 41,
  TARGET_UNAVAILABLE: 42,
  TARGET_REFUSES_KEY: 43,
  APPLY_INTERRUPTED: 44,
  LEDGER_NOT_WRITABLE: 45,
  LEDGER_INVALID: 46,
  DRIFT_FOUND: 50,
  PLAN_NOT_APPLIED: 51,
} as const;

export type ErrorCode = keyof typeof EXIT_CODES;

/** One fault of an input: where it is (file:line:column, DN, row …) and what is wrong. */
export interface Problem {
  readonly where: string;
  readonly what: string;
}

export interface ReconcileErrorOptions {
  /** One imperative sentence: the action that mends it. */
  readonly remedy: string;
  /** All faults of the input, not only the first. */
  readonly problems?: readonly Problem[];
  readonly cause?: unknown;
}

/** "Cannot go on", for a reason the user can act on. Never carries a secret or an attribute value. */
export class ReconcileError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, message: string, options: ReconcileErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ReconcileError';
    this.code = code;
    this.remedy = options.remedy;
    this.problems = options.problems ?? [];
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}
