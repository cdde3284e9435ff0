import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

interface PruneOptions extends CommonOptions {
  readonly olderThan: string;
}

export function registerPrune(program: Command): void {
  program
    .command('prune')
    .description('remove old applied plans from the work tree; git and the ledger keep them')
    .requiredOption('--older-than <days>', 'age since the plan was made, for example 365d')
    .action(async (_options: unknown, command: Command) => prune(command.optsWithGlobals()));
}

async function prune(options: PruneOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { prunePlans }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/audit/prune-plans.ts'),
  ]);
  const context = await openContext(options);
  const output = openOutput(options);
  const { removed, kept } = await prunePlans(context, { olderThan: options.olderThan, now: new Date() });
  const { organisation } = context.configuration;
  for (const name of removed) output.print(`removed  plans/${organisation}/${name}`);
  for (const { name, why } of kept) output.print(`kept     plans/${organisation}/${name}: ${why}`);
  output.print(removed.length === 0 ? 'Nothing to remove.' : renderNext(organisation, removed.length));
  output.printJson('prune', { removed, kept });
}

function renderNext(organisation: string, count: number): string {
  return [
    '',
    'They stay in the history of git, and the ledger is untouched. To make it so for everybody, open a pull request with:',
    `  git add --all plans/${organisation}`,
    `  git commit --message "Remove ${count === 1 ? 'one old plan' : `${count} old plans`} of ${organisation}"`,
  ].join('\n');
}
