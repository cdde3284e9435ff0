import type { Command } from 'commander';
import type { Statement } from '../model/schema/generated/statement.ts';
import type { CommonOptions } from '../operations/context.ts';
import { planArgument } from './verify.ts';

interface DecisionOptions extends CommonOptions {
  readonly key?: string;
  readonly remark?: string;
  readonly yes?: boolean;
}

export function registerApprove(program: Command): void {
  register(program, 'approve', 'show a plan, ask, and sign with your SSH key that you approve it');
  register(program, 'reject', 'show a plan, ask, and sign with your SSH key that it must not be applied');
}

function register(program: Command, decision: Statement['decision'], description: string): void {
  program
    .command(decision)
    .argument('[plan]', 'name, number or beginning of the digest; the newest one if left out')
    .description(`${description}; who may is in signers.yaml`)
    .option('--key <file>', 'your SSH key (default: the one of git, of the agent or of ~/.ssh that signers.yaml lists)')
    .option('--remark <text>', 'words that are signed too')
    .option('--yes', 'do not ask: you have read plan.md')
    .action(async (name: string | undefined, _options: unknown, command: Command) =>
      decide(decision, name, command.optsWithGlobals()),
    );
}

async function decide(
  decision: Statement['decision'],
  given: string | undefined,
  options: DecisionOptions,
): Promise<void> {
  const [{ openContext }, { openOutput }, { verifyPlanFolder }, { choosePlanName }, signing, words] = await Promise.all(
    [
      import('../operations/context.ts'),
      import('../operations/output.ts'),
      import('../adapters/git/plan-folder.ts'),
      import('../adapters/git/find-plan.ts'),
      import('../operations/approval/sign-plan.ts'),
      import('../operations/approval/words-signing.ts'),
    ],
  );
  const remark = words.parseRemark(options.remark ?? '');
  const context = await openContext(options);
  const output = openOutput(options);
  const name = await choosePlanName(context.git, context.configuration.organisation, planArgument(given));
  const verified = await verifyPlanFolder(context.git, context.configuration.organisation, name);
  const request = { verified, decision, keyFile: options.key ?? null, now: new Date() };
  const signer = await signing.findSigner(context, request);
  if (options.yes !== true) {
    const { renderTerminal } = await import('../model/review/terminal.ts');
    output.print(renderTerminal(verified.plan, { width: output.width, color: output.hasColor }));
    await confirm(words.question(decision, name, signer));
  }
  const signed = { ...request, now: new Date() };
  const tell = (text: string): void => void process.stderr.write(text);
  const file = await signing.writeStatement(context, signed, { signer, remark, tell });
  output.print(words.renderSigned(decision, { name, file, signer }));
  const { fingerprint } = signer.own;
  output.printJson(decision, { plan: name, decision, signer: signer.signer.address, fingerprint, file });
}

async function confirm(question: string): Promise<void> {
  const [{ ReconcileError }, { clackPrompter }] = await Promise.all([
    import('../model/errors.ts'),
    import('./console/clack-prompter.ts'),
  ]);
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true)
    throw new ReconcileError('CLI_USAGE', 'Nobody is there to be asked: this is not a terminal', {
      remedy: 'Run it in a terminal; or, if you have read plan.md as it lies here, with --yes.',
    });
  const options = [
    { value: 'no', label: 'No, sign nothing' },
    { value: 'yes', label: 'Yes, sign' },
  ];
  if ((await clackPrompter.choose({ message: question, options })) === 'yes') return;
  throw new ReconcileError('CLI_USAGE', 'Nothing was signed', {
    remedy: 'Ask who made the plan, or sign that it must not be applied: zivver-gitops reject',
  });
}
