import type { PlanFile } from '../schema/generated/plan.ts';
import { countActions } from './review.ts';

const ACTIONS = [
  ['delete', 'deletion', 'deletions'],
  ['suspend', 'suspension', 'suspensions'],
  ['reactivate', 'reactivation', 'reactivations'],
  ['update', 'update', 'updates'],
  ['create', 'new account', 'new accounts'],
] as const;

/** `Plan 12 for city-hospital: 1 deletion, 3 suspensions` */
export function renderTitle(plan: PlanFile): string {
  const { organisation, sequence } = plan.body;
  const counts = countActions(plan.body.changes);
  const told = ACTIONS.filter(([action]) => counts[action] > 0).map(
    ([action, one, many]) => `${counts[action]} ${counts[action] === 1 ? one : many}`,
  );
  return `Plan ${sequence} for ${organisation}: ${told.length === 0 ? 'no change in Zivver' : told.join(', ')}`;
}
