import type { PlanEvent } from './plan-events.ts';
import { isDone } from './words-event.ts';

/** A suspension by a plan that still lasts as far as the ledger knows. */
export interface Suspension {
  readonly plan: string;
  readonly at: string;
  /** Whole days since. */
  readonly days: number;
  /** `YYYY-MM-DD`: if automatic deletion is on, Zivver deletes account and mail on or after this day (zivver-api.md §5). */
  readonly deletedFrom: string;
}

const DAY_MS = 24 * 3_600_000;
const DELETION_DAY = 90;
/** From this day on a deletion is near enough to tell. */
const WARNING_DAY = 60;

/** Key → suspension. */
export function findSuspensions(events: readonly PlanEvent[], now: Date): Map<string, Suspension> {
  const suspensions = new Map<string, Suspension>();
  for (const event of events) {
    const { key, after } = event.change;
    if (key === null || after.active === undefined || !isDone(event)) continue;
    if (after.active) suspensions.delete(key);
    else suspensions.set(key, buildSuspension(event, now));
  }
  return suspensions;
}

export function isDeletionNear({ days }: Suspension): boolean {
  return days >= WARNING_DAY;
}

function buildSuspension({ plan, at }: PlanEvent, now: Date): Suspension {
  const since = Date.parse(at);
  return {
    plan,
    at,
    days: Math.floor((now.getTime() - since) / DAY_MS),
    deletedFrom: new Date(since + DELETION_DAY * DAY_MS).toISOString().slice(0, 10),
  };
}
