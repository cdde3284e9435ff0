import { countDrift, type Drift, type DriftSubject } from '../plan/drift.ts';
import { isDeletionNear, type Suspension } from './suspensions.ts';

/** Drift with what the ledger adds to it. */
export interface DriftReport extends Drift {
  readonly organisation: string;
  readonly branch: string;
  /** Head of the branch. */
  readonly commit: string;
  /** Accounts that are not as they were approved. */
  readonly differing: number;
  /** Merged, and not applied to its end; null = none. */
  readonly pendingPlan: string | null;
  readonly deletionsNear: readonly (DriftSubject & Suspension)[];
  /** Missing ones that had been suspended long enough: Zivver probably deleted them by itself. */
  readonly probablyDeleted: readonly string[];
}

export function buildDriftReport(
  drift: Drift,
  facts: Pick<DriftReport, 'organisation' | 'branch' | 'commit' | 'pendingPlan'>,
  stillSuspended: readonly (DriftSubject & Suspension)[],
): DriftReport {
  const lost = new Set(drift.missing.map(({ key }) => key));
  const isLost = ({ key }: DriftSubject): boolean => lost.has(key);
  return {
    ...facts,
    differing: countDrift(drift),
    ...drift,
    deletionsNear: stillSuspended
      .filter((one) => !isLost(one) && isDeletionNear(one))
      .sort((a, b) => (a.deletedFrom < b.deletedFrom ? -1 : 1)),
    probablyDeleted: stillSuspended.filter((one) => isLost(one) && one.days >= 90).map(({ address }) => address),
  };
}
