import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { assessStatus, type OrganisationStatus, type StatusInput } from './status.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import { fetchBranch } from '../../adapters/git/branch.ts';
import { readLedger, requireGenesis } from '../../adapters/git/ledger.ts';
import { planName } from '../../model/plan/plan-file.ts';
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
    const proposed = await findProposed(context, commit);
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
  const file = `plans/${organisation}/${name}/plan.json`;
  const log = ['log', '--first-parent', '-m', '--diff-filter=A', '-1', '--format=%cI', commit, '--', file];
  return { name, plan: newest, mergedAt: (await git.read(log)).trim() };
}

/** A plan folder that only lies in the work tree. */
async function findProposed(
  { git, configuration: { organisation } }: CommandContext,
  commit: string | null,
): Promise<string | null> {
  const present = await readdir(path.join(git.root, 'plans', organisation)).catch(() => []);
  const files = commit === null ? [] : await git.listTree(commit, `plans/${organisation}/`);
  const merged = new Set(files.map((file) => file.path.split('/')[2]));
  const open = present.filter((name) => /^\d{4,}-[0-9a-f]{8}$/.test(name) && !merged.has(name));
  return open.sort().at(-1) ?? null;
}
