import { ReconcileError, type Problem } from '../../model/errors.ts';

export interface NotApprovedOptions {
  /** One imperative sentence. */
  readonly remedy: string;
  readonly problems?: readonly Problem[];
  readonly cause?: unknown;
}

/** APPROVAL_MISSING (30): nothing is applied, whatever the reason for the doubt. */
export function notApproved(message: string, options: NotApprovedOptions): ReconcileError {
  return new ReconcileError('APPROVAL_MISSING', message, options);
}
