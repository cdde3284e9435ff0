import type { Forge, Proposal } from '../../model/forge/forge.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import { renderTitle } from '../../model/review/title.ts';
import { markOf, writeMarkedComment } from './marked-comment.ts';
import { planBranchOf } from './plan-branch.ts';
import { LABEL_PREFIX, labelsOf, proposalMark, renderPullRequest, renderReviewComment } from './pull-request-text.ts';

/** The open one on the branch of the organisation, and others that somebody opened for the same by hand or before. */
export async function findProposals(
  forge: Forge,
  organisation: string,
  base: string,
): Promise<{ current: Proposal | null; others: readonly Proposal[] }> {
  // A branch in a fork may have any name.
  const own = (await forge.listProposals(base)).filter(({ isFromHere }) => isFromHere);
  const branch = planBranchOf(organisation);
  return {
    current: own.find((proposal) => proposal.branch === branch) ?? null,
    others: own.filter(
      (proposal) => proposal.branch !== branch && proposal.body.startsWith(proposalMark(organisation)),
    ),
  };
}

/** Opens the pull request for a pushed branch, or brings the open one up to date. Its number. */
export async function writeProposal(
  forge: Forge,
  proposal: { plan: PlanFile; commit: string; base: string; current: Proposal | null },
): Promise<number> {
  const { plan, commit, base, current } = proposal;
  const title = renderTitle(plan);
  const body = renderPullRequest(plan, forge, forge.filesUrlOf(commit));
  if (current === null) return forge.openProposal({ title, body, branch: planBranchOf(plan.body.organisation), base });
  await forge.editProposal(current.number, { title, body });
  await forge.addComment(
    current.number,
    `The plan in this pull request was replaced: it now is ${plan.digest}. Approvals of the earlier one do not count.`,
  );
  return current.number;
}

/** Closes with a pointer to what replaces it. */
export async function closeProposal(forge: Forge, { number }: Proposal, why: string): Promise<void> {
  await forge.addComment(number, why);
  await forge.closeProposal(number);
}

/** Shows the plan in one comment that is edited in place, and its risks as labels. */
export async function showPlan(
  forge: Forge,
  number: number,
  { plan, commit }: { readonly plan: PlanFile; readonly commit: string },
): Promise<void> {
  const text = renderReviewComment(plan, forge.filesUrlOf(commit), forge.limits.comment);
  await writeMarkedComment(forge, number, { mark: markOf('review', plan.body.organisation), text });
  const names = await forge.readLabels(number);
  // Labels of an earlier plan go, labels of people stay.
  const wanted = [...names.filter((name) => !name.startsWith(LABEL_PREFIX)), ...labelsOf(plan)];
  if ([...wanted].sort().join('\n') !== [...names].sort().join('\n')) await forge.writeLabels(number, wanted);
}
