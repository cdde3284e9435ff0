import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

export function registerDrift(program: Command): void {
  program
    .command('drift')
    .description('what is in Zivver otherwise than approved on the branch; reads Zivver, changes nothing')
    .action(async (_options: unknown, command: Command) => drift(command.optsWithGlobals()));
}

async function drift(options: CommonOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { readDrift }, { renderDrift }, { ReconcileError }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/audit/read-drift.ts'),
    import('../operations/audit/render-drift.ts'),
    import('../model/errors.ts'),
  ]);
  const output = openOutput(options);
  const report = await readDrift(await openContext(options), { now: new Date(), output });
  output.print(renderDrift(report, { width: output.width, color: output.hasColor }).trimEnd());
  output.printJson('drift', report);
  if (report.differing === 0) return;
  throw new ReconcileError(
    'DRIFT_FOUND',
    `${report.differing === 1 ? 'One account is' : `${report.differing} accounts are`} not as approved`,
    {
      remedy:
        'Find out who changed it, in Zivver or on the branch; what the source still wants is put right by: zivver-gitops plan',
    },
  );
}
