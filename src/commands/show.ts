import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';
import { planArgument } from './verify.ts';

export function registerShow(program: Command): void {
  program
    .command('show')
    .argument('[plan]', 'name, number or digest, also of a plan that was removed since; the newest one if left out')
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
    { findPlanName, readAnyPlan },
    { renderTerminal },
    { renderMarkdown },
    { removeReport, writeReport },
  ] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../adapters/git/plan-folder.ts'),
    import('../adapters/git/find-plan.ts'),
    import('../model/review/terminal.ts'),
    import('../model/review/markdown.ts'),
    import('../operations/proposal/write-report.ts'),
  ]);
  if (options.html !== undefined) await removeReport(options.html);
  const { git, configuration } = await openContext(options);
  const output = openOutput(options);
  const { organisation } = configuration;
  const asked = planArgument(given);
  const name =
    asked === undefined ? await findNewestPlan(git.root, organisation) : await findPlanName(git, organisation, asked);
  // An older plan no longer fits the desired files of today: its digest is proven, and its review rendered anew.
  const { plan, commit } =
    asked === undefined
      ? { ...(await verifyPlanFolder(git, organisation, name)), commit: null }
      : await readAnyPlan(git, organisation, name);
  if (commit !== null) output.progress(`Plan ${name} as commit ${commit} has it`);
  output.endProgress();
  if (options.html !== undefined) {
    await writeReport(plan, options.html);
    output.print(`Written: ${options.html}. It holds personal data; open it in a browser, it needs no network.`);
    output.printJson('show', { plan: name, html: options.html });
    return;
  }
  output.printJson('show', plan);
  if (output.isJson) return;
  if (options.markdown === true) return output.print(renderMarkdown(plan).trimEnd());
  const { findPager, pageText } = await import('./console/page-text.ts');
  const text = renderTerminal(plan, { width: output.width, color: output.hasColor });
  await pageText(
    text.trimEnd(),
    findPager((page) => output.print(page)),
  );
}
