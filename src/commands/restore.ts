import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

interface RestoreOptions extends CommonOptions {
  readonly reason?: string;
  readonly holdDays: string;
}

export function registerRestore(program: Command): void {
  program
    .command('restore')
    .argument('<address>', 'of a person whom a plan has suspended')
    .description(
      'the way back for one person: reactivation, delegates and memberships as they were and a hold, as a small plan for review',
    )
    .option('--reason <sentence>', 'why, for the review and for holds.yaml')
    .option('--hold-days <days>', 'so long the next plans leave the account as it is', '30')
    .action(async (address: string, _options: unknown, command: Command) =>
      restore(address, command.optsWithGlobals()),
    );
}

async function restore(person: string, options: RestoreOptions): Promise<void> {
  const [
    { openContext },
    { openOutput },
    { makeRollback },
    { writePlan },
    { renderTerminal },
    { renderNextStep },
    { factText },
  ] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/rollback/make-rollback.ts'),
    import('../operations/planning/write-plan.ts'),
    import('../model/review/terminal.ts'),
    import('../operations/planning/next-step.ts'),
    import('../model/facts/fact.ts'),
  ]);
  const context = await openContext(options);
  const output = openOutput(options);
  const { holdDays, reason = `${person} was suspended and comes back` } = options;
  const made = await makeRollback(context, { name: '', person, now: new Date(), reason, holdDays, output });
  const { folder } = await writePlan(context, made);
  output.print(renderTerminal(made.plan, { width: output.width, color: output.hasColor }));
  output.print(renderNextStep(context, { plan: made.plan, folder, width: output.width }));
  const { changes, notes } = made.plan.body;
  const told = { changes: changes.length, plan: folder, digest: made.plan.digest, notes: notes.map(factText) };
  output.printJson('restore', told);
}
