import type { GitRepository } from './repository.ts';
import type { Ledger } from './ledger.ts';
import { listCommittedPlans } from './plan-listing.ts';
import { comparePlanNames, planFolder } from '../../model/plan/plan-name.ts';
import { parsePlanFile, readAppliedPlan } from '../../model/plan/plan-file.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';

/** plan.json of one plan, as it was approved. */
export interface ArchivedPlan {
  /** `NNNN-<digest8>` */
  readonly name: string;
  readonly text: string;
  /** `history`: pruned since, read from the commit it was applied from. */
  readonly origin: 'branch' | 'history';
}

/** All plans of the branch, and those that were applied and pruned since; in the order of their numbers. */
export type PlanArchive = ReadonlyMap<string, ArchivedPlan>;

export interface ArchiveRequest {
  /** Head of the branch, null if it has no commit. */
  readonly commit: string | null;
  readonly organisation: string;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** Reads the archive from git alone: the work tree does not count. Nothing is proven yet. */
export async function readPlanArchive(git: GitRepository, request: ArchiveRequest): Promise<PlanArchive> {
  const plans = await readBranchPlans(git, request);
  for (const { name, begin } of request.ledger.entries) {
    if (plans.has(name)) continue;
    const file = `${planFolder(request.organisation, name)}/plan.json`;
    const text = (await git.readFileAt(begin.approval.commit, file))?.toString('utf8');
    if (text !== undefined) plans.set(name, { name, text, origin: 'history' });
  }
  return new Map([...plans].sort(([one], [other]) => comparePlanNames(one, other)));
}

async function readBranchPlans(
  git: GitRepository,
  { commit, organisation }: ArchiveRequest,
): Promise<Map<string, ArchivedPlan>> {
  const plans = await listCommittedPlans(git, commit, organisation);
  const texts = await git.readBlobs(plans.map(({ blob }) => blob));
  return new Map(plans.map(({ name }, index) => [name, { name, text: texts[index] ?? '', origin: 'branch' as const }]));
}

/**
 * Parsed and proven to have its digest; `applied`: that of the plan which the proved ledger says was applied. Throws
 * PLAN_NOT_CANONICAL (21) or PLAN_DIGEST (22).
 */
export function parseArchivedPlan({ name, text }: ArchivedPlan, applied: string | null = null): PlanFile {
  const known = applied === null ? null : readAppliedPlan(text, applied);
  return known ?? parsePlanFile(text, `plans/…/${name}/plan.json`);
}
