import { addDecisions, findAccountHistories } from './account-history.ts';
import { filterHistories, isWanted, type HistoryFilter } from './history-filter.ts';
import { buildEventRow, buildEventRows, buildPlanRows, buildReadingRows, tableOf } from './history-rows.ts';
import { listPlanEvents, type PlanEvent } from './plan-events.ts';
import { renderAccountHistories, renderEvents, renderPlanRecords } from './render-history.ts';
import type { Decision } from '../../model/certify/decisions.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { Separator } from '../../model/text/csv.ts';
import type { Output } from '../output.ts';
import type { Audit } from './read-audit.ts';

interface ReportTarget {
  readonly output: Output;
  /** Null: no table is asked for. */
  readonly csv: Separator | null;
}

export interface HistoryQuestion {
  readonly wanted: string | null;
  readonly filter: HistoryFilter;
  /** Of owners, at recertifications. */
  readonly decisions: readonly Decision[];
}

interface AccountsQuestion extends HistoryQuestion {
  readonly wanted: string;
  readonly events: readonly PlanEvent[];
}

/**
 * `wanted`: an address, alias, key or name that an account has or had, the number or name of a plan, or the id of a change.
 * Throws CLI_USAGE if nothing is or was known by that name.
 */
export function reportHistory(
  audit: Audit,
  { wanted, filter, decisions }: HistoryQuestion,
  target: ReportTarget,
): void {
  const events = audit.records.flatMap(listPlanEvents);
  if (wanted === null) return reportEvents(events, filter, target);
  const ofPlan = events.filter(({ plan }) => plan === wanted || Number(plan.split('-')[0]) === Number(wanted || NaN));
  const ofChange = events.filter(({ change }) => change.id === wanted);
  if (ofPlan.length > 0 || ofChange.length > 0)
    return reportEvents(ofPlan.length > 0 ? ofPlan : ofChange, filter, target);
  reportAccounts(audit, { wanted, filter, events, decisions }, target);
}

function reportAccounts(
  { baseline }: Audit,
  { wanted, filter, events, decisions }: AccountsQuestion,
  { output, csv }: ReportTarget,
): void {
  const known = findAccountHistories(wanted, events, baseline.accounts);
  const histories = filterHistories(
    known.map((history) => addDecisions(history, decisions)),
    filter,
  );
  if (histories.length === 0)
    throw new ReconcileError('CLI_USAGE', `No plan and no desired file knows ${wanted}`, {
      remedy:
        'Name an address, an alias, a key or the full name that an account has or had, a plan or a change; all plans: zivver-gitops history',
    });
  if (csv !== null) output.printCsv(tableOf(buildEventRows(histories)), csv);
  else output.print(renderAccountHistories(histories, { width: output.width, color: output.hasColor }).trimEnd());
  output.printJson(
    'history',
    histories.map((history) => {
      const { events: own, readings: _readings, isUnchanged: _isUnchanged, ...account } = history;
      return {
        ...account,
        events: own.map(buildEventRow),
        readings: buildReadingRows(history),
        certified: history.certified.map((decision) => ({ ...decision })),
      };
    }),
  );
}

/** Changes of any account, oldest first. */
function reportEvents(events: readonly PlanEvent[], filter: HistoryFilter, { output, csv }: ReportTarget): void {
  const wanted = events.filter((event) => isWanted(event, filter));
  const rows = wanted.map(buildEventRow);
  if (csv !== null) output.printCsv(tableOf(rows), csv);
  else if (wanted.length === 0) output.print('No change is like that.');
  else output.print(renderEvents(wanted, { width: output.width, color: output.hasColor }).trimEnd());
  output.printJson('history', rows);
}

export function reportPlans({ records }: Audit, { output, csv }: ReportTarget): void {
  const rows = buildPlanRows(records);
  if (csv !== null) output.printCsv(tableOf(rows), csv);
  else if (records.length === 0) output.print('No plan was ever merged.');
  else output.print(renderPlanRecords(records, { width: output.width, color: output.hasColor }).trimEnd());
  output.printJson('history', rows);
}
