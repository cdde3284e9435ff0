import type { LimitFinding } from '../schema/generated/plan.ts';
import type { ReviewedLimits } from './review.ts';

/** True for what holds but has used more than half of what is allowed: a reviewer reads these before the changes. */
export function isNearLimit({ rule, observed, limit, of, verdict }: LimitFinding): boolean {
  if (verdict !== 'within' || limit === null) return false;
  if (rule === 'sourceFloor') return (of - observed) * 2 > of - limit && observed < of;
  return observed > 0 && observed * 2 > limit;
}

/** What stands before the changes: limits that are exceeded, lifted, used up or more than half used. */
export function pressingLimits({ exceeded, overridden, reduced, within }: ReviewedLimits): readonly LimitFinding[] {
  return [...exceeded, ...overridden, ...reduced, ...within.filter(isNearLimit)];
}
