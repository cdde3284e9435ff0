import type { Configuration } from '../../model/configuration/configuration.ts';
import { digestDesired, isDesiredFile } from '../../model/desired/desired-state.ts';
import { digestOf } from '../../model/canonical.ts';
import type { Problem } from '../../model/errors.ts';
import { fetchBranch } from '../../adapters/git/branch.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { ApprovalFacts } from '../../model/schema/generated/ledger.ts';
import { notApproved } from './not-approved.ts';
import type { VerifiedPlan } from '../../adapters/git/plan-folder.ts';

/**
 * A merge is the approval: plan, review, desired files and configuration must be on the configured branch as the git
 * remote has it now, byte for byte. Any doubt, and any fault of git, is "not approved" (30).
 */
export async function verifyGitApproval(
  git: GitRepository,
  verified: VerifiedPlan,
  configuration: Configuration,
): Promise<Omit<ApprovalFacts, 'github'>> {
  const { branch, gitRemote } = configuration.approval;
  const fetched = await fetchBranch(git, gitRemote, branch).catch((cause: unknown) => {
    throw notApproved(`The branch ${branch} of ${gitRemote} cannot be read`, {
      remedy: 'Check the connection to the git remote.',
      cause,
    });
  });
  const { commit } = fetched;
  if (commit === null)
    throw notApproved(`There is no branch ${branch}`, {
      remedy: `Merge the plan into ${branch}, or correct approval.branch.`,
    });
  const problems = await findDifferences(git, commit, { verified, configuration });
  if (problems.length > 0)
    throw notApproved(`The plan is not approved: it is not on ${branch} as it lies here`, {
      remedy: `Have the pull request reviewed and merged into ${branch}, then apply from a clean checkout of it.`,
      problems,
    });
  return {
    branch,
    gitRemote: fetched.gitRemote,
    commit,
    ...(await readMerge(git, commit, `${verified.folder}/plan.json`)),
  };
}

interface Approved {
  readonly verified: VerifiedPlan;
  readonly configuration: Configuration;
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

/** The commit of the branch's own line (first parents) that brought the plan: normally the merge of the pull request. */
async function readMerge(
  git: GitRepository,
  commit: string,
  file: string,
): Promise<Pick<ApprovalFacts, 'planCommit' | 'planAuthor' | 'mergedBy' | 'mergedAt'>> {
  const log = await git.read([
    'log',
    '--first-parent',
    '-m',
    '--diff-filter=A',
    '-1',
    '--format=%H%x00%an <%ae>%x00%cn <%ce>%x00%cI',
    commit,
    '--',
    file,
  ]);
  const [planCommit = '', mergeAuthor = '', committer = '', mergedAt = ''] = log.trim().split('\0');
  const author = await git.read(['log', '--diff-filter=A', '-1', '--format=%an <%ae>', commit, '--', file]);
  return { planCommit, planAuthor: author.trim() || mergeAuthor, mergedBy: committer, mergedAt };
}
