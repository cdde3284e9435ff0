import { provenBy, type ProvenBy } from '../../model/approval/approval-summary.ts';
import type { ApprovalFacts } from '../../model/schema/generated/ledger.ts';

/** Who let a plan through, as the ledger recorded it. */
export interface ApprovalView {
  readonly planAuthor: string;
  /** Null: squashed or rebased on the web, by whom is not in git. */
  readonly mergedBy: string | null;
  readonly mergedAt: string;
  readonly branch: string;
  /** Commit that brought the plan onto the branch. */
  readonly commit: string;
  /** URL of the pull request, null if no forge was asked. */
  readonly pullRequest: string | null;
  /** Reviews of the pull request; [] if none were asked for. */
  readonly reviews: readonly ReviewView[];
  /** People whose signatures counted; [] if none were asked for. */
  readonly signers: readonly SignerView[];
  readonly provenBy: ProvenBy;
}

export interface SignerView {
  readonly name: string;
  readonly address: string;
}

export interface ReviewView {
  readonly login: string;
  readonly at: string;
}

export function viewApproval(facts: ApprovalFacts): ApprovalView {
  const { planAuthor, mergedBy, mergedAt, branch, planCommit } = facts;
  return {
    planAuthor,
    mergedBy,
    mergedAt,
    branch,
    commit: planCommit,
    pullRequest: facts.reviews?.url ?? null,
    reviews: viewReviews(facts),
    signers: (facts.signatures?.approvals ?? []).map(({ name, address }) => ({ name, address })),
    provenBy: provenBy(facts),
  };
}

function viewReviews({ reviews }: Pick<ApprovalFacts, 'reviews'>): ReviewView[] {
  return (reviews?.reviews ?? []).map(({ login, at }) => ({ login, at }));
}
