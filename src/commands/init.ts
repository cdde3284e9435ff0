import { FORGE_KINDS } from '../model/forge/forges.ts';
import type { Command } from 'commander';
import { ReconcileError } from '../model/errors.ts';
import type { CommonOptions } from '../operations/context.ts';
import type { GitRepository } from '../adapters/git/repository.ts';
import type { InitAnswers } from '../operations/setup/init-flags.ts';
import type { InitFlags } from '../operations/setup/init-fields.ts';

interface InitOptions extends CommonOptions, Omit<InitFlags, 'organisation'> {
  readonly recipient?: string;
  readonly identityFile?: string;
  readonly sealMobile?: boolean;
  readonly input: boolean;
  readonly force?: boolean;
}

export function registerInit(program: Command): void {
  program
    .command('init')
    .argument('[organisation]', 'name of the folder under desired/')
    .description(
      'start an organisation: organisation.yaml, an age key pair, its ledger and pipelines; keeps what is there already. In a terminal it asks for what no flag tells',
    )
    .option('--url <url>', 'Zivver’s SCIM API (default: https://app.zivver.com/api/scim/v2)')
    .option('--domains <a.org,b.org>', 'claimed domains')
    .option('--source <ldap|ldif|later>', 'where accounts come from; later: write it by hand')
    .option('--ldap-urls <ldaps://dc1,…>', 'domain controllers, tried in order')
    .option('--ldap-user <user>', 'DOMAIN\\user, user@domain or a DN; its password comes from LDAP_PASSWORD')
    .option('--base-dn <dn>', 'where to search; child OUs are included')
    .option('--group <dn>', 'accounts for the members of this group, nested ones too')
    .option('--query <filter>', 'accounts for whoever this LDAP query finds')
    .option('--ldif-files <a.ldif,…>', 'exported files, relative to organisation.yaml')
    .option('--sso <base64|guid|off>', 'form of the single sign-on keys (default: base64)')
    .option('--administrators <a@b.org,…>', 'administrators in Zivver, who must stay active')
    .option('--approval <people|signatures|reviews|one>', 'what proves that a second person looked (default: people)')
    .option('--approvals <number>', 'with --approval signatures or reviews: so many people (default: 1)')
    .option('--recipient <age1…>', 'age public key to seal secrets to, instead of a new pair')
    .option('--identity-file <file>', 'where to write the new age identity; never inside the repository')
    .option('--seal-mobile', 'keep mobile numbers out of git: masked, with a keyed fingerprint; writes that key too')
    .option(`--ci <${FORGE_KINDS.join('|')}|none>`, 'write the pipelines that plan, review, apply and watch')
    .option(
      '--schedule <cron>',
      'with --ci: when plans are made, in UTC (default: 23 * * * 1-5, hourly on working days)',
    )
    .option('--runner <label>', 'with --ci: label of the self-hosted runner in the LAN (default: zivver-gitops)')
    .option('--owners <@org/team,…>', 'with --ci: who must review plans and configuration')
    .option('--force', 'with --ci: overwrite pipeline files that say something else')
    .option('--no-input', 'ask nothing, also in a terminal')
    .action(async (organisation: string | undefined, _options: unknown, command: Command) =>
      init(organisation, command.optsWithGlobals()),
    );
}

async function init(organisation: string | undefined, options: InitOptions): Promise<void> {
  refuseIdleForce(options);
  const [{ existsOrganisation, initOrganisation }, { parseInitFlags }, { openOutput }, { GitRepository }, steps] =
    await Promise.all([
      import('../operations/setup/init-organisation.ts'),
      import('../operations/setup/init-flags.ts'),
      import('../operations/output.ts'),
      import('../adapters/git/repository.ts'),
      import('../operations/setup/init-next-steps.ts'),
    ]);
  const output = openOutput(options);
  const git = await GitRepository.open(process.cwd());
  const isNew = (name: string): boolean => !existsOrganisation(git.root, name);
  const given = organisation === undefined ? options : { ...options, organisation };
  const flags = canAsk(options) ? await ask(given, isNew) : given;
  const answers = parseInitFlags(flags, isNew(flags.organisation ?? ''));
  const made = await initOrganisation(git, answers, { ...keysOf(options), flags: { ...flags } });
  const { lines } = made;
  for (const line of lines) output.print(line);
  const pipeline = answers.pipeline === null ? [] : await writePipeline(answers.pipeline, options.force === true);
  for (const line of pipeline) output.print(line);
  const next = steps.nextSteps(answers, { ...made, ...(await readBranch(git, answers.organisation)) });
  output.print(steps.renderNextSteps(next, output.width));
  output.printJson('init', { lines: [...lines, ...pipeline], next });
  if (made.isLive || !hasSecret()) return;
  output.print('\nA password is in the environment; this is what can be reached with it:\n');
  const { printExamination } = await import('./doctor.ts');
  await printExamination({ ...options, organisation: answers.organisation });
}

function refuseIdleForce({ force, ci }: InitOptions): void {
  if (force !== true || (ci !== undefined && ci !== 'none')) return;
  throw new ReconcileError('CLI_USAGE', '--force is used with --ci only', {
    remedy: 'Leave it out; init overwrites no file without --ci.',
  });
}

function keysOf({ recipient, identityFile, sealMobile }: InitOptions) {
  return {
    ...(recipient === undefined ? {} : { recipient }),
    ...(identityFile === undefined ? {} : { identityFile }),
    ...(sealMobile === undefined ? {} : { sealMobile }),
  };
}

async function readBranch(git: GitRepository, organisation: string) {
  const [{ readConfiguration }, { fetchBranch }] = await Promise.all([
    import('../operations/reading/read-configuration.ts'),
    import('../adapters/git/branch.ts'),
  ]);
  const { approval } = await readConfiguration(git.root, organisation);
  const commit = await fetchBranch(git, approval.gitRemote, approval.branch);
  return { branch: approval.branch, isBranchThere: commit !== null };
}

function hasSecret(): boolean {
  return ['LDAP_PASSWORD', 'ZIVVER_API_KEY'].some((name) => process.env[name] ?? process.env[`${name}_FILE`]);
}

function canAsk({ input, json, quiet }: InitOptions): boolean {
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  return isTerminal && input && json !== true && quiet !== true;
}

async function ask(given: InitFlags, isNew: (name: string) => boolean): Promise<InitFlags> {
  const [{ askInit }, { clackPrompter }] = await Promise.all([
    import('../operations/setup/ask-init.ts'),
    import('./console/clack-prompter.ts'),
  ]);
  return askInit(given, clackPrompter, isNew);
}

async function writePipeline(pipeline: NonNullable<InitAnswers['pipeline']>, force: boolean) {
  const { initPipeline } = await import('../operations/setup/init-pipeline.ts');
  return initPipeline({ ...pipeline, force });
}
