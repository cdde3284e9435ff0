import { assessStatus, type OrganisationStatus, type StatusInput } from './status.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import { fetchBranch } from '../../adapters/git/branch.ts';
import { readLedger, requireGenesis } from '../../adapters/git/ledger.ts';
import { planFolder, planName } from '../../model/plan/plan-name.ts';
import { listOpenPlans } from '../../adapters/git/plan-listing.ts';
import type { CommandContext } from '../context.ts';
import { readLastPlans } from '../planning/last-plan.ts';

/** The status, or why the ledger could not be verified. */
export type FoundStatus =
  | { readonly isVerified: true; readonly status: OrganisationStatus }
  | { readonly isVerified: false; readonly organisation: string; readonly problems: readonly Problem[] };

export async function readStatus(context: CommandContext, now: Date): Promise<FoundStatus> {
  const { organisation, approval } = context.configuration;
  const { commit } = await fetchBranch(context.git, approval.gitRemote, approval.branch);
  try {
    const ledger = await readLedger(context.git, approval.gitRemote, organisation);
    const { head } = requireGenesis(ledger, organisation);
    const newest = await readNewest(context, commit);
    const proposed = (await listOpenPlans(context.git, commit, organisation)).at(-1) ?? null;
    const input = { organisation, newest, ledger: { entries: ledger.entries, head }, proposed, now };
    return { isVerified: true, status: assessStatus(input) };
  } catch (error) {
    if (!(error instanceof ReconcileError) || error.code !== 'LEDGER_INVALID') throw error;
    const problems = error.problems.length > 0 ? error.problems : [{ where: organisation, what: error.message }];
    return { isVerified: false, organisation, problems };
  }
}

async function readNewest(
  { git, configuration: { organisation } }: CommandContext,
  commit: string | null,
): Promise<StatusInput['newest']> {
  const { newest } = await readLastPlans(git, commit, organisation);
  if (newest === null || commit === null) return null;
  const name = planName(newest);
  const file = `${planFolder(organisation, name)}/plan.json`;
  const log = ['log', '--first-parent', '-m', '--diff-filter=A', '-1', '--format=%cI', commit, '--', file];
  return { name, plan: newest, mergedAt: (await git.read(log)).trim() };
}
