import type { AuditReport } from '../../../src/operations/audit/report/audit-report.ts';

export function checkReport(given: {
  readonly repository: string;
  readonly organisation: string;
  readonly report: AuditReport;
  readonly requestLog: { readonly file: string; readonly byHand: number };
}): string[];
