import type { AccountAttributes } from '../../model/schema/generated/plan.ts';
import type { PlanEvent } from './plan-events.ts';

/** A change of somebody else's account that gave a person access to its mail, or took it. */
export interface Reading {
  readonly event: PlanEvent;
  readonly isGained: boolean;
}

/** `names`: every address the reader ever had. The reader's own account is left out. */
export function findReadings(names: ReadonlySet<string>, events: readonly PlanEvent[]): Reading[] {
  const isNamed = (address: string): boolean => names.has(address);
  return events
    .filter(({ change }) => !isNamed(change.address))
    .flatMap((event) => {
      const { before, after } = event.change;
      const [had, has] = [readersOf(before).some(isNamed), readersOf(after).some(isNamed)];
      const isTouched =
        after.delegates !== undefined || after.members !== undefined || event.change.action === 'delete';
      return isTouched && had !== has ? [{ event, isGained: has }] : [];
    });
}

function readersOf({ delegates = [], members = [] }: AccountAttributes): readonly string[] {
  return [...delegates, ...members];
}
