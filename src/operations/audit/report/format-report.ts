import type { CsvRows } from '../../../model/text/csv.ts';
import { escapeTerminal } from '../../../model/text/escape.ts';
import { COLUMNS, type AuditReport, type ReportRow } from './audit-report.ts';

const NAMES = Object.keys(COLUMNS) as (keyof ReportRow)[];

/** One table for a spreadsheet: the part and its controls with every row. */
export function tableOfReport({ parts }: AuditReport): CsvRows {
  const rows = parts.flatMap(({ id, controls, rows: own }) =>
    own.map((row) => [id, controls.join('; '), ...NAMES.map((name) => escapeTerminal(row[name]))]),
  );
  return [['part', 'controls', ...NAMES], ...rows];
}

/** The columns in which some row says something. */
export function columnsUsed(rows: readonly ReportRow[]): readonly (keyof ReportRow)[] {
  return NAMES.filter((name) => rows.some((row) => row[name] !== ''));
}
