import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

interface PlanOptions extends CommonOptions {
  readonly bootstrap?: boolean;
  readonly retryAliases?: boolean;
  readonly only?: readonly string[];
  readonly wave?: boolean;
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
    .option('--detailed-exitcode', 'exit 2 if the plan has changes, 0 if it has none')
    .action(async (_options: unknown, command: Command) => plan(command.optsWithGlobals()));
}

async function plan(options: PlanOptions): Promise<void> {
  const [
    { openContext },
    { openOutput },
    { makePlan },
    { writePlan },
    { renderTerminal },
    { renderNextStep },
    { isHeldBack, renderNoChanges },
  ] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/planning/make-plan.ts'),
    import('../operations/planning/write-plan.ts'),
    import('../model/review/terminal.ts'),
    import('../operations/planning/next-step.ts'),
    import('../operations/planning/no-changes.ts'),
  ]);
  const context = await openContext(options);
  const output = openOutput(options);
  const made = await makePlan(context, {
    bootstrap: options.bootstrap === true,
    retriesAliases: options.retryAliases === true,
    only: options.only,
    isWave: options.wave === true,
    now: new Date(),
    output,
  });
  const { folder } = await writePlan(context, made);
  if (made.isEmpty) {
    const heldBack = made.plan.body.exclusions.filter(isHeldBack);
    output.print(renderNoChanges({ holds: made.holds, heldBack }, output.width));
    output.printJson({ changes: 0, plan: null, heldBack });
    return;
  }
  output.print(renderTerminal(made.plan, { width: output.width, color: output.hasColor }));
  output.print(renderNextStep(context, { plan: made.plan, folder, width: output.width }));
  output.printJson({ changes: made.plan.body.changes.length, plan: folder, digest: made.plan.digest });
  if (options.detailedExitcode === true) process.exitCode = 2;
}
