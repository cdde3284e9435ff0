import { reviewingFileOf } from '../../model/forge/forges.ts';
import type { Forge } from '../../model/forge/forge.ts';
import { fitMarkdown, renderBrief } from '../../model/review/fit-markdown.ts';
import { buildReview } from '../../model/review/review.ts';
import type { RiskClass } from '../../model/review/risk.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import { markOf } from './marked-comment.ts';

/** GitHub takes 1 MiB. */
const SUMMARY_BYTES = 900_000;

/** Labels of ours; all begin with this. */
export const LABEL_PREFIX = 'zivver: ';

const RISK_LABELS: Readonly<Record<Exclude<RiskClass, 'follows'>, string>> = {
  irreversible: 'deletes',
  unexplained: 'unexplained absence',
  suspend: 'suspends',
  mail: 'access to mail',
  identity: 'identity',
  reactivate: 'reactivates',
  attributes: 'details',
  create: 'new accounts',
};

/** The text of the pull request: who finds it among others, and what to know first. */
export function renderPullRequest(plan: PlanFile, { kind, limits }: Forge, filesUrl: string): string {
  const page = `[How to review a plan](${filesUrl}/${reviewingFileOf(kind)})`;
  const rest = `A merge is the approval: the plan is applied right after it. A new plan replaces this one in place; approvals do not go over to it. ${page}.`;
  const mark = proposalMark(plan.body.organisation);
  const whole = [mark, renderBrief(plan, filesUrl), rest].join('\n');
  if (whole.length <= limits.body) return whole;
  // Nothing is cut out of the middle of what a reviewer reads.
  return [mark, '**Read plan.md before you approve**: what it says first is too long for this place.', rest].join('\n');
}

export function proposalMark(organisation: string): string {
  return markOf('plan', organisation);
}

/** The sticky comment of the review. */
export function renderReviewComment(plan: PlanFile, filesUrl: string, bytes: number): string {
  const verified = 'Verified: the plan is whole, this is its review, and the desired files are those it was made with.';
  const frame = `${verified}\n\n`;
  return `${frame}${fitMarkdown(plan, { bytes: bytes - frame.length, filesUrl })}`;
}

/** For a job summary that shows `plans` of them. */
export function renderSummary(plan: PlanFile, plans: number): string {
  return fitMarkdown(plan, { bytes: Math.floor(SUMMARY_BYTES / plans), filesUrl: null });
}

/** Every class of risk in the plan as a label; what only follows from another has none. */
export function labelsOf(plan: PlanFile): readonly string[] {
  return buildReview(plan).classes.flatMap(({ risk }) =>
    risk === 'follows' ? [] : `${LABEL_PREFIX}${RISK_LABELS[risk]}`,
  );
}
