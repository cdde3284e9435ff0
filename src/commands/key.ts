import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

interface KeyOptions extends CommonOptions {
  readonly file?: string;
}

export function registerKey(program: Command): void {
  program
    .command('key')
    .description('the keys that keep secrets out of git, and sign the ledger')
    .command('new')
    .argument(
      '<kind>',
      'identity: opens sealed plans, for the apply job · fingerprint: hides mobile numbers, for the planner · ledger: signs what was applied, for the apply job',
    )
    .description('make a key outside the repository and say what belongs into organisation.yaml')
    .option('--file <file>', 'where to write it; default: beside the repository')
    .action(async (kind: string, _options: unknown, command: Command) => newKey(kind, command.optsWithGlobals()));
}

async function newKey(kind: string, options: KeyOptions): Promise<void> {
  const [{ openOutput }, { GitRepository }, { makeNewKey }] = await Promise.all([
    import('../operations/output.ts'),
    import('../adapters/git/repository.ts'),
    import('../operations/setup/new-key.ts'),
  ]);
  const output = openOutput(options);
  const { root } = await GitRepository.open(process.cwd());
  const { lines, ...made } = await makeNewKey(kind, { root, file: options.file, now: new Date() });
  for (const line of lines) output.print(line);
  output.printJson('key new', made);
}
