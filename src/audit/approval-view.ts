import type { ApprovalFacts } from '../schema/generated/ledger.ts';

/** Who let a plan through, as the ledger recorded it. */
export interface ApprovalView {
  readonly planAuthor: string;
  readonly mergedBy: string;
  readonly mergedAt: string;
  readonly branch: string;
  /** Commit that brought the plan onto the branch. */
  readonly commit: string;
  /** Reviews of the pull request; [] if none were asked for. */
  readonly reviews: readonly ReviewView[];
}

export interface ReviewView {
  readonly login: string;
  /** When it was given, null if the record does not say. */
  readonly at: string | null;
}

export function viewApproval(facts: ApprovalFacts): ApprovalView {
  const { planAuthor, mergedBy, mergedAt, branch, planCommit } = facts;
  return { planAuthor, mergedBy, mergedAt, branch, commit: planCommit, reviews: viewReviews(facts) };
}

/** Records of organisations without `approval.github` have no reviews, and older ones no such field at all. */
function viewReviews(facts: ApprovalFacts): ReviewView[] {
  const { github } = facts as { github?: unknown };
  const reviews = isRecord(github) ? github['reviews'] : undefined;
  if (!Array.isArray(reviews)) return [];
  return reviews.filter(isRecord).flatMap((review) => {
    const login = textOf(review, ['login', 'reviewer', 'user']);
    return login === null ? [] : [{ login, at: textOf(review, ['submittedAt', 'at', 'time']) }];
  });
}

function textOf(record: Readonly<Record<string, unknown>>, names: readonly string[]): string | null {
  const values = names.map((name) => record[name]);
  return values.find((value): value is string => typeof value === 'string') ?? null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
