import type { Command } from 'commander';
import { ReconcileError } from '../model/errors.ts';
import { FORGE_KINDS } from '../model/forge/forges.ts';
import type { CommonOptions } from '../operations/context.ts';

interface IssueOptions extends CommonOptions {
  readonly code: string;
  readonly text: string;
  readonly forge?: string;
}

/** Adds `issue`: the alarm of the daily workflow. */
export function registerIssue(program: Command): void {
  program
    .command('issue')
    .argument('<kind>', 'drift, status or ledger')
    .description('for pipelines: open, edit or close the one issue that tells what a daily check found')
    .requiredOption('--code <code>', 'exit code of the check; 0 closes the issue')
    .requiredOption('--text <file>', 'what the check printed')
    .option('--forge <name>', `${FORGE_KINDS.join(', ')} (default: whose job this is)`)
    .action(async (kind: string, _options: unknown, command: Command) => issue(kind, command.optsWithGlobals()));
}

async function issue(given: string, options: IssueOptions): Promise<void> {
  const [{ readFile }, { openContext }, { openOutput }, { openForge }, pipeline, { runUrlOf }] = await Promise.all([
    import('node:fs/promises'),
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../adapters/forge/open-forge.ts'),
    import('../operations/proposal/issue.ts'),
    import('../model/forge/forges.ts'),
  ]);
  const kind = pipeline.ISSUE_KINDS.find((known) => known === given);
  if (kind === undefined || !/^\d{1,3}$/.test(options.code))
    throw new ReconcileError('CLI_USAGE', `issue ${given} --code ${options.code} is not known`, {
      remedy: 'Choose drift, status or ledger, and the exit code of the check.',
    });
  const { configuration, version } = await openContext(options);
  const forge = await openForge(options.forge, process.env, version);
  const text = await readFile(options.text, 'utf8');
  const { organisation } = configuration;
  const alarm = { organisation, kind, code: Number(options.code), text, runUrl: runUrlOf(process.env) };
  const told = await pipeline.writeIssue(forge, alarm);
  const output = openOutput(options);
  output.print(told);
  output.printJson('issue', { text: told });
}
