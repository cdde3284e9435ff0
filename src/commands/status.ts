import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('what was merged and is not applied, who is applying, what to do next; needs no key of Zivver')
    .action(async (_options: unknown, command: Command) => status(command.optsWithGlobals()));
}

async function status(options: CommonOptions): Promise<void> {
  const [{ openContextIn, openRepository }, { openOutput }, { readStatus }, { reportStatus }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/audit/read-status.ts'),
    import('../operations/audit/report-status.ts'),
  ]);
  const { git, organisations } = await openRepository(options);
  const now = new Date();
  const found = [];
  for (const organisation of organisations)
    found.push(await readStatus(await openContextIn(git, { ...options, organisation }), now));
  reportStatus(found, openOutput(options));
}
