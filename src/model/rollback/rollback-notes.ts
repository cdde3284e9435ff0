import { fact } from '../facts/fact.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { Inversion } from './invert.ts';

/** What a rollback cannot restore first, then what it leaves alone and what follows. For the review. */
export function buildRollbackNotes(
  { leftovers, restoredKeys }: Inversion,
  { name: plan, heldUntil }: { readonly name: string; readonly heldUntil: string },
): Fact[] {
  const { irreversible, gone, unsendable, changedSince, leftSuspended, created, neverDone, withoutHold } = leftovers;
  const count = restoredKeys.length;
  return [
    ...irreversible.map(({ address, fullName }) => fact('deleted-for-ever', { plan, address, name: fullName })),
    ...gone.map(({ address, fullName }) => fact('gone-from-zivver', { address, name: fullName })),
    ...unsendable.map(({ address, attributes }) => fact('not-restored', { address, attributes })),
    ...changedSince.map(({ address, attributes }) => fact('changed-since', { plan, address, attributes })),
    ...leftSuspended.map(({ address, attributes }) => fact('suspended-again', { address, attributes })),
    fact('restores', { plan }),
    ...(created > 0 ? [fact('created-not-deleted', { plan, count: created })] : []),
    ...(neverDone > 0 ? [fact('never-done', { plan, count: neverDone })] : []),
    ...(count > 0 ? [fact('put-on-hold', { count, until: heldUntil })] : []),
    ...withoutHold.map((address) => fact('not-on-hold', { address })),
  ];
}
