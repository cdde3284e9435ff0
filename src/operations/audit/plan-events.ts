import type { Ledger, LedgerEntry } from '../../adapters/git/ledger.ts';
import type { EndRecord, FinishedRecord, OutcomeStatus } from '../../model/schema/generated/ledger.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import { digestOfLine, formatRecord } from '../../model/ledger/chain.ts';
import type { Change } from '../../model/change/change.ts';
import { comparePlanNames } from '../../model/plan/plan-name.ts';
import { viewApproval, type ApprovalView } from './approval-view.ts';
import { parseArchivedPlan, type PlanArchive } from '../../adapters/git/plan-archive.ts';

/** A plan and what became of it. */
export interface PlanRecord {
  readonly name: string;
  /** Null: the ledger names it, but git no longer has it. */
  readonly plan: PlanFile | null;
  /** Null: never begun. */
  readonly entry: LedgerEntry | null;
}

/** `open`: begun and not ended · `not-applied`: on the branch only. */
export type PlanState = EndRecord['verdict'] | 'open' | 'not-applied';

/**
 * Beside the outcomes of the ledger: `refused` with the whole plan · `not-tried` · `abandoned`, so that nobody recorded it ·
 * `open` · `not-applied`.
 */
export type EventOutcome = OutcomeStatus | 'refused' | 'not-tried' | 'abandoned' | 'open' | 'not-applied';

/** One change of one plan, and what became of it. */
export interface PlanEvent {
  readonly plan: string;
  /** When it was finished; of what is not finished, when the plan was made. */
  readonly at: string;
  readonly change: Change;
  readonly sso: boolean;
  readonly outcome: EventOutcome;
  readonly zivverId: string | null;
  readonly detail: string | null;
  /** The reading of Zivver afterwards did not show it; `unread`: it failed, so that it showed nothing. */
  readonly isUnconfirmed: boolean | 'unread';
  readonly approval: ApprovalView | null;
  readonly runUrl: string | null;
  /** Digest of the record that finished it; null: there is none. */
  readonly record: string | null;
}

/** Every plan of the branch and the ledger, oldest first. */
export function listPlanRecords(archive: PlanArchive, { entries }: Pick<Ledger, 'entries'>): PlanRecord[] {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const names = new Set([...archive.keys(), ...byName.keys()]);
  return [...names].sort(comparePlanNames).map((name) => {
    const archived = archive.get(name);
    const entry = byName.get(name) ?? null;
    return {
      name,
      plan: archived === undefined ? null : parseArchivedPlan(archived, entry?.begin.plan),
      entry,
    };
  });
}

export function stateOf({ entry }: Pick<PlanRecord, 'entry'>): PlanState {
  if (entry === null) return 'not-applied';
  return entry.end === null ? 'open' : entry.end.verdict;
}

/** The last word of the ledger on every change of a plan, by id. A resumed apply may have finished a change twice. */
export function finishedOf({ records }: LedgerEntry): ReadonlyMap<string, FinishedRecord> {
  return new Map(records.flatMap((record) => (record.type === 'finished' ? [[record.change, record] as const] : [])));
}

export function listPlanEvents(record: PlanRecord): PlanEvent[] {
  const { name, plan, entry } = record;
  if (plan === null) return [];
  const finished = entry === null ? new Map<string, FinishedRecord>() : finishedOf(entry);
  const unconfirmed = new Set(entry?.end?.unconfirmed);
  const found = entry?.end?.unread === undefined ? true : 'unread';
  const approval = entry === null ? null : viewApproval(entry.begin.approval);
  const runUrl = entry?.begin.holder.runUrl ?? null;
  return plan.body.changes.map((change) => {
    const result = finished.get(change.id);
    return {
      plan: name,
      at: result?.at ?? plan.body.createdAt,
      change,
      sso: plan.body.sso,
      outcome: result?.status ?? outcomeWithout(record),
      zivverId: result?.zivverId ?? change.zivverId,
      detail: result?.detail ?? null,
      isUnconfirmed: unconfirmed.has(change.id) && found,
      approval,
      runUrl,
      record: result === undefined ? null : digestOfLine(formatRecord(result)),
    };
  });
}

/** Of a change that the ledger has not finished. */
function outcomeWithout(record: PlanRecord): EventOutcome {
  const state = stateOf(record);
  if (state === 'open' || state === 'not-applied' || state === 'refused' || state === 'abandoned') return state;
  return 'not-tried';
}
