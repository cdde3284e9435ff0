import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

interface PlanOptions extends CommonOptions {
  readonly bootstrap?: boolean;
  readonly retryAliases?: boolean;
  readonly retryFailed?: boolean;
  readonly only?: readonly string[];
  readonly wave?: boolean;
  readonly html?: string;
  readonly detailedExitcode?: boolean;
}

export function registerPlan(program: Command): void {
  program
    .command('plan')
    .description(
      'read Active Directory and Zivver, write the desired files and a plan for review; changes nothing in Zivver',
    )
    .option('--bootstrap', 'the first plan: creates and adoptions only, without the limit on creates')
    .option('--only <addresses...>', 'a pilot: plan these accounts alone; addresses, or a file with one a line')
    .option('--wave', 'as much of what takes nothing away as the limits allow; the rest waits for the next plan')
    .option('--retry-aliases', 'ask again for aliases that Zivver refused when a plan was applied')
    .option('--retry-failed', 'ask again for changes that Zivver refused in two plans')
    .option('--html <file>', 'write the review as a page for the browser too, also of a plan that is refused')
    .option('--detailed-exitcode', 'exit 2 if the plan has changes or accounts are open, else 0')
    .action(async (_options: unknown, command: Command) => plan(command.optsWithGlobals()));
}

async function plan(options: PlanOptions): Promise<void> {
  const [
    { openContext },
    { openOutput },
    { makePlan },
    { writePlan },
    { renderTerminal },
    { renderFirstPlan, renderNextStep },
    { renderNoChanges },
    { removeReport, writeReport },
  ] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/planning/make-plan.ts'),
    import('../operations/planning/write-plan.ts'),
    import('../model/review/terminal.ts'),
    import('../operations/planning/next-step.ts'),
    import('../operations/planning/no-changes.ts'),
    import('../operations/proposal/write-report.ts'),
  ]);
  if (options.html !== undefined) await removeReport(options.html);
  const context = await openContext(options);
  const output = openOutput(options);
  const made = await makePlan(context, {
    bootstrap: options.bootstrap === true,
    retriesAliases: options.retryAliases === true,
    retriesFailed: options.retryFailed === true,
    only: options.only,
    isWave: options.wave === true,
    whenRefused: async (plan) => (options.html === undefined ? undefined : writeReport(plan, options.html)),
    now: new Date(),
    output,
  });
  const { folder } = await writePlan(context, made);
  if (options.html !== undefined && !made.isEmpty) await writeReport(made.plan, options.html);
  if (made.isEmpty) {
    const { open, accounting } = made.plan.body;
    output.print(renderNoChanges(made.plan.body, { width: output.width, color: output.hasColor }));
    output.printJson('plan', { changes: 0, plan: null, open, accounting });
    if (options.detailedExitcode === true && open.length > 0) process.exitCode = 2;
    return;
  }
  output.print(renderTerminal(made.plan, { width: output.width, color: output.hasColor }));
  output.print(renderNextStep(context, { plan: made.plan, folder, width: output.width }));
  if (made.canBootstrap) output.print(`\n${renderFirstPlan(output)}`);
  const { changes, open, accounting } = made.plan.body;
  output.printJson('plan', { changes: changes.length, plan: folder, digest: made.plan.digest, open, accounting });
  if (options.detailedExitcode === true) process.exitCode = 2;
}
