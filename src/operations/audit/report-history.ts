import { findAccountHistories } from './account-history.ts';
import { buildEventRows, buildPlanRows, tableOf } from './history-rows.ts';
import { listPlanEvents } from './plan-events.ts';
import { renderAccountHistories, renderPlanRecords } from './render-history.ts';
import { ReconcileError } from '../../model/errors.ts';
import { formatCsv } from '../../model/text/csv.ts';
import type { Output } from '../output.ts';
import type { Audit } from './read-audit.ts';

interface ReportTarget {
  readonly output: Output;
  readonly isCsv: boolean;
}

/** Throws CLI_USAGE if nobody ever was known by that name. */
export function reportAccounts({ records, baseline }: Audit, wanted: string, { output, isCsv }: ReportTarget): void {
  const histories = findAccountHistories(wanted, records.flatMap(listPlanEvents), baseline.accounts);
  if (histories.length === 0)
    throw new ReconcileError('CLI_USAGE', `No plan and no desired file knows ${wanted}`, {
      remedy: 'Name an address, an alias or a key that the account has or had; all plans: zivver-gitops history',
    });
  const rows = buildEventRows(histories);
  if (isCsv) output.print(formatCsv(tableOf(rows)).replace(/\n$/, ''));
  else output.print(renderAccountHistories(histories, { width: output.width, color: output.hasColor }).trimEnd());
  output.printJson(
    histories.map(({ events: _rows, ...account }, index) => ({
      ...account,
      events: buildEventRows(histories.slice(index, index + 1)),
    })),
  );
}

export function reportPlans({ records }: Audit, { output, isCsv }: ReportTarget): void {
  const rows = buildPlanRows(records);
  if (isCsv) output.print(formatCsv(tableOf(rows)).replace(/\n$/, ''));
  else if (records.length === 0) output.print('No plan was ever merged.');
  else output.print(renderPlanRecords(records, { width: output.width, color: output.hasColor }).trimEnd());
  output.printJson(rows);
}
