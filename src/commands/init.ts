import type { Command } from 'commander';
import type { CommonOptions } from './context.ts';

interface InitOptions extends CommonOptions {
  readonly url: string;
  readonly domains?: string;
  readonly recipient?: string;
  readonly identityFile?: string;
  readonly sealMobile?: boolean;
  readonly ci: string;
  readonly runner: string;
  readonly owners?: string;
  readonly force?: boolean;
}

export function registerInit(program: Command): void {
  program
    .command('init')
    .argument('<organisation>', 'name of the folder under desired/')
    .description(
      'start an organisation: organisation.yaml, an age key pair, and its ledger; keeps what is there already',
    )
    .option('--url <url>', 'Zivver’s SCIM API', 'https://app.zivver.com/api/scim/v2')
    .option('--domains <a.org,b.org>', 'claimed domains')
    .option('--recipient <age1…>', 'age public key to seal secrets to, instead of a new pair')
    .option('--identity-file <file>', 'where to write the new age identity; never inside the repository')
    .option('--seal-mobile', 'keep mobile numbers out of git: masked, with a keyed fingerprint; writes that key too')
    .option('--ci <github|gitlab|none>', 'write the pipelines that plan, review, apply and watch', 'none')
    .option('--runner <label>', 'with --ci: label of the self-hosted runner in the LAN', 'zivver-gitops')
    .option('--owners <@org/team,…>', 'with --ci: who must review plans and configuration')
    .option('--force', 'with --ci: overwrite pipeline files that say something else')
    .action(async (organisation: string, _options: unknown, command: Command) =>
      init(organisation, command.optsWithGlobals()),
    );
}

async function init(organisation: string, options: InitOptions): Promise<void> {
  const [{ initOrganisation }, { openOutput }] = await Promise.all([
    import('./init-organisation.ts'),
    import('./output.ts'),
  ]);
  const output = openOutput(options);
  const { lines } = await initOrganisation(organisation, options);
  for (const line of lines) output.print(line);
  const pipeline = options.ci === 'none' ? [] : await (await import('./init-pipeline.ts')).initPipeline(options);
  for (const line of pipeline) output.print(line);
  output.printJson({ lines: [...lines, ...pipeline] });
}
