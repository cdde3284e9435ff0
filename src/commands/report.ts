import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';
import { parseCsvOptions, separatorOption, type CsvOptions } from './console/csv-option.ts';

interface ReportOptions extends CommonOptions, CsvOptions {
  readonly from: string;
  readonly to: string;
  readonly html?: string;
  readonly offline?: boolean;
}

export function registerReport(program: Command): void {
  program
    .command('report')
    .description('joiners, movers, leavers, access and approvals of a time for an auditor, from git and the ledger')
    .requiredOption('--from <date>', 'since this day (2026-01-01) or moment, UTC')
    .requiredOption('--to <date>', 'until the end of this day, or until this moment')
    .option('--html <file>', 'write a page for the browser or the printer, with every row')
    .option('--csv', 'print one table for a spreadsheet, with every row')
    .addOption(separatorOption())
    .option('--offline', 'from this clone alone; what could not be checked is told')
    .action(async (_options: unknown, command: Command) => report(command.optsWithGlobals()));
}

async function report({ from, to, html, offline, ...options }: ReportOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { readAudit }, { readReport }, { tellReport }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/audit/read-audit.ts'),
    import('../operations/audit/report/read-report.ts'),
    import('../operations/audit/report/tell-report.ts'),
  ]);
  const csv = parseCsvOptions(options);
  const output = openOutput(options);
  const context = await openContext(options);
  const audit = await readAudit(context, { isOffline: offline === true });
  if (audit.unchecked !== null) output.progress(audit.unchecked);
  await tellReport(await readReport(context, audit, { from, to }), { html: html ?? null, csv }, output);
}
