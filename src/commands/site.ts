import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

interface SiteOptions extends CommonOptions {
  readonly offline?: boolean;
  readonly names?: boolean;
}

export function registerSite(program: Command): void {
  program
    .command('site')
    .argument('<folder>', 'where the page is written')
    .description('a page with figures of every organisation by week, from git and the ledger; without names')
    .option('--names', 'also the newest people who came, left or were let into mail')
    .option('--offline', 'from this clone alone')
    .action(async (folder: string, _options: unknown, command: Command) => site(folder, command.optsWithGlobals()));
}

async function site(folder: string, options: SiteOptions): Promise<void> {
  const [{ openRepository }, { openOutput }, { readSite, writeSite }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/audit/site/write-site.ts'),
  ]);
  const output = openOutput(options);
  const showsNames = options.names === true;
  const fleet = await readSite({ ...(await openRepository(options)), isOffline: options.offline === true, showsNames });
  const file = await writeSite(fleet, folder);
  output.print(
    `Written: ${file}. ${showsNames ? 'It holds personal data' : 'It names nobody'}; open it in a browser, it needs no network.`,
  );
  output.printJson('site', { file, organisations: fleet });
}
