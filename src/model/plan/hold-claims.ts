import { effectOf, takesAccess } from '../change/effect.ts';
import { isHoldInForce, type Hold } from '../desired/holds.ts';
import type { PlanBody } from '../schema/generated/plan.ts';

/**
 * Changes of accounts that people put on hold before the plan was made. `ownerOf`: the key that the branch binds to an account
 * in Zivver. A rollback may give back what an account had, and renews its hold; it takes nothing away from it either.
 */
export function findHeldChanges(
  { changes, source, createdAt }: Pick<PlanBody, 'changes' | 'source' | 'createdAt'>,
  holds: readonly Hold[],
  ownerOf: (zivverId: string) => string | undefined = () => undefined,
): string[] {
  const inForce = holds.filter((hold) => isHoldInForce(hold, new Date(createdAt)));
  const held = new Map(inForce.map(({ key, address }) => [key, address]));
  const isRollback = source.length === 0;
  return changes.flatMap((change) => {
    const address = held.get(change.key ?? '') ?? held.get(ownerOf(change.zivverId ?? '') ?? '');
    if (address === undefined || (isRollback && !takesAccess(effectOf(change)))) return [];
    return [`change ${change.id}: the account of ${address} is on hold`];
  });
}
