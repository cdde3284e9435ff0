import { readPlanArchive } from '../../adapters/git/plan-archive.ts';
import { listPlanRecords, type PlanRecord } from './plan-events.ts';
import { listBaseline, readBaseline } from '../../adapters/git/baseline.ts';
import type { Baseline } from '../../model/desired/baseline.ts';
import { readBranches, requireBranch } from '../../adapters/git/branch.ts';
import { requireGenesis, type Ledger } from '../../adapters/git/ledger.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import type { CommandContext } from '../context.ts';

/** What git and the ledger know of an organisation. */
export interface Audit {
  readonly ledger: Ledger;
  readonly baseline: Baseline;
  /** Oldest first. */
  readonly records: readonly PlanRecord[];
}

/** Reads branch and ledger; the work tree does not count. Throws LEDGER_INVALID (46), and 21 or 22 for a broken plan. */
export async function readAudit({ git, configuration }: CommandContext): Promise<Audit> {
  const { organisation, approval } = configuration;
  const branches = await readBranches(git, approval, organisation);
  const commit = requireBranch(branches);
  const ledger = await readLedger(git, { organisation, branches });
  requireGenesis(ledger, organisation);
  const baseline = await readBaseline(git, await listBaseline(git, commit, organisation));
  const archive = await readPlanArchive(git, { commit, organisation, ledger });
  return { ledger, baseline, records: listPlanRecords(archive, ledger) };
}
