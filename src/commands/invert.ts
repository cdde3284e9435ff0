import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';
import { planArgument } from './verify.ts';

interface InvertOptions extends CommonOptions {
  readonly reason?: string;
  readonly holdDays: string;
}

export function registerInvert(program: Command): void {
  program
    .command('invert')
    .argument('<plan>', 'name, number or beginning of the digest of an applied plan')
    .description('write the rollback of a plan as a new plan for review; changes nothing in Zivver')
    .option('--reason <sentence>', 'why, for the review and for holds.yaml')
    .option('--hold-days <days>', 'so long the next plans leave the restored accounts as they are', '30')
    .action(async (name: string, _options: unknown, command: Command) => invert(name, command.optsWithGlobals()));
}

async function invert(given: string, options: InvertOptions): Promise<void> {
  const [
    { openContext },
    { openOutput },
    { makeRollback },
    { writePlan },
    { renderTerminal },
    { renderNextStep },
    { findPlanName },
    { factPhrase, factText },
    { renderParagraph },
    { default: picocolors },
  ] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/rollback/make-rollback.ts'),
    import('../operations/planning/write-plan.ts'),
    import('../model/review/terminal.ts'),
    import('../operations/planning/next-step.ts'),
    import('../adapters/git/find-plan.ts'),
    import('../model/facts/fact.ts'),
    import('../model/text/terminal-phrase.ts'),
    import('picocolors'),
  ]);
  const context = await openContext(options);
  const output = openOutput(options);
  const name = await findPlanName(context.git, context.configuration.organisation, planArgument(given) ?? given);
  const made = await makeRollback(context, {
    name,
    now: new Date(),
    reason: options.reason ?? `rollback of plan ${name}`,
    holdDays: options.holdDays,
    output,
  });
  if (made.isEmpty) {
    output.print(`Nothing to undo: Zivver is as it was before plan ${name}, or cannot be brought back to it.`);
    const page = { width: output.width, colors: picocolors.createColors(output.hasColor) };
    for (const note of made.plan.body.notes) output.print(renderParagraph(factPhrase(note), '  ', page).join('\n'));
    output.printJson('invert', { changes: 0, plan: null, notes: made.plan.body.notes.map(factText) });
    return;
  }
  const { folder } = await writePlan(context, made);
  output.print(renderTerminal(made.plan, { width: output.width, color: output.hasColor }));
  output.print(renderNextStep(context, { plan: made.plan, folder, width: output.width }));
  const { changes, notes } = made.plan.body;
  const told = { changes: changes.length, plan: folder, digest: made.plan.digest, notes: notes.map(factText) };
  output.printJson('invert', told);
}
