import type { Command } from 'commander';
import type { CommandContext, CommonOptions } from '../operations/context.ts';

interface AttributesOptions extends CommonOptions {
  readonly sample?: string;
  readonly all?: boolean;
}

export function registerAttributes(program: Command): void {
  program
    .command('attributes')
    .description('show which attributes have values, how many, examples (masked), and what they could map to')
    .option('--sample <n>', 'look only at the first n entries of each source')
    .option('--all', 'also list what the directory keeps for itself')
    .action(async (_options: unknown, command: Command) => attributes(command.optsWithGlobals()));
}

async function attributes(options: AttributesOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { describeSources }, { renderAttributes }, { parsePositive }] =
    await Promise.all([
      import('../operations/context.ts'),
      import('../operations/output.ts'),
      import('../operations/explore/describe-sources.ts'),
      import('../operations/explore/render-attributes.ts'),
      import('./console/parse-positive.ts'),
    ]);
  const sample = options.sample === undefined ? null : parsePositive(options.sample, '--sample');
  const { configuration }: CommandContext = await openContext(options);
  const output = openOutput(options);
  const sources = await describeSources(configuration, { sample, output });
  const { width, hasColor: color } = output;
  output.print(renderAttributes(sources, { width, color, all: options.all === true }));
  output.printJson('attributes', { sources });
}
