import type { Configuration } from '../../model/configuration/configuration.ts';
import { digestDesired, isDesiredFile } from '../../model/desired/desired-state.ts';
import { digestOf } from '../../model/canonical.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import { readBranches, requireBranch, type Branches } from '../../adapters/git/branch.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { ApprovalFacts } from '../../model/schema/generated/ledger.ts';
import { notApproved } from './not-approved.ts';
import type { VerifiedPlan } from '../../adapters/git/plan-folder.ts';
import { readMerge } from './read-merge.ts';

/** The branches as the git remote has them now. A missing remote or branch, and any fault of git, is "not approved" (30). */
export async function readApprovalBranches(git: GitRepository, configuration: Configuration): Promise<Branches> {
  const { approval, organisation } = configuration;
  try {
    const branches = await readBranches(git, approval, organisation);
    requireBranch(branches);
    return branches;
  } catch (cause) {
    throw refusalOf(cause);
  }
}

/**
 * A merge is the approval: plan, review, desired files and configuration must be on the configured branch as the git
 * remote has it now, byte for byte, and came there together with nothing else. Any doubt is "not approved" (30).
 */
export async function verifyGitApproval(
  git: GitRepository,
  branches: Branches,
  approved: Approved,
): Promise<MergeFacts> {
  const { branch, gitRemote } = branches;
  const { verified } = approved;
  try {
    const commit = requireBranch(branches);
    const problems = await findDifferences(git, commit, approved);
    if (problems.length > 0)
      throw notApproved(`The plan is not approved: it is not on ${branch} as it lies here`, {
        remedy: `Have the pull request reviewed and merged into ${branch}, then apply from a clean checkout of it.`,
        problems,
      });
    const { name, plan } = verified;
    const merge = await readMerge(git, commit, { organisation: plan.body.organisation, name });
    return { branch, gitRemote, commit, ...merge };
  } catch (cause) {
    throw refusalOf(cause);
  }
}

/** What git alone proves. */
export type MergeFacts = Omit<ApprovalFacts, 'distinctPeople' | 'reviews' | 'signatures'>;

export interface Approved {
  readonly verified: VerifiedPlan;
  readonly configuration: Configuration;
}

function refusalOf(cause: unknown): unknown {
  if (!(cause instanceof ReconcileError) || cause.code === 'APPROVAL_MISSING') return cause;
  const { message, remedy, problems } = cause;
  return notApproved(`The plan is not approved: ${message}`, { remedy, problems, cause });
}

async function findDifferences(
  git: GitRepository,
  commit: string,
  { verified, configuration }: Approved,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const planFiles = new Map((await git.listTree(commit, `${verified.folder}/`)).map(({ path, blob }) => [path, blob]));
  for (const name of ['plan.json', 'plan.md'] as const) {
    const blob = planFiles.get(`${verified.folder}/${name}`);
    const where = `${verified.folder}/${name}`;
    if (blob === undefined) problems.push({ where, what: 'is not on the branch' });
    else if (blob !== verified.blobs[name]) problems.push({ where, what: 'differs from the branch' });
  }
  const prefix = `desired/${verified.plan.body.organisation}/`;
  const desired = (await git.listTree(commit, prefix)).map(
    ({ path, blob }) => [path.slice(prefix.length), blob] as const,
  );
  const covered = desired.filter(([file]) => isDesiredFile(file));
  if (digestDesired(new Map(covered)) !== verified.plan.body.desired.digest)
    problems.push({ where: prefix, what: 'differs from the branch' });
  const settings = await git.readFileAt(commit, `${prefix}organisation.yaml`);
  if (settings === undefined || digestOf(settings) !== configuration.digest)
    problems.push({ where: `${prefix}organisation.yaml`, what: 'differs from the branch' });
  return problems;
}
