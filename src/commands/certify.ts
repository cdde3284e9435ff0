import type { Command } from 'commander';
import { ReconcileError } from '../model/errors.ts';
import type { CommonOptions } from '../operations/context.ts';

interface StartOptions extends CommonOptions {
  readonly scope: string;
  readonly due: string;
}

/** Adds `certify`: owners look again at who can read their mailboxes. */
export function registerCertify(program: Command): void {
  const group = program
    .command('certify')
    .description('recertification: owners decide again who may read their mailboxes');
  group
    .command('start')
    .description('write one file a mailbox with its readers and evidence, for its owner to decide by pull request')
    .requiredOption('--scope <scope>', 'functional (accounts of a function) or delegates (accounts of people)')
    .requiredOption('--due <day>', 'last day to decide, such as 2027-01-31')
    .action(async (_options: unknown, command: Command) => start(command.optsWithGlobals()));
  group
    .command('status')
    .description('what is decided, undecided and overdue, and who reads on although refused')
    .action(async (_options: unknown, command: Command) => status(command.optsWithGlobals()));
}

async function start({ scope: given, due, ...options }: StartOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { CERTIFICATION_SCOPES }, { startCertification }, { reportStarted }] =
    await Promise.all([
      import('../operations/context.ts'),
      import('../operations/output.ts'),
      import('../model/certify/certification.ts'),
      import('../operations/certify/start-certification.ts'),
      import('../operations/certify/report-certification.ts'),
    ]);
  const scope = CERTIFICATION_SCOPES.find((known) => known === given);
  if (scope === undefined)
    throw new ReconcileError('CLI_USAGE', `There is no scope ${given}`, {
      remedy: `Name one of: ${CERTIFICATION_SCOPES.join(', ')}.`,
    });
  const context = await openContext(options);
  reportStarted(await startCertification(context, { scope, due, now: new Date() }), openOutput(options));
}

async function status(options: CommonOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { readCertificationStatus }, { reportCertifications }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/certify/certification-status.ts'),
    import('../operations/certify/report-certification.ts'),
  ]);
  reportCertifications(await readCertificationStatus(await openContext(options), new Date()), openOutput(options));
}
