import type { Command } from 'commander';
import { ReconcileError } from '../model/errors.ts';
import { FORGE_KINDS } from '../model/forge/forges.ts';
import type { CommonOptions } from '../operations/context.ts';

interface PullRequestOptions extends CommonOptions {
  readonly forge?: string;
  readonly base?: string;
  readonly report?: string;
  readonly number?: string;
  readonly commit?: string;
}

const FORGE = `${FORGE_KINDS.join(', ')} (default: whose job this is)`;

/** Adds `pull-request`: what the pipelines that `init --ci` writes need from the forge. */
export function registerPullRequest(program: Command): void {
  const group = program.command('pull-request').description('for pipelines: open, verify and comment pull requests');
  group
    .command('open')
    .description('open or update the one pull request with the plan in the work tree; leave it if nothing changed')
    .option('--forge <name>', FORGE)
    .action(async (_options: unknown, command: Command) => open(command.optsWithGlobals()));
  group
    .command('verify')
    .description('prove every plan the checked out pull request brings, and that it brings nothing else; offline')
    .option('--base <commit>', 'what it is compared with', 'HEAD^1')
    .option('--report <folder>', 'write each review as a page for the browser')
    .action(async (_options: unknown, command: Command) => verify(command.optsWithGlobals()));
  group
    .command('comment')
    .description('show the review in a comment of the pull request, and its risks as labels')
    .option('--base <commit>', 'what it is compared with', 'HEAD^1')
    .requiredOption('--number <number>', 'of the pull request')
    .requiredOption('--commit <commit>', 'head of the pull request, for links')
    .option('--forge <name>', FORGE)
    .action(async (_options: unknown, command: Command) => comment(command.optsWithGlobals()));
  group
    .command('report')
    .description('tell the pull request of the newest merged plan what became of it')
    .option('--forge <name>', FORGE)
    .action(async (_options: unknown, command: Command) => report(command.optsWithGlobals()));
}

async function open(options: PullRequestOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { openProposal }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/proposal/open-proposal.ts'),
  ]);
  const { forge } = options;
  const output = openOutput(options);
  const told = await openProposal(await openContext(options), { forge, now: new Date(), environment: process.env });
  output.print(told.text);
  output.printJson('pull-request open', told);
}

async function verify(options: PullRequestOptions): Promise<void> {
  const [{ openOutput }, { verifyPullRequest }] = await Promise.all([
    import('../operations/output.ts'),
    import('../operations/proposal/verify-pull-request.ts'),
  ]);
  const output = openOutput(options);
  const plans = await verifyPullRequest({
    base: options.base ?? 'HEAD^1',
    report: options.report ?? null,
    summaryFile: process.env['GITHUB_STEP_SUMMARY'] ?? null,
  });
  for (const { folder, plan } of plans)
    output.print(`${folder} is whole: ${plan.body.changes.length} changes, ${plan.digest}`);
  if (plans.length === 0) output.print('This pull request brings no plan.');
  output.printJson(
    'pull-request verify',
    plans.map(({ folder, plan }) => ({ plan: folder, digest: plan.digest, verified: true })),
  );
}

async function comment(options: PullRequestOptions): Promise<void> {
  const [{ openOutput }, { commentPullRequest }] = await Promise.all([
    import('../operations/output.ts'),
    import('../operations/proposal/comment-pull-request.ts'),
  ]);
  const { base = 'HEAD^1', number = '', commit = '' } = options;
  if (!/^[1-9]\d*$/.test(number) || !/^[0-9a-f]{40}$/.test(commit))
    throw new ReconcileError('CLI_USAGE', '--number and --commit must be a number and a full commit id', {
      remedy: 'Pass github.event.pull_request.number and github.event.pull_request.head.sha.',
    });
  const count = await commentPullRequest({
    base,
    number: Number(number),
    commit,
    forge: options.forge,
    environment: process.env,
  });
  const output = openOutput(options);
  const text = count === 0 ? 'This pull request brings no plan.' : `${count} plan shown in #${number}.`;
  output.print(text);
  output.printJson('pull-request comment', { text });
}

async function report(options: PullRequestOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { reportPullRequest }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../operations/proposal/report-pull-request.ts'),
  ]);
  const output = openOutput(options);
  const text = await reportPullRequest(await openContext(options), process.env, options.forge);
  output.print(text);
  output.printJson('pull-request report', { text });
}
