import { readPlanArchive } from '../../adapters/git/plan-archive.ts';
import { listPlanRecords, type PlanRecord } from './plan-events.ts';
import { listBaseline, readBaseline } from '../../adapters/git/baseline.ts';
import type { Baseline } from '../../model/desired/baseline.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { readBranches, readKnownBranches, requireBranch, type Branches } from '../../adapters/git/branch.ts';
import { requireGenesis, type Ledger } from '../../adapters/git/ledger.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import type { CommandContext } from '../context.ts';

/** What git and the ledger know of an organisation. */
export interface Audit {
  readonly ledger: Ledger;
  readonly baseline: Baseline;
  /** Oldest first. */
  readonly records: readonly PlanRecord[];
  /** What was not asked, for people; null: everything was. */
  readonly unchecked: string | null;
}

/** `isOffline`: as this clone has them; nothing is asked of the git remote. */
export interface AuditRequest {
  readonly isOffline?: boolean;
}

/** Reads branch and ledger; the work tree does not count. Throws LEDGER_INVALID (46), and 21 or 22 for a broken plan. */
export async function readAudit(
  { git, configuration }: CommandContext,
  { isOffline = false }: AuditRequest = {},
): Promise<Audit> {
  const { organisation, approval } = configuration;
  const branches = await (isOffline ? readKnownBranches : readBranches)(git, approval, organisation);
  const commit = requireBranch(branches);
  const [ledger, baseline] = await Promise.all([
    readLedger(git, { organisation, branches }),
    listBaseline(git, commit, organisation).then((listing) => readBaseline(git, listing)),
  ]);
  requireGenesis(ledger, organisation);
  const archive = await readPlanArchive(git, { commit, organisation, ledger });
  const unchecked = isOffline && approval.gitRemote !== null ? await describeUnchecked(git, branches, commit) : null;
  return { ledger, baseline, records: listPlanRecords(archive, ledger), unchecked };
}

async function describeUnchecked(
  git: GitRepository,
  { branch, gitRemote }: Pick<Branches, 'branch' | 'gitRemote'>,
  commit: string,
): Promise<string> {
  const at = (await git.read(['show', '--no-patch', '--format=%cI', commit])).trim();
  return `Offline: ${branch} and ledger as this clone fetched them, ${branch} at ${commit.slice(0, 10)} of ${at}. Not checked: what ${gitRemote} has since, and the tags there that hold the ledger fast.`;
}
