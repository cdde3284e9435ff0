import type { Command } from 'commander';
import type { CommandContext, CommonOptions } from '../operations/context.ts';

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('test sources, Zivver, git and secrets, and say of every fault what it is and how to mend it')
    .option('--forge', 'instead what the forge can prove, and its settings against the checklist; needs its token')
    .option('--connect-timeout <seconds>', 'how long to wait for a connection', '5')
    .action(async (_options: unknown, command: Command) => doctor(command.optsWithGlobals()));
}

interface DoctorOptions extends CommonOptions {
  readonly connectTimeout: string;
  readonly forge?: boolean;
}

async function doctor(options: DoctorOptions): Promise<void> {
  const [{ openOutput }, { examine, examineWithoutConfiguration }, { renderChecks }, { exitCodeOf }, { formatChecks }] =
    await Promise.all([
      import('../operations/output.ts'),
      import('../operations/doctor/examine.ts'),
      import('../operations/doctor/render-checks.ts'),
      import('../operations/doctor/check.ts'),
      import('../operations/doctor/format-checks.ts'),
    ]);
  const output = openOutput(options);
  const context = await openContextOrRefusal(options);
  output.progress(options.forge === true ? 'Reading settings …' : 'Testing sources, Zivver and git …');
  const ask = options.forge === true ? (await import('../operations/doctor/forge/check-forge.ts')).checkForge : examine;
  const checks =
    context instanceof Error
      ? examineWithoutConfiguration(context)
      : await ask(await buildQuestion(context, options.connectTimeout));
  output.print(renderChecks(checks, { width: output.width, color: output.hasColor }));
  output.printJson('doctor', formatChecks(checks));
  process.exitCode = exitCodeOf(checks);
}

/** What `doctor` says, for another command whose result it is not. */
export async function printExamination(options: CommonOptions): Promise<void> {
  const [{ openOutput }, { examine }, { renderChecks }, { openContext }] = await Promise.all([
    import('../operations/output.ts'),
    import('../operations/doctor/examine.ts'),
    import('../operations/doctor/render-checks.ts'),
    import('../operations/context.ts'),
  ]);
  const output = openOutput(options);
  const checks = await examine(await buildQuestion(await openContext(options), '5'));
  output.print(renderChecks(checks, { width: output.width, color: output.hasColor }));
}

async function openContextOrRefusal(options: CommonOptions) {
  const [{ openContext }, { ReconcileError }] = await Promise.all([
    import('../operations/context.ts'),
    import('../model/errors.ts'),
  ]);
  try {
    return await openContext(options);
  } catch (error) {
    if (error instanceof ReconcileError && error.code !== 'CLI_USAGE') return error;
    throw error;
  }
}

async function buildQuestion({ configuration, git, version }: CommandContext, connectTimeout: string) {
  const [{ readConfiguredFile }, { parsePositive }] = await Promise.all([
    import('../operations/reading/configured-file.ts'),
    import('./console/parse-positive.ts'),
  ]);
  return {
    configuration,
    git,
    environment: process.env,
    now: () => new Date(),
    userAgent: `zivver-gitops/${version}`,
    readConfiguredFile,
    timeouts: { connectMs: parsePositive(connectTimeout, '--connect-timeout') * 1000, answerMs: 60_000 },
  };
}
