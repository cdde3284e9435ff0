import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

interface HistoryOptions extends CommonOptions {
  readonly csv?: boolean;
}

export function registerHistory(program: Command): void {
  program
    .command('history')
    .argument('[address]', 'any address, alias or key the account ever had; all plans, one a line, if left out')
    .description('what happened to an account, why, who approved it and when; from git and the ledger')
    .option('--csv', 'print a table for a spreadsheet')
    .action(async (address: string | undefined, _options: unknown, command: Command) =>
      history(address, command.optsWithGlobals()),
    );
}

async function history(address: string | undefined, options: HistoryOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { readAudit }, { reportAccounts, reportPlans }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/audit/read-audit.ts'),
    import('../operations/audit/report-history.ts'),
  ]);
  const audit = await readAudit(await openContext(options));
  const target = { output: openOutput(options), isCsv: options.csv === true };
  if (address === undefined) reportPlans(audit, target);
  else reportAccounts(audit, address, target);
}
