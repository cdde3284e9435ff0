import type { TargetProblemCause } from '../../model/account/target.ts';
import type { Change } from '../../model/change/change.ts';
import { isSuccessStatus } from '../../model/ledger/outcome-status.ts';
import type { OutcomeStatus, RefusedAlias } from '../../model/schema/generated/ledger.ts';

/** What became of one change. */
export interface Outcome {
  readonly change: Change;
  /**
   * `applied` sent and confirmed by the answer · `already-applied` nothing to send · `adopted` a lost reply, found
   * done · `conflicted` Zivver had changed meanwhile, left alone · `failed` refused or unreachable · `skipped` not tried.
   */
  readonly status: OutcomeStatus;
  readonly zivverId: string | null;
  readonly detail: string | null;
  readonly cure: string | null;
  /** Why Zivver refused it. */
  readonly cause?: TargetProblemCause;
  /** Done, but for these aliases, which Zivver refused. */
  readonly withoutAliases?: readonly RefusedAlias[];
}

export function isSuccess({ status }: Pick<Outcome, 'status'>): boolean {
  return isSuccessStatus(status);
}
