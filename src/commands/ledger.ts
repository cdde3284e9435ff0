import type { Command } from 'commander';
import type { CommonOptions } from '../operations/context.ts';

export function registerLedger(program: Command): void {
  const ledger = program.command('ledger').description('the record of everything that was applied');
  ledger
    .command('export')
    .argument('<file>', 'where to write it; it holds personal data')
    .description('prove the ledger and write one file that proves it to somebody without the repository')
    .action(async (file: string, _options: unknown, command: Command) => exportTo(file, command.optsWithGlobals()));
  ledger
    .command('verify')
    .description('prove that the ledger is whole and says the same as the plans on the branch')
    .action(async (_options: unknown, command: Command) => verify(command.optsWithGlobals()));
}

async function verify(options: CommonOptions): Promise<void> {
  const [{ organisation, git, branches, output }, { proveLedger }, { renderLedgerProof }] = await Promise.all([
    openLedger(options),
    import('../operations/audit/ledger-proof.ts'),
    import('../operations/audit/render-ledger-proof.ts'),
  ]);
  const proof = await proveLedger(git, { organisation, branches });
  output.print(renderLedgerProof(proof, { width: output.width, color: output.hasColor }).trimEnd());
  output.printJson('ledger verify', { ...proof, verified: true });
}

async function exportTo(file: string, options: CommonOptions): Promise<void> {
  const [{ organisation, git, branches, output }, { describeExport, exportProof }, files] = await Promise.all([
    openLedger(options),
    import('../operations/audit/export-proof.ts'),
    import('node:fs/promises'),
  ]);
  const exported = await exportProof(git, { organisation, branches });
  await files.writeFile(file, `${JSON.stringify(exported, null, 2)}\n`);
  output.print(`Written: ${file}: ${describeExport(exported)}. It holds personal data.`);
  output.print('Verify it anywhere, without this program or a network: node verify-proof.mjs FILE (.github/docs)');
  output.printJson('ledger export', { file, head: exported.head, plans: exported.plans.length });
}

/** The branch and the ledger as the git remote has them. */
async function openLedger(options: CommonOptions) {
  const [{ openContext }, { openOutput }, { readBranches, requireBranch }] = await Promise.all([
    import('../operations/context.ts'),
    import('../operations/output.ts'),
    import('../adapters/git/branch.ts'),
  ]);
  const { git, configuration } = await openContext(options);
  const { organisation, approval } = configuration;
  const branches = await readBranches(git, approval, organisation);
  requireBranch(branches);
  return { organisation, git, branches, output: openOutput(options) };
}
