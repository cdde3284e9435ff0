import type { Exclusion } from '../schema/generated/plan.ts';

/** Marks what the last accepted plan did not leave out; without one nothing is news. Pure. */
export function markNewExclusions(
  exclusions: readonly Exclusion[],
  accepted: readonly Exclusion[] | null,
): Exclusion[] {
  const known = new Set(accepted?.map(identify));
  return exclusions.map(({ isNew: _before, ...one }) =>
    accepted === null || known.has(identify(one)) ? one : { ...one, isNew: true },
  );
}

function identify({ source, subject, reason, detail }: Exclusion): string {
  return JSON.stringify([source, subject, reason, detail.says]);
}
