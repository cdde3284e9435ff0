import type { Command } from 'commander';
import { ReconcileError } from '../model/errors.ts';
import type { CommonOptions } from '../operations/context.ts';

interface NotifyOptions extends CommonOptions {
  readonly after?: string;
  readonly code?: string;
  readonly text?: string;
  readonly test?: boolean;
}

export function registerNotify(program: Command): void {
  program
    .command('notify')
    .description(
      'tell by mail and webhook what organisation.yaml says (notify:), each thing once; what fails is told by status and never fails a job',
    )
    .option('--after <job>', 'plan, apply or daily: the job that ended')
    .option('--code <code>', 'its exit code', '0')
    .option('--text <file>', 'what it printed, for those who may see names')
    .option('--test', 'send a message to everybody whom a rule names')
    .action(async (_options: unknown, command: Command) => notify(command.optsWithGlobals()));
}

const JOBS = ['plan', 'apply', 'daily'] as const;

async function notify(options: NotifyOptions): Promise<void> {
  const [{ readFile }, { openContext }, { openOutput }, { tell, tellTest }, { reportTold }] = await Promise.all([
    import('node:fs/promises'),
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/notify/tell.ts'),
    import('../operations/notify/report-told.ts'),
  ]);
  const during = JOBS.find((job) => job === options.after);
  const { code = '0', test = false } = options;
  if ((during === undefined) !== test || !/^\d{1,3}$/.test(code))
    throw new ReconcileError('CLI_USAGE', 'notify does not know which job ended, or how', {
      remedy: 'Use --after plan, apply or daily with the exit code of that job (--code 0), or --test.',
    });
  const context = await openContext(options);
  const request = { now: () => new Date(), environment: process.env };
  const printed = options.text === undefined ? '' : await readFile(options.text, 'utf8').catch(() => '');
  const text = printed.split('\n').filter((line) => line.trim() !== '');
  const told =
    during === undefined
      ? await tellTest(context, request)
      : await tell(context, { ...request, during, code: Number(code), text });
  reportTold(told, { isConfigured: context.configuration.notify !== null }, openOutput(options));
}
