import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

interface DemoOptions extends CommonOptions {
  readonly keep?: string;
}

/** Adds `demo`: the whole story, told with the real program. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('the whole story on a sandbox and an example organisation, in a temporary git repository')
    .option('--keep <folder>', 'play in this new or empty folder instead of a temporary one')
    .action(async (_options: unknown, command: Command) => demo(command.optsWithGlobals()));
}

async function demo({ keep, ...options }: DemoOptions): Promise<void> {
  const [{ openOutput }, { Narrator }, { playDemo }] = await Promise.all([
    import('../operations/output.ts'),
    import('../demo/narrator.ts'),
    import('../demo/play-demo.ts'),
  ]);
  const output = openOutput(options);
  const { hasColor, width, isJson } = output;
  const narrator = new Narrator({
    write: (text) => void (isJson || process.stdout.write(text)),
    width: Math.min(width, 80) - 1,
    hasColor,
    isTerminal: process.stdout.isTTY === true && !isJson,
  });
  const [, script = ''] = process.argv;
  const program = { node: process.execPath, args: [...process.execArgv, script] };
  output.printJson('demo', await playDemo({ folder: keep, narrator, program }));
}
