import { stateOf, type PlanRecord } from './plan-events.ts';

export interface Prunable {
  readonly removed: readonly string[];
  /** Old enough, and kept all the same. */
  readonly kept: readonly { readonly name: string; readonly why: string }[];
}

/**
 * Plans made before `before` that nobody needs in the work tree any more. Kept: what was not applied to its end, the newest plan,
 * and the newest one with counts of the sources, with which the next plan is compared. Pure.
 */
export function choosePrunable(records: readonly PlanRecord[], onBranch: ReadonlySet<string>, before: Date): Prunable {
  const present = records.filter(({ name, plan }) => plan !== null && onBranch.has(name));
  const newest = present.at(-1)?.name;
  const newestRead = present.findLast(({ plan }) => (plan?.body.source.length ?? 0) > 0)?.name;
  const removed: string[] = [];
  const kept: { name: string; why: string }[] = [];
  for (const record of present) {
    const { name, plan } = record;
    if (Date.parse(plan?.body.createdAt ?? '') >= before.getTime()) continue;
    const why =
      name === newest || name === newestRead
        ? 'the next plan is compared with it'
        : stateOf(record) === 'complete'
          ? null
          : 'it was not applied completely';
    if (why === null) removed.push(name);
    else kept.push({ name, why });
  }
  return { removed, kept };
}
