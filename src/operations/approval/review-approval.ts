import type { GitIdentity } from '../../model/approval/git-identity.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import { openReviewReader } from '../../adapters/forge/open-forge.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { VerifiedPlan } from '../../adapters/git/plan-folder.ts';
import type { ReviewFacts } from '../../model/schema/generated/ledger.ts';
import { judgeProposals, type ApprovalRule } from './judge-proposal.ts';
import { translateForgeFailure } from './forge-failures.ts';
import type { MergeFacts } from './git-approval.ts';
import { notApproved } from './not-approved.ts';
import { readProposals } from './read-proposals.ts';

export interface ReviewApprovalInput {
  readonly git: GitRepository;
  readonly verified: VerifiedPlan;
  readonly configuration: Configuration;
  /** What the git part found. */
  readonly merge: MergeFacts;
  /** Whom git names as author or committer of the plan. */
  readonly authors: readonly GitIdentity[];
  /** Holds the token of the forge. */
  readonly environment: NodeJS.ProcessEnv;
  /** `zivver-gitops/<version>` */
  readonly userAgent: string;
  /** Of one request. */
  readonly timeoutMs?: number;
}

/**
 * The approving reviews of the pull request that brought the plan; null if approval.reviews is not configured.
 * Throws APPROVAL_MISSING (30) for every doubt and every fault of the forge or of git, CONFIGURATION_SECRET_MISSING (3)
 * without a token, CONFIGURATION_INVALID (3) if the repository is not known.
 */
export async function verifyReviews(input: ReviewApprovalInput): Promise<ReviewFacts | null> {
  const { git, verified, configuration, merge, authors, environment, userAgent, timeoutMs } = input;
  const { branch, reviews, bots } = configuration.approval;
  if (reviews === null) return null;
  const gitRemote = merge.gitRemote ?? refuseWithoutRemote();
  const remoteUrl = (await git.read(['remote', 'get-url', gitRemote])).trim();
  const reader = await openReviewReader(reviews, environment, {
    remoteUrl,
    userAgent,
    ...(timeoutMs && { timeoutMs }),
  });
  const rule: ApprovalRule = {
    forge: reviews.forge,
    branch,
    minimum: reviews.minimum,
    organisation: configuration.organisation,
    folder: verified.folder,
    blobs: verified.blobs,
    authors,
    bots,
  };
  try {
    await refuseShallow(git);
    const all = await readProposals({ git, reader, merge: { ...merge, gitRemote }, rule });
    const judged = judgeProposals(all, rule);
    if (judged.approved) return judged.facts;
    throw notApproved(`The plan is not approved by reviews (${reader.place})`, {
      remedy: `Have people with write access, who wrote none of it, approve exactly what is merged into ${branch}; if it is merged already, make a new plan.`,
      problems: judged.reasons,
    });
  } catch (error) {
    throw translateForgeFailure(error, reviews.forge);
  } finally {
    await reader.close();
  }
}

function refuseWithoutRemote(): never {
  throw notApproved('approval.reviews needs a git remote, and this repository has none of that name', {
    remedy: 'Apply from a clone of the repository on the forge, or correct approval.gitRemote.',
  });
}

/** A shallow clone does not know which commit brought the plan. */
async function refuseShallow(git: GitRepository): Promise<void> {
  if ((await git.read(['rev-parse', '--is-shallow-repository'])).trim() === 'false') return;
  throw notApproved('This clone is shallow, so the commit that brought the plan is not known', {
    remedy: 'Clone with the whole history: fetch-depth: 0 of actions/checkout, or git fetch --unshallow.',
  });
}
