import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';
import { parseCsvOptions, separatorOption, type CsvOptions } from './console/csv-option.ts';

interface PreviewOptions extends CommonOptions, CsvOptions {
  readonly filter?: string;
}

export function registerPreview(program: Command): void {
  program
    .command('preview')
    .description('show who of the source gets which account, and who does not and why; does not look at Zivver')
    .option('--filter <text>', 'only what has this text in a name, a DN or an address')
    .option('--csv', 'print a table for spreadsheets')
    .addOption(separatorOption())
    .action(async (_options: unknown, command: Command) => preview(command.optsWithGlobals()));
}

async function preview(options: PreviewOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { readSources }, { buildPreview, searchPreview }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/reading/read-sources.ts'),
    import('../operations/explore/preview.ts'),
  ]);
  const csv = parseCsvOptions(options);
  const { configuration } = await openContext(options);
  const output = openOutput(options);
  output.progress(`Reading ${configuration.sources.map(({ name }) => name).join(', ')} …`);
  const now = new Date();
  const whole = buildPreview({ configuration, now, sources: await readSources(configuration, now) });
  const search = options.filter ?? null;
  const shown = search === null ? whole : searchPreview(whole, search);
  output.printJson('preview', shown);
  if (output.isJson) return;
  output.endProgress();
  const [{ renderPreview }, { tableOfPreview }, { escapeTerminal }, { findPager, pageText }] = await Promise.all([
    import('../operations/explore/render-preview.ts'),
    import('../operations/explore/table-of-preview.ts'),
    import('../model/text/escape.ts'),
    import('./console/page-text.ts'),
  ]);
  if (csv !== null) {
    output.printCsv(process.stdout.isTTY === true ? tableOfPreview(shown, escapeTerminal) : tableOfPreview(shown), csv);
    return;
  }
  const text = renderPreview(shown, { width: output.width, color: output.hasColor, search });
  await pageText(
    text,
    findPager((page) => output.print(page)),
  );
}
