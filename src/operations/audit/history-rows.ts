import picocolors from 'picocolors';
import { escapeTerminal } from '../../model/text/escape.ts';
import type { Phrase } from '../../model/text/phrase.ts';
import { renderTerminalPhrase } from '../../model/text/terminal-phrase.ts';
import type { AccountHistory } from './account-history.ts';
import type { Reading } from './find-readings.ts';
import { viewApproval } from './approval-view.ts';
import { stateOf, type PlanEvent, type PlanRecord } from './plan-events.ts';
import { effectPhrase, whyPhrase } from './words-event.ts';

/** Who answers for a plan; '' = unknown. */
interface ApprovalCells {
  readonly planAuthor: string;
  readonly mergedBy: string;
  readonly mergedAt: string;
  readonly commit: string;
  readonly reviewedBy: string;
  readonly signedBy: string;
  readonly provenBy: string;
  readonly pullRequest: string;
}

/** One event as programs get it; '' = unknown. */
export interface EventRow extends ApprovalCells {
  readonly time: string;
  readonly plan: string;
  /** Of the change; the same in every plan that contains it. */
  readonly change: string;
  readonly address: string;
  readonly fullName: string;
  readonly key: string;
  readonly zivverId: string;
  /** An action of a plan, or `access-given` and `access-taken`: then `mailbox` says whose mail. */
  readonly action: string;
  readonly mailbox: string;
  readonly reason: string;
  readonly why: string;
  readonly what: string;
  readonly outcome: string;
  readonly detail: string;
  readonly confirmed: string;
  readonly runUrl: string;
  /** Digest of the ledger's record. */
  readonly record: string;
}

export interface PlanRow extends ApprovalCells {
  readonly plan: string;
  readonly state: string;
  readonly createdAt: string;
  readonly begunAt: string;
  readonly endedAt: string;
  readonly changes: string;
  readonly totals: string;
  readonly runUrl: string;
}

/** For a spreadsheet: changes of the accounts, then whose mail they could read. */
export function buildEventRows(histories: readonly AccountHistory[]): EventRow[] {
  return histories.flatMap((history) => [...history.events.map(buildEventRow), ...buildReadingRows(history)]);
}

/** Whose mail an account could read, and no longer. */
export function buildReadingRows(history: AccountHistory): EventRow[] {
  return history.readings.map((reading) => buildReadingRow(reading, history));
}

/** One self-contained line: the change, why, who approved it, what became of it, and the record that proves it. */
export function buildEventRow(event: PlanEvent): EventRow {
  const { change } = event;
  return {
    time: event.at,
    plan: event.plan,
    change: change.id,
    address: change.address,
    fullName: change.fullName,
    key: change.key ?? '',
    zivverId: event.zivverId ?? '',
    action: change.action,
    mailbox: '',
    reason: change.reason,
    why: textOf(whyPhrase(event)),
    what: textOf(effectPhrase(event)),
    outcome: event.outcome,
    detail: event.detail ?? '',
    confirmed: event.isUnconfirmed === 'unread' ? 'not read' : event.isUnconfirmed ? 'no' : '',
    ...approvalCells(event.approval),
    runUrl: event.runUrl ?? '',
    record: event.record ?? '',
  };
}

function buildReadingRow({ event, isGained }: Reading, { address, fullName, key, zivverId }: AccountHistory): EventRow {
  return {
    ...buildEventRow(event),
    address,
    fullName,
    key: key ?? '',
    zivverId: zivverId ?? '',
    action: isGained ? 'access-given' : 'access-taken',
    mailbox: event.change.after.address ?? event.change.address,
  };
}

export function buildPlanRows(records: readonly PlanRecord[]): PlanRow[] {
  return records.map((record) => {
    const { name, plan, entry } = record;
    const totals = Object.entries(entry?.end?.totals ?? {}).map(([status, count]) => `${count} ${status}`);
    return {
      plan: name,
      state: stateOf(record),
      createdAt: plan?.body.createdAt ?? '',
      begunAt: entry?.begin.at ?? '',
      endedAt: entry?.end?.at ?? '',
      changes: String(entry?.begin.changes ?? plan?.body.changes.length ?? ''),
      totals: totals.sort().join(', '),
      ...approvalCells(entry === null ? null : viewApproval(entry.begin.approval)),
      runUrl: entry?.begin.holder.runUrl ?? '',
    };
  });
}

/** A heading of field names, then the rows, for a spreadsheet or a terminal: nothing in a cell is hidden or steers. */
export function tableOf(rows: readonly (EventRow | PlanRow)[]): string[][] {
  const [first] = rows;
  return first === undefined
    ? []
    : [Object.keys(first), ...rows.map((row) => (Object.values(row) as string[]).map(escapeTerminal))];
}

function approvalCells(
  approval: PlanEvent['approval'],
): Pick<
  EventRow,
  'planAuthor' | 'mergedBy' | 'mergedAt' | 'commit' | 'reviewedBy' | 'signedBy' | 'provenBy' | 'pullRequest'
> {
  return {
    planAuthor: approval?.planAuthor ?? '',
    mergedBy: approval === null ? '' : (approval.mergedBy ?? 'not in git'),
    mergedAt: approval?.mergedAt ?? '',
    commit: approval?.commit ?? '',
    reviewedBy: approval?.reviews.map(({ login }) => login).join(', ') ?? '',
    signedBy: approval?.signers.map(({ address }) => address).join(', ') ?? '',
    provenBy: approval?.provenBy ?? '',
    pullRequest: approval?.pullRequest ?? '',
  };
}

function textOf(words: Phrase): string {
  return renderTerminalPhrase(words, picocolors.createColors(false));
}
