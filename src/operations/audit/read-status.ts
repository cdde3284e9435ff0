import { assessStatus, type OrganisationStatus, type StatusInput } from './status.ts';
import { digestOf } from '../../model/canonical.ts';
import { ReconcileError } from '../../model/errors.ts';
import { readOpenLines } from '../../adapters/git/baseline.ts';
import { findBringingCommit } from '../../adapters/git/bringing-commit.ts';
import { readBranches, requireBranch } from '../../adapters/git/branch.ts';
import { requireGenesis } from '../../adapters/git/ledger.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { planFolder, planName } from '../../model/plan/plan-name.ts';
import { listOpenPlans } from '../../adapters/git/plan-listing.ts';
import type { CommandContext } from '../context.ts';
import { readPeopleStatus } from './people-status.ts';
import { readLastPlan } from '../planning/last-plan.ts';

/** The status, or why the ledger could not be verified. */
export type FoundStatus =
  | { readonly isVerified: true; readonly status: OrganisationStatus }
  | { readonly isVerified: false; readonly organisation: string; readonly error: ReconcileError };

export async function readStatus(context: CommandContext, now: Date): Promise<FoundStatus> {
  const { organisation, approval } = context.configuration;
  const branches = await readBranches(context.git, approval, organisation);
  const commit = requireBranch(branches);
  try {
    const ledger = await readLedger(context.git, { organisation, branches });
    const { head } = requireGenesis(ledger, organisation);
    const newest = await readNewest(context, commit);
    const proposed = (await listOpenPlans(context.git, commit, organisation)).at(-1) ?? null;
    const configuration = await readConfigurationDigest(context, commit);
    const openAccounts = await readOpenLines(context.git, commit, organisation);
    const ledgerNow = { entries: ledger.entries, head };
    const limits = context.configuration;
    const people = await readPeopleStatus(context, { commit, ledger, now });
    const input = {
      organisation,
      newest,
      ledger: ledgerNow,
      proposed,
      configuration,
      openAccounts,
      people,
      limits,
      now,
    };
    return { isVerified: true, status: assessStatus(input) };
  } catch (error) {
    if (!(error instanceof ReconcileError) || error.code !== 'LEDGER_INVALID') throw error;
    return { isVerified: false, organisation, error };
  }
}

/** Of organisation.yaml on the branch, by which apply measures: what lies uncommitted here does not count. */
async function readConfigurationDigest(
  { git, configuration: { organisation } }: CommandContext,
  commit: string,
): Promise<string | null> {
  const name = `desired/${organisation}/organisation.yaml`;
  const [file] = await git.listTree(commit, name);
  if (file === undefined) return null;
  const [text] = await git.readBlobs([file.blob]);
  return text === undefined ? null : digestOf(text);
}

async function readNewest(
  { git, configuration: { organisation } }: CommandContext,
  commit: string,
): Promise<StatusInput['newest']> {
  const newest = await readLastPlan(git, commit, organisation);
  if (newest === null) return null;
  const name = planName(newest);
  const file = `${planFolder(organisation, name)}/plan.json`;
  const brought = await findBringingCommit(git, commit, file);
  return { name, plan: newest, mergedAt: brought?.at ?? newest.body.createdAt };
}
