import { attributesOf, type ShownAttributes } from '../account/attributes-of.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { AttributePair, Change } from '../change/change.ts';
import type { PlanFile } from '../schema/generated/plan.ts';

/**
 * The plan as if it had done nothing but suspend this person and take the person out of other people's lists: undoing it brings
 * back the access, and leaves everything else that changed in those lists.
 */
export function narrowToPerson(plan: PlanFile, key: string, index: ExistingIndex): PlanFile {
  const own = plan.body.changes.find((change) => change.key === key && change.action === 'suspend');
  if (own === undefined) return { ...plan, body: { ...plan.body, changes: [] } };
  const lists = plan.body.changes.flatMap((change): Change[] => {
    const existing = change.zivverId === null ? undefined : index.byId(change.zivverId);
    if (existing === undefined || change.action !== 'update') return [];
    const pair = rejoin(change, own.address, attributesOf(existing, index, new Map()));
    return pair === null ? [] : [{ ...change, ...pair } as Change];
  });
  return { ...plan, body: { ...plan.body, changes: [own, ...lists] as PlanFile['body']['changes'] } };
}

/** From the list with the person back to the one of now; null if the plan did not take the person out of it. */
function rejoin({ before, after }: AttributePair, address: string, now: ShownAttributes): AttributePair | null {
  for (const name of ['members', 'delegates'] as const) {
    const wasIn = before[name]?.includes(address) === true && after[name]?.includes(address) === false;
    if (!wasIn || now[name].includes(address)) continue;
    return { before: { [name]: [...now[name], address].sort() }, after: { [name]: now[name] } };
  }
  return null;
}
