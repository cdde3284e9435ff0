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
import { findAddressMoves, type AddressMove } from './address-move.ts';
import { diffChange, type Difference } from './difference.ts';
import { effectOf } from '../change/effect.ts';
import { groupBy } from '../text/group-by.ts';
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

export interface RepeatedChange {
  readonly differences: readonly Difference[];
  readonly changes: readonly Change[];
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

/** A repetition is told once from this many accounts on. */
const REPEATED = 3;

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
  const classes = buildClasses(changes);
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

function buildClasses(changes: readonly Change[]): readonly ReviewedClass[] {
  const moves = findAddressMoves(changes);
  const reviewed = changes.map((change) => reviewChange(change, moves.get(change.id) ?? []));
  const byRisk = groupBy(reviewed, riskOf);
  return RISK_CLASSES.flatMap((risk) => {
    const members = byRisk.get(risk);
    return members === undefined ? [] : [buildClass(risk, members)];
  });
}

/** The differences of most new accounts are never asked for. */
function reviewChange(change: Change, moves: readonly AddressMove[]): ReviewedChange {
  let differences: readonly Difference[] | undefined;
  return {
    change,
    moves,
    get differences() {
      return (differences ??= diffChange(change));
    },
  };
}

function buildClass(risk: RiskClass, members: readonly ReviewedChange[]): ReviewedClass {
  const alike = [...groupBy(members, (reviewed) => repetitionOf(risk, reviewed))];
  const isRepeated = ([repetition, group]: (typeof alike)[number]): boolean =>
    repetition !== null && group.length >= REPEATED;
  return {
    risk,
    count: members.length,
    repeated: alike.filter(isRepeated).map(([, group]) => buildRepeated(group)),
    changes: alike.filter((entry) => !isRepeated(entry)).flatMap(([, group]) => group),
  };
}

/** Equal for changes that may be told as one; null for a change that always stands alone. */
function repetitionOf(risk: RiskClass, { differences }: ReviewedChange): string | null {
  return risk === 'attributes' ? JSON.stringify(differences) : null;
}

function buildRepeated(group: readonly ReviewedChange[]): RepeatedChange {
  return { differences: group[0]?.differences ?? [], changes: group.map(({ change }) => change) };
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
