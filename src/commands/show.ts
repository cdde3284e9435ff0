import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';
import { planArgument } from './verify.ts';

export function registerShow(program: Command): void {
  program
    .command('show')
    .argument('[plan]', 'name of the plan folder; the newest one if left out')
    .description('show the review of a plan in the terminal')
    .option('--markdown', 'print plan.md instead')
    .option('--html <file>', 'write a page for the browser, with search and filters, for plans with many changes')
    .action(async (name: string | undefined, _options: unknown, command: Command) =>
      show(name, command.optsWithGlobals()),
    );
}

interface ShowOptions extends CommonOptions {
  readonly markdown?: boolean;
  readonly html?: string;
}

async function show(given: string | undefined, options: ShowOptions): Promise<void> {
  const [
    { openContext },
    { openOutput },
    { findNewestPlan, verifyPlanFolder },
    { renderTerminal },
    { renderMarkdown },
  ] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../adapters/git/plan-folder.ts'),
    import('../model/review/terminal.ts'),
    import('../model/review/markdown.ts'),
  ]);
  const { git, configuration } = await openContext(options);
  const output = openOutput(options);
  const name = planArgument(given) ?? (await findNewestPlan(git.root, configuration.organisation));
  const { plan } = await verifyPlanFolder(git, configuration.organisation, name);
  if (options.html !== undefined) {
    const { writeReport } = await import('../operations/proposal/write-report.ts');
    await writeReport(plan, options.html);
    output.print(`Written: ${options.html}. It holds personal data; open it in a browser, it needs no network.`);
    output.printJson({ plan: name, html: options.html });
    return;
  }
  output.printJson(plan);
  if (output.isJson) return;
  if (options.markdown === true) {
    output.print(renderMarkdown(plan).trimEnd());
    return;
  }
  const { findPager, pageText } = await import('./console/page-text.ts');
  const text = renderTerminal(plan, { width: output.width, color: output.hasColor });
  await pageText(
    text.trimEnd(),
    findPager((page) => output.print(page)),
  );
}
