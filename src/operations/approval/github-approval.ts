import type { Configuration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { GithubApprovalFacts } from '../../model/schema/generated/ledger.ts';
import { requireSecret } from '../../adapters/secrets/environment.ts';
import { judgePullRequests, type ApprovalRule } from './github.ts';
import { GithubFailure } from '../../adapters/forge/github/github-failure.ts';
import { GithubReader } from '../../adapters/forge/github/github-reader.ts';
import { parseGithubRepository } from '../../adapters/forge/github/github-repository.ts';
import { translateGithubFailure } from './github-failures.ts';
import type { MergeFacts } from './git-approval.ts';
import { notApproved } from './not-approved.ts';
import type { VerifiedPlan } from '../../adapters/git/plan-folder.ts';
import { readPullRequests } from './read-pull-requests.ts';

export interface GithubApprovalInput {
  readonly git: GitRepository;
  readonly verified: VerifiedPlan;
  readonly configuration: Configuration;
  /** What the git part found. */
  readonly merge: MergeFacts;
  /** Holds GITHUB_TOKEN or GITHUB_TOKEN_FILE. */
  readonly environment: NodeJS.ProcessEnv;
  /** `zivver-gitops/<version>` */
  readonly userAgent: string;
  /** Of one request. */
  readonly timeoutMs?: number;
}

/**
 * The approving reviews of the pull request that brought the plan; null if approval.github is not configured.
 * Throws APPROVAL_MISSING (30) for every doubt and every fault of GitHub or git, CONFIGURATION_SECRET_MISSING (3)
 * without a token, CONFIGURATION_INVALID (3) if the repository is not known.
 */
export async function verifyGithubApproval(input: GithubApprovalInput): Promise<GithubApprovalFacts | null> {
  const { git, verified, configuration, merge } = input;
  const { branch, github } = configuration.approval;
  if (github === null) return null;
  const token = readToken(input.environment);
  const gitRemote = merge.gitRemote ?? refuseWithoutRemote();
  const repository = github.repository ?? (await deriveRepository(git, gitRemote, github.apiUrl));
  await refuseShallow(git);
  const rule: ApprovalRule = {
    repository,
    branch,
    minimumApprovals: github.minimumApprovals,
    organisation: configuration.organisation,
    folder: verified.folder,
    blobs: verified.blobs,
  };
  const { userAgent, timeoutMs } = input;
  const client = new GithubReader({ apiUrl: github.apiUrl, token, userAgent, ...(timeoutMs && { timeoutMs }) });
  try {
    const all = await readPullRequests({ git, client, merge: { ...merge, gitRemote }, rule });
    const judged = judgePullRequests(all, rule);
    if (judged.approved) return judged.facts;
    throw notApproved(`The plan is not approved on GitHub (${repository})`, {
      remedy: `Have people with write access, who wrote none of it, approve exactly what is merged into ${branch}; if it is merged already, make a new plan.`,
      problems: judged.reasons,
    });
  } catch (error) {
    throw error instanceof GithubFailure ? translateGithubFailure(error) : error;
  } finally {
    await client.close();
  }
}

function readToken(environment: NodeJS.ProcessEnv): string {
  return requireSecret(environment, 'GITHUB_TOKEN', 'the token that reads pull requests and their reviews');
}

function refuseWithoutRemote(): never {
  throw notApproved('approval.github needs a git remote, and this repository has none of that name', {
    remedy: 'Apply from a clone of the repository on GitHub, or correct approval.gitRemote.',
  });
}

async function deriveRepository(git: GitRepository, gitRemote: string, apiUrl: string): Promise<string> {
  const url = await git.read(['remote', 'get-url', gitRemote]);
  const repository = parseGithubRepository(url.trim(), apiUrl);
  if (repository !== undefined) return repository;
  throw new ReconcileError('CONFIGURATION_INVALID', `The URL of ${gitRemote} does not tell the repository on GitHub`, {
    remedy: 'Set approval.github.repository to owner/name, and approval.github.apiUrl if it is an Enterprise Server.',
  });
}

/** A shallow clone does not know which commit brought the plan. */
async function refuseShallow(git: GitRepository): Promise<void> {
  if ((await git.read(['rev-parse', '--is-shallow-repository'])).trim() === 'false') return;
  throw notApproved('This clone is shallow, so the commit that brought the plan is not known', {
    remedy: 'Clone with the whole history: fetch-depth: 0 of actions/checkout, or git fetch --unshallow.',
  });
}
