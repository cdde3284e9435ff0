import type { Command } from 'commander';
import { ReconcileError } from '../model/errors.ts';
import type { CommonOptions } from '../operations/context.ts';
import { parseCsvOptions, separatorOption, type CsvOptions } from './console/csv-option.ts';

interface HistoryOptions extends CommonOptions, CsvOptions {
  readonly from?: string;
  readonly to?: string;
  readonly action?: string;
  readonly reason?: string;
  readonly class?: string;
  readonly offline?: boolean;
  readonly held?: string;
}

export function registerHistory(program: Command): void {
  program
    .command('history')
    .argument('[wanted]', 'an address, alias, key or name; a plan or its number; a change; left out: all plans')
    .description('what happened to an account, why, who approved it and when; from git and the ledger')
    .option('--from <date>', 'changes since this day (2026-05-01) or moment, UTC')
    .option('--to <date>', 'changes until the end of this day, or until this moment')
    .option('--action <action>', 'only: create, update, suspend, reactivate or delete')
    .option('--reason <reason>', 'only with this reason, for example unexplained')
    .option('--class <class>', 'only with such an effect: deletion, mailAccess, unexplained or ssoKey')
    .option(
      '--held <address>',
      'instead: where this repository holds something about a person, for a request of theirs',
    )
    .option('--offline', 'from this clone alone; what could not be checked is told')
    .option('--csv', 'print a table for a spreadsheet, a change a line')
    .addOption(separatorOption())
    .action(async (wanted: string | undefined, _options: unknown, command: Command) =>
      history(wanted ?? null, command.optsWithGlobals()),
    );
}

async function history(wanted: string | null, options: HistoryOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { readAudit }, { reportHistory, reportPlans }, { parseHistoryFilter }] =
    await Promise.all([
      import('../operations/context.ts'),
      import('../operations/output.ts'),
      import('../operations/audit/read-audit.ts'),
      import('../operations/audit/report-history.ts'),
      import('../operations/audit/history-filter.ts'),
    ]);
  const filter = parseHistoryFilter(options);
  const csv = parseCsvOptions(options);
  const isFiltered = Object.values(filter).some((value) => value !== null);
  if (options.held !== undefined && (wanted !== null || isFiltered || csv !== null)) throw heldAlone();
  const output = openOutput(options);
  const context = await openContext(options);
  const audit = await readAudit(context, { isOffline: options.offline === true });
  if (audit.unchecked !== null) output.progress(audit.unchecked);
  if (options.held !== undefined) {
    const { reportHeld } = await import('../operations/audit/held/report-held.ts');
    return reportHeld(context, audit, { wanted: options.held, output });
  }
  const target = { output, csv };
  if (wanted === null && !isFiltered) reportPlans(audit, target);
  else {
    const { readDecisionsOf } = await import('../operations/audit/read-decisions-of.ts');
    reportHistory(audit, { wanted, filter, decisions: await readDecisionsOf(context, audit) }, target);
  }
}

function heldAlone(): ReconcileError {
  return new ReconcileError('CLI_USAGE', '--held asks a question of its own', {
    remedy: 'Give it alone: zivver-gitops history --held ADDRESS (and --json)',
  });
}
