import { effectOf } from '../../model/change/effect.ts';
import type { PlanEvent } from '../audit/plan-events.ts';
import { isDone, minuteOf, whyPhrase } from '../audit/words-event.ts';
import { textOf } from '../audit/report/report-words.ts';

/** Since when somebody reads a mailbox, by which plan and why, as the ledger has it; one sentence without a full stop. */
export function describeReading(reader: string, key: string, events: readonly PlanEvent[]): string {
  const given = events.findLast(
    (event) => event.change.key === key && isDone(event) && effectOf(event.change).newReaders.includes(reader),
  );
  if (given === undefined) return 'since before the first plan that changed it, or under another address';
  return `since ${minuteOf(given.at)} UTC by plan ${given.plan}: ${textOf(whyPhrase(given))}`;
}
