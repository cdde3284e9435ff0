import type { OpenLine } from '../../model/desired/open-file.ts';
import { countDrift, type Drift, type DriftSubject } from '../../model/plan/drift.ts';
import type { Unrecorded } from './unrecorded.ts';
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
  /** What the last merged plan left open, as the branch has it; those that keep access first. */
  readonly open: readonly ReportedOpen[];
  /** The branch says so, and no applied or merged plan does. */
  readonly unrecorded: readonly Unrecorded[];
}

/** `isNew`: the newest plan does not know it. */
export type ReportedOpen = OpenLine & { readonly isNew: boolean };

/** What only the ledger can tell. */
interface FromLedger {
  readonly stillSuspended: readonly (DriftSubject & Suspension)[];
  readonly unrecorded: readonly Unrecorded[];
}

export function buildDriftReport(
  drift: Drift,
  facts: Pick<DriftReport, 'organisation' | 'branch' | 'commit' | 'pendingPlan' | 'open'>,
  { stillSuspended, unrecorded }: FromLedger,
): DriftReport {
  const lost = new Set(drift.missing.map(({ key }) => key));
  const isLost = ({ key }: DriftSubject): boolean => lost.has(key);
  return {
    ...facts,
    differing: countDrift(drift) + countOthers(drift, unrecorded) + facts.open.filter(({ isNew }) => isNew).length,
    ...drift,
    deletionsNear: stillSuspended
      .filter((one) => !isLost(one) && isDeletionNear(one))
      .sort((a, b) => (a.deletedFrom < b.deletedFrom ? -1 : 1)),
    probablyDeleted: stillSuspended.filter((one) => isLost(one) && one.days >= 90).map(({ address }) => address),
    unrecorded,
  };
}

/** Those that are not counted already because Zivver differs from them. */
function countOthers(
  { changed, missing, suspendedOutside, reactivatedOutside }: Drift,
  unrecorded: readonly Unrecorded[],
): number {
  const counted = [changed, missing, suspendedOutside, reactivatedOutside].flat().map(({ key }) => key);
  return unrecorded.filter(({ key }) => key === null || !counted.includes(key)).length;
}
