import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';
import { planArgument } from './verify.ts';

interface ApplyOptions extends CommonOptions {
  readonly resume?: boolean;
  readonly abandon?: boolean;
}

export function registerApply(program: Command): void {
  program
    .command('apply')
    .argument('[plan]', 'name, number or beginning of the digest; the newest one if left out')
    .description('replay an approved plan against Zivver; refuses whatever was not reviewed, merged and still true')
    .option('--resume', 'take over from an apply that died on another machine; its run must be over')
    .option(
      '--abandon',
      'close an apply that died and cannot go on, without writing to Zivver; its run must be over, and a new plan follows',
    )
    .action(async (name: string | undefined, _options: unknown, command: Command) =>
      apply(name, command.optsWithGlobals()),
    );
}

async function apply(given: string | undefined, options: ApplyOptions): Promise<void> {
  const { tellFullDisk } = await import('../operations/apply/full-disk.ts');
  await applyOrAbandon(given, options).catch((error: unknown) => {
    throw tellFullDisk(error);
  });
  // The ledger has the result, also if nobody could be shown it.
  process.exitCode = 0;
}

async function applyOrAbandon(given: string | undefined, options: ApplyOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { choosePlanName }, { runApply }, { reportApply }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../adapters/git/find-plan.ts'),
    import('../operations/apply/run-apply.ts'),
    import('../operations/apply/report-apply.ts'),
  ]);
  const context = await openContext(options);
  const output = openOutput(options);
  if (options.abandon === true) {
    const { abandonPlan } = await import('../operations/apply/abandon-plan.ts');
    const asked = planArgument(given);
    const name =
      asked === undefined ? undefined : await choosePlanName(context.git, context.configuration.organisation, asked);
    return abandonPlan(context, { name, isResume: options.resume === true, output });
  }
  const name = await choosePlanName(context.git, context.configuration.organisation, planArgument(given));
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  process.on('SIGINT', abort).on('SIGTERM', abort).on('SIGHUP', abort);
  const result = await runApply(context, { name, output, isTakeover: options.resume === true, signal: stop.signal });
  reportApply(result, output);
}
