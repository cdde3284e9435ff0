import type { Command } from 'commander';
import type { CommandContext, CommonOptions } from './context.ts';

interface PlanOptions extends CommonOptions {
  readonly bootstrap?: boolean;
  readonly detailedExitcode?: boolean;
}

export function registerPlan(program: Command): void {
  program
    .command('plan')
    .description(
      'read Active Directory and Zivver, write the desired files and a plan for review; changes nothing in Zivver',
    )
    .option('--bootstrap', 'the first plan: creates and adoptions only, without the limit on creates')
    .option('--detailed-exitcode', 'exit 2 if the plan has changes, 0 if it has none')
    .action(async (_options: unknown, command: Command) => plan(command.optsWithGlobals()));
}

async function plan(options: PlanOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { makePlan }, { writePlan }, { renderTerminal }, { wrapText }] =
    await Promise.all([
      import('./context.ts'),
      import('./output.ts'),
      import('./make-plan.ts'),
      import('./write-plan.ts'),
      import('../review/terminal.ts'),
      import('../review/terminal-layout.ts'),
    ]);
  const context = await openContext(options);
  const output = openOutput(options);
  const made = await makePlan(context, { bootstrap: options.bootstrap === true, now: new Date(), output });
  if (made.isEmpty) {
    await writePlan(context, { ...made, plan: null });
    output.print('No changes: Zivver is as the source wants it.');
    output.printJson({ changes: 0, plan: null });
    return;
  }
  const written = await writePlan(context, made);
  output.print(renderTerminal(made.plan, { width: output.width, color: output.hasColor }));
  output.print(renderNextStep(context, written.folder, (text) => wrapText(text, output.width).join('\n')));
  output.printJson({ changes: made.plan.body.changes.length, plan: written.folder, digest: made.plan.digest });
  if (options.detailedExitcode === true) process.exitCode = 2;
}

function renderNextStep({ configuration }: CommandContext, folder: string, wrap: (text: string) => string): string {
  const { organisation, approval } = configuration;
  const people = approval.github?.minimumApprovals ?? 0;
  const reviewed = people === 0 ? '' : `have it approved by ${people} ${people === 1 ? 'person' : 'people'}, `;
  return [
    wrap(`The review is ${folder}/plan.md.`),
    wrap(
      `To approve it, commit desired/${organisation} and plans/${organisation}, open a pull request to ` +
        `${approval.branch}, ${reviewed}and merge it. Nothing happens in Zivver before that; then: zivver-gitops apply`,
    ),
  ].join('\n');
}
