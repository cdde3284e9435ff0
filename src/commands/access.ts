import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';
import { parseCsvOptions, separatorOption, type CsvOptions } from './console/csv-option.ts';

interface AccessOptions extends CommonOptions, CsvOptions {
  readonly at?: string;
  readonly since?: string;
  readonly of?: string;
  readonly to?: string;
  readonly offline?: boolean;
}

export function registerAccess(program: Command): void {
  program
    .command('access')
    .description('who could log in and who could read whose mail at a moment, by the ledger; or what changed since')
    .option('--at <date>', 'the end of a day (2026-05-01) or a moment (2026-05-01T08:15Z), UTC; now if left out')
    .option('--of <address>', 'only this account: who could read it')
    .option('--to <address>', 'whose mail this person could read')
    .option('--since <date>', 'what changed between this date and --at')
    .option('--offline', 'from this clone alone; what could not be checked is told')
    .option('--csv', 'print a table for a spreadsheet, a reader a line')
    .addOption(separatorOption())
    .action(async (_options: unknown, command: Command) => access(command.optsWithGlobals()));
}

async function access({ at, since, of, to, offline, ...options }: AccessOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { readAudit }, { reportAccess }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/audit/read-audit.ts'),
    import('../operations/audit/report-access.ts'),
  ]);
  const context = await openContext(options);
  const question = { at: at ?? new Date().toISOString(), since, of, to, csv: parseCsvOptions(options) };
  const output = openOutput(options);
  const audit = await readAudit(context, { isOffline: offline === true });
  if (audit.unchecked !== null) output.progress(audit.unchecked);
  await reportAccess(context, audit, { question, output });
}
