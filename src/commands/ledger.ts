import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

export function registerLedger(program: Command): void {
  program
    .command('ledger')
    .description('the record of everything that was applied')
    .command('verify')
    .description('prove that the ledger is whole and says the same as the plans on the branch')
    .action(async (_options: unknown, command: Command) => verify(command.optsWithGlobals()));
}

async function verify(options: CommonOptions): Promise<void> {
  const [{ openContext }, { openOutput }, { readBranches, requireBranch }, { proveLedger }, { renderLedgerProof }] =
    await Promise.all([
      import('../operations/context.ts'),
      import('../operations/output.ts'),
      import('../adapters/git/branch.ts'),
      import('../operations/audit/ledger-proof.ts'),
      import('../operations/audit/render-ledger-proof.ts'),
    ]);
  const { git, configuration } = await openContext(options);
  const output = openOutput(options);
  const { organisation, approval } = configuration;
  const branches = await readBranches(git, approval, organisation);
  requireBranch(branches);
  const proof = await proveLedger(git, { organisation, branches });
  output.print(renderLedgerProof(proof, { width: output.width, color: output.hasColor }).trimEnd());
  output.printJson({ ...proof, verified: true });
}
