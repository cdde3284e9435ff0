import { abandonApply } from './abandon.ts';
import { ReconcileError } from '../../model/errors.ts';
import { readBranches } from '../../adapters/git/branch.ts';
import { requireGenesis } from '../../adapters/git/ledger.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { openLedgerKey } from '../../adapters/secrets/ledger-key.ts';
import type { CommandContext } from '../context.ts';
import { readMachine } from './machine.ts';
import type { Output } from '../output.ts';
import { runUrlOf } from '../../model/forge/forges.ts';

/** Closes the apply that died and says what comes next. */
export async function abandonPlan(
  { git, configuration: { organisation, approval, ledgerKeys } }: CommandContext,
  {
    name,
    isResume,
    output,
  }: { readonly name: string | undefined; readonly isResume: boolean; readonly output: Output },
): Promise<void> {
  if (isResume)
    throw new ReconcileError('CLI_USAGE', '--resume goes on with an apply, --abandon ends it', {
      remedy: 'Give one of the two.',
    });
  const branches = await readBranches(git, approval, organisation);
  const ledger = await readLedger(git, { organisation, branches });
  requireGenesis(ledger, organisation);
  const abandoned = await abandonApply({
    git,
    organisation,
    ledger,
    name: name ?? null,
    now: () => new Date(),
    machine: readMachine(),
    runUrl: runUrlOf(process.env),
    signEnd: openLedgerKey(ledgerKeys, process.env, new Date()),
  });
  const { changes, finished } = abandoned;
  output.print(`Plan ${abandoned.name} is closed; nothing was written to Zivver.`);
  output.print(
    `Of its ${changes} changes the ledger has the outcome of ${finished}; of the others Zivver alone knows.`,
  );
  output.print('Make a new plan now: it is made from what Zivver holds. Plans made before are void.');
  output.printJson('apply', { ...abandoned, verdict: 'abandoned' });
}
