import { verifyBroughtPlan } from '../approval/verify-brought-plan.ts';
import { verifyFileClaims } from '../approval/verify-file-claims.ts';
import { readVersion } from '../version.ts';
import { readConfiguration } from '../reading/read-configuration.ts';
import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { verifyPlanFolder, type VerifiedPlan } from '../../adapters/git/plan-folder.ts';
import { GitRepository } from '../../adapters/git/repository.ts';
import { readChangedFiles, resolveBase } from '../../adapters/git/changed-files.ts';
import { listCommittedPlans } from '../../adapters/git/plan-listing.ts';
import { findBroughtPlans, type ChangedFile } from '../../model/plan/brought-plans.ts';
import { parsePlanPath } from '../../model/plan/plan-name.ts';
import { renderSummary } from './pull-request-text.ts';
import { writeReport } from './write-report.ts';

export interface VerifyRequest {
  readonly base: string;
  /** Folder for the pages; null = none. */
  readonly report: string | null;
  /** GitHub's job summary. */
  readonly summaryFile: string | null;
}

/** Every plan the checked out pull request brings, proven. Throws 20 to 27, 29 or 46. */
export async function verifyPullRequest({
  base,
  report,
  summaryFile,
}: VerifyRequest): Promise<readonly VerifiedPlan[]> {
  const plans = await readBroughtPlans(base);
  if (report !== null) await mkdir(report, { recursive: true });
  for (const { plan, name } of plans) {
    if (summaryFile !== null) await appendFile(summaryFile, renderSummary(plan, plans.length));
    if (report !== null) await writeReport(plan, path.join(report, `${plan.body.organisation}-${name}.html`));
  }
  return plans;
}

export async function readBroughtPlans(base: string): Promise<readonly VerifiedPlan[]> {
  const git = await GitRepository.open(process.cwd());
  const verified: VerifiedPlan[] = [];
  const commit = await resolveBase(git, base);
  const files = await readChangedFiles(git, commit, 'HEAD');
  for (const { organisation, name } of findBroughtPlans(files, await listNewest(git, commit, files))) {
    const configuration = await readConfiguration(git.root, organisation);
    const plan = verifyFileClaims(await verifyPlanFolder(git, organisation, name), configuration);
    await verifyBroughtPlan({ git, configuration, verified: plan, base: commit, now: new Date(), tool: readVersion() });
    verified.push(plan);
  }
  return verified;
}

/** The newest plan of every organisation of which plans are changed. */
async function listNewest(
  git: GitRepository,
  commit: string,
  files: readonly ChangedFile[],
): Promise<ReadonlyMap<string, string>> {
  const organisations = new Set(files.flatMap(({ path }) => parsePlanPath(path)?.organisation ?? []));
  const newest = new Map<string, string>();
  for (const organisation of organisations) {
    const name = (await listCommittedPlans(git, commit, organisation)).at(-1)?.name;
    if (name !== undefined) newest.set(organisation, name);
  }
  return newest;
}
