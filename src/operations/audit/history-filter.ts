import { ReconcileError } from '../../model/errors.ts';
import { approvalClassesOf } from '../../model/approval/approval-classes.ts';
import { APPROVAL_CLASSES, type ApprovalClass } from '../../model/approval/signature-rule.ts';
import type { Change } from '../../model/schema/generated/plan.ts';
import { parseDayStart, parseMoment } from './parse-moment.ts';
import type { AccountHistory } from './account-history.ts';
import type { PlanEvent } from './plan-events.ts';

/** Which events are asked for; what is null is not asked. */
export interface HistoryFilter {
  readonly from: Date | null;
  readonly to: Date | null;
  readonly action: string | null;
  readonly reason: string | null;
  /** Of its effects. */
  readonly class: ApprovalClass | null;
}

const ACTIONS: readonly string[] = ['create', 'update', 'suspend', 'reactivate', 'delete'] satisfies Change['action'][];

/** Throws CLI_USAGE for what is no date, and for an action or a class that no plan has. */
export function parseHistoryFilter(given: {
  readonly from?: string;
  readonly to?: string;
  readonly action?: string;
  readonly reason?: string;
  readonly class?: string;
}): HistoryFilter {
  const { from, to, action = null, reason = null } = given;
  if (action !== null && !ACTIONS.includes(action))
    throw new ReconcileError('CLI_USAGE', `No plan has an action ${action}`, {
      remedy: `Name one of: ${ACTIONS.join(', ')}.`,
    });
  return {
    from: from === undefined ? null : parseDayStart(from),
    to: to === undefined ? null : parseMoment(to),
    action,
    reason,
    class: given.class === undefined ? null : parseClass(given.class),
  };
}

function parseClass(text: string): ApprovalClass {
  const found = APPROVAL_CLASSES.find((name) => name === text);
  if (found !== undefined) return found;
  throw new ReconcileError('CLI_USAGE', `No change is of a class ${text}`, {
    remedy: `Name one of: ${APPROVAL_CLASSES.join(', ')}.`,
  });
}

export function isWanted({ at, change }: PlanEvent, filter: HistoryFilter): boolean {
  const { action, reason } = filter;
  if (!isInTime(at, filter)) return false;
  if (filter.class !== null && !approvalClassesOf([change]).has(filter.class)) return false;
  return (action === null || change.action === action) && (reason === null || change.reason === reason);
}

function isInTime(at: string, { from, to }: HistoryFilter): boolean {
  const moment = new Date(at);
  return (from === null || moment >= from) && (to === null || moment <= to);
}

/** The accounts with only the wanted events. */
export function filterHistories(histories: readonly AccountHistory[], filter: HistoryFilter): AccountHistory[] {
  return histories.map((history) => ({
    ...history,
    events: history.events.filter((event) => isWanted(event, filter)),
    readings: history.readings.filter(({ event }) => isWanted(event, filter)),
    certified: history.certified.filter(({ decidedAt }) => isInTime(decidedAt, filter)),
  }));
}
