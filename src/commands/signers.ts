import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

export function registerSigners(program: Command): void {
  const signers = program.command('signers').description('who may approve plans by signature: signers.yaml');
  signers
    .command('import')
    .argument('<file>', 'in the format allowed_signers of OpenSSH')
    .description('add the people and keys of an allowed_signers file to signers.yaml')
    .action(async (file: string, _options: unknown, command: Command) => importFrom(file, command.optsWithGlobals()));
  signers
    .command('export')
    .description('print signers.yaml in the format allowed_signers of OpenSSH, for ssh-keygen -Y verify and git')
    .action(async (_options: unknown, command: Command) => exportList(command.optsWithGlobals()));
}

async function importFrom(file: string, options: CommonOptions): Promise<void> {
  const { context, output, signers } = await open(options);
  const made = await signers.importSigners(context, file);
  output.print(`${made.file}: ${made.keys === 1 ? '1 key' : `${made.keys} keys`} added from ${file}.`);
  if (made.otherUses > 0)
    output.print(`Left out: ${made.otherUses === 1 ? '1 line' : `${made.otherUses} lines`} for other namespaces.`);
  if (made.keys > 0)
    output.print(
      'Check names and roles, and merge it by a pull request of its own: it counts for plans merged after it.',
    );
  output.printJson('signers import', made);
}

async function exportList(options: CommonOptions): Promise<void> {
  const { context, output, signers } = await open(options);
  const text = await signers.exportSigners(context);
  output.print(text.trimEnd());
  output.printJson('signers export', { allowedSigners: text });
}

async function open(options: CommonOptions) {
  const [{ openContext }, { openOutput }, signers] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/setup/import-signers.ts'),
  ]);
  const { git, configuration } = await openContext(options);
  const { organisation } = configuration;
  return { context: { root: git.root, organisation }, output: openOutput(options), signers };
}
