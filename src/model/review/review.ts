import type {
  Action,
  Exclusion,
  ExclusionReason,
  LimitFinding,
  OpenAccount,
  PlanFile,
  UnmanagedAccount,
} from '../schema/generated/plan.ts';
import type { Change } from '../change/change.ts';
import { findAddressMoves } from './address-move.ts';
import { findConsequences } from './consequence.ts';
import { diffChange, type Difference } from './difference.ts';
import { effectOf, takesAccess } from '../change/effect.ts';
import { groupBy } from '../text/group-by.ts';
import { groupRepeated, type RepeatedChange } from './repetition.ts';
import type { ReviewedChange } from './reviewed-change.ts';
import { countOpen } from '../settle/open-list.ts';
import { riskOf, RISK_CLASSES, type RiskClass } from './risk.ts';

/** What people are told about a plan: grouped, ranked and counted, without any wording. */
export interface Review {
  readonly plan: PlanFile;
  readonly counts: Readonly<Record<Action, number>>;
  /** Changes that cannot be undone. */
  readonly irreversible: number;
  /** The riskiest class with changes; null = no changes. */
  readonly worst: RiskClass | null;
  /** Classes with changes, riskiest first. Every change of the plan stands in exactly one. */
  readonly classes: readonly ReviewedClass[];
  readonly limits: ReviewedLimits;
  /** What this plan leaves as it is; those that keep access first. */
  readonly open: readonly OpenAccount[];
  /** Accounts and entries, whatever is open about each. */
  readonly openCount: number;
  /** Largest interest first; inside a reason, in the plan's order. */
  readonly exclusions: readonly ExclusionGroup[];
  readonly unmanaged: readonly UnmanagedAccount[];
}

export interface ReviewedClass {
  readonly risk: RiskClass;
  /** Number of changes, repeated ones included. */
  readonly count: number;
  /** The same on three accounts or more; only among attributes. */
  readonly repeated: readonly RepeatedChange[];
  readonly changes: readonly ReviewedChange[];
}

export interface ReviewedLimits {
  readonly exceeded: readonly LimitFinding[];
  readonly overridden: readonly LimitFinding[];
  /** Kept by leaving out of this plan all that would go on beyond it. */
  readonly reduced: readonly LimitFinding[];
  /** Within their limit, and something was counted. */
  readonly within: readonly LimitFinding[];
  /** Within their limit, and there was nothing to count. */
  readonly untouched: readonly LimitFinding[];
}

export interface ExclusionGroup {
  readonly reason: ExclusionReason;
  readonly exclusions: readonly Exclusion[];
}

/** What somebody may have to act on first, what is as configured last. */
const EXCLUSION_ORDER: readonly ExclusionReason[] = [
  'ambiguous',
  'unrecorded',
  'lost-rights',
  'missing-kept',
  'handed-over',
  'waits',
  'no-key',
  'unknown-state',
  'no-name',
  'no-address',
  'alias-invalid',
  'mobile-unusable',
  'join-unmatched',
  'delegate-ambiguous',
  'delegate-left-out',
  'member-left-out',
  'unclaimed-address',
  'alias-unclaimed',
  'bootstrap',
  'reactivation-off',
  'update-off',
  'creation-off',
  'disabled-without-account',
  'shared-mailbox',
  'room-mailbox',
  'filtered',
  'not-a-person',
];

/** Pure: the same plan makes the same review. */
export function buildReview(plan: PlanFile): Review {
  const { changes, limits, overTime, exclusions, unmanaged, open } = plan.body;
  const classes = buildClasses(plan.body);
  return {
    plan,
    counts: countActions(changes),
    irreversible: changes.filter((change) => effectOf(change).fate === 'deleted').length,
    worst: classes[0]?.risk ?? null,
    classes,
    limits: sortLimits([...limits, ...overTime]),
    open,
    openCount: countOpen(open),
    exclusions: groupExclusions(exclusions),
    unmanaged,
  };
}

function buildClasses(body: PlanFile['body']): readonly ReviewedClass[] {
  const byRisk = groupBy(reviewChanges(body), riskOf);
  return RISK_CLASSES.flatMap((risk) => {
    const members = byRisk.get(risk);
    return members === undefined ? [] : [buildClass(risk, members)];
  });
}

/** The differences of most new accounts are never asked for. */
function reviewChanges({
  changes,
  touchedBefore,
}: Pick<PlanFile['body'], 'changes' | 'touchedBefore'>): readonly ReviewedChange[] {
  const touched = new Map(touchedBefore.map((one) => [one.change, one]));
  const moves = findAddressMoves(changes);
  const { following, places } = findConsequences(changes);
  return changes.map((change) => {
    let differences: readonly Difference[] | undefined;
    return {
      change,
      moves: moves.get(change.id) ?? [],
      follows: following.has(change.id),
      touched: touched.get(change.id),
      places: takesAccess(effectOf(change)) ? (places.get(change.address) ?? []) : [],
      get differences() {
        return (differences ??= diffChange(change));
      },
    };
  });
}

function buildClass(risk: RiskClass, members: readonly ReviewedChange[]): ReviewedClass {
  const count = members.length;
  if (risk === 'mail') return { risk, count, repeated: [], changes: grantsFirst(members) };
  if (risk !== 'attributes') return { risk, count, repeated: [], changes: members };
  const { repeated, alone } = groupRepeated(members);
  return { risk, count, repeated, changes: alone };
}

/** Whoever gets to read mail stands before whoever no longer does; otherwise in the order of the plan. */
function grantsFirst(members: readonly ReviewedChange[]): readonly ReviewedChange[] {
  return members.toSorted((one, other) => Number(isGrant(other)) - Number(isGrant(one)));
}

function isGrant({ change, moves }: ReviewedChange): boolean {
  return moves.length > 0 || change.reason === 'handed-over' || effectOf(change).newReaders.length > 0;
}

/** How many changes there are of each action. */
export function countActions(changes: readonly Change[]): Record<Action, number> {
  const counts = { create: 0, update: 0, suspend: 0, reactivate: 0, delete: 0 };
  for (const { action } of changes) counts[action] += 1;
  return counts;
}

function sortLimits(limits: readonly LimitFinding[]): ReviewedLimits {
  const within = limits.filter(({ verdict }) => verdict === 'within');
  const isCounted = ({ rule, observed }: LimitFinding): boolean => observed > 0 || rule === 'sourceFloor';
  return {
    exceeded: limits.filter(({ verdict }) => verdict === 'exceeded'),
    overridden: limits.filter(({ verdict }) => verdict === 'overridden'),
    reduced: limits.filter(({ verdict }) => verdict === 'reduced'),
    within: within.filter(isCounted),
    untouched: within.filter((finding) => !isCounted(finding)),
  };
}

function groupExclusions(exclusions: readonly Exclusion[]): readonly ExclusionGroup[] {
  return [...groupBy(exclusions, ({ reason }) => reason)]
    .map(([reason, group]) => ({ reason, exclusions: group }))
    .sort((one, other) => EXCLUSION_ORDER.indexOf(one.reason) - EXCLUSION_ORDER.indexOf(other.reason));
}
