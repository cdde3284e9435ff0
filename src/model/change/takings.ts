import type { SpannedRule } from '../configuration/limit-rules.ts';
import type { Taking } from '../schema/generated/ledger.ts';
import type { Change } from './change.ts';
import { effectOf, type Effect } from './effect.ts';

/** What a change counts for each limit that holds over time. */
export const SPANNED_COUNTS: Readonly<Record<SpannedRule, (effect: Effect, kind: Change['kind']) => number>> = {
  suspend: ({ fate }) => Number(fate === 'suspended'),
  unexplained: ({ isUnexplained }) => Number(isUnexplained),
  delete: ({ fate }) => Number(fate === 'deleted'),
  membersRemoved: ({ lostReaders }, kind) => (kind === 'functional' ? lostReaders.length : 0),
};

/** The changes that take something away, as the ledger remembers them. */
export function listTakings(changes: readonly Change[]): Taking[] {
  return changes.flatMap((change) => {
    const counts = countTaken(change);
    return change.zivverId === null || Object.keys(counts).length === 0
      ? []
      : [{ change: change.id, zivverId: change.zivverId, counts }];
  });
}

function countTaken(change: Change): Taking['counts'] {
  const effect = effectOf(change);
  const counted = Object.entries(SPANNED_COUNTS).map(([rule, count]) => [rule, count(effect, change.kind)] as const);
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}
