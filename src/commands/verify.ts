import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

export function registerVerify(program: Command): void {
  program
    .command('verify')
    .argument('[plan]', 'name, number or beginning of the digest; the newest one if left out')
    .description('prove offline that a plan is whole and that its review and desired files are those it was made with')
    .action(async (name: string | undefined, _options: unknown, command: Command) =>
      verify(name, command.optsWithGlobals()),
    );
}

async function verify(given: string | undefined, options: CommonOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { verifyPlanFolder }, { choosePlanName }, { verifyFileClaims }] =
    await Promise.all([
      import('../operations/context.ts'),
      import('../operations/output.ts'),
      import('../adapters/git/plan-folder.ts'),
      import('../adapters/git/find-plan.ts'),
      import('../operations/approval/verify-file-claims.ts'),
    ]);
  const { git, configuration } = await openContext(options);
  const output = openOutput(options);
  const name = await choosePlanName(git, configuration.organisation, planArgument(given));
  const { plan } = verifyFileClaims(await verifyPlanFolder(git, configuration.organisation, name), configuration);
  output.print(`Plan ${name} is whole: ${plan.body.changes.length} changes, ${plan.digest}`);
  output.printJson('verify', { plan: name, digest: plan.digest, changes: plan.body.changes.length, verified: true });
}

/** A plan may be named by its folder's name or by a path to it. */
export function planArgument(given: string | undefined): string | undefined {
  return given
    ?.replace(/[/\\]+(plan\.(json|md))?$/, '')
    .split(/[/\\]/)
    .at(-1);
}
