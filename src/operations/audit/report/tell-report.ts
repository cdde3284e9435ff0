import { writeFile } from 'node:fs/promises';
import { ReconcileError } from '../../../model/errors.ts';
import type { Separator } from '../../../model/text/csv.ts';
import type { Output } from '../../output.ts';
import type { AuditReport } from './audit-report.ts';
import { tableOfReport } from './format-report.ts';
import { renderReport } from './render-report.ts';
import { renderReportHtml } from './render-report-html.ts';

/** Null: no page is asked for. */
export async function tellReport(
  report: AuditReport,
  { html, csv }: { readonly html: string | null; readonly csv: Separator | null },
  output: Output,
): Promise<void> {
  if (html !== null) {
    await writePage(renderReportHtml(report), html);
    output.print(`Written: ${html}. It holds personal data; open it in a browser, it needs no network.`);
    output.printJson('report', { html });
    return;
  }
  if (csv !== null) output.printCsv(tableOfReport(report), csv);
  else output.print(renderReport(report, { width: output.width, color: output.hasColor }).trimEnd());
  output.printJson('report', report);
}

/** Readable only by its owner where the system can do that. */
async function writePage(page: string, file: string): Promise<void> {
  await writeFile(file, page, { mode: 0o600 }).catch((cause: unknown) => {
    throw new ReconcileError('CLI_USAGE', `${file} cannot be written`, {
      remedy: 'Name a file in a folder that exists and that you may write to.',
      cause,
    });
  });
}
