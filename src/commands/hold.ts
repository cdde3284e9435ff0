import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

interface HoldOptions extends CommonOptions {
  readonly until: string;
  readonly reason: string;
}

export function registerHold(program: Command): void {
  program
    .command('hold')
    .argument('<address>', 'of a managed account')
    .description(
      'write that plans leave an account as it is for a while (long leave), for review; changes nothing in Zivver',
    )
    .requiredOption(
      '--until <day>',
      'first day on which the source decides again, such as 2027-01-31; at most 365 days away',
    )
    .requiredOption('--reason <sentence>', 'why, for the review and for holds.yaml')
    .action(async (address: string, _options: unknown, command: Command) => hold(address, command.optsWithGlobals()));
}

async function hold(address: string, options: HoldOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { writeHold }, { escapeTerminal }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/planning/write-hold.ts'),
    import('../model/text/escape.ts'),
  ]);
  const context = await openContext(options);
  const output = openOutput(options);
  const { until, reason } = options;
  const written = await writeHold(context, { address, until, reason, now: new Date() });
  const file = `desired/${context.configuration.organisation}/holds.yaml`;
  output.print(
    `${escapeTerminal(written.address)} is on hold until ${written.expires} (${file}). Plans made here respect it from now on; commit it, or make a plan and commit both.`,
  );
  output.printJson('hold', { hold: written, file });
}
