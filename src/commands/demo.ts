import type { Command } from 'commander';

/** Adds `demo`: the whole story, told with the real program. */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('the whole story on a sandbox and an example organisation, in a temporary git repository')
    .option('--keep <folder>', 'play in this new or empty folder instead of a temporary one')
    .action(async ({ keep }: { readonly keep?: string }) => demo(keep));
}

async function demo(folder: string | undefined): Promise<void> {
  const [{ openOutput }, { Narrator }, { playDemo }] = await Promise.all([
    import('../operations/output.ts'),
    import('../demo/narrator.ts'),
    import('../demo/play-demo.ts'),
  ]);
  const { hasColor, width } = openOutput({});
  const narrator = new Narrator({
    write: (text) => void process.stdout.write(text),
    width: Math.min(width, 80) - 1,
    hasColor,
    isTerminal: process.stdout.isTTY === true,
  });
  const [, script = ''] = process.argv;
  await playDemo({ folder, narrator, program: { node: process.execPath, args: [...process.execArgv, script] } });
}
