import type { PlanFile } from '../../model/schema/generated/plan.ts';
import type { GithubWriter } from '../../adapters/forge/github/github-writer.ts';
import { isMarked } from './marked-comment.ts';
import { planBranchOf } from './plan-branch.ts';
import { LABEL_PREFIX, labelsOf, proposalMark, renderPullRequest } from './pull-request-text.ts';
import { renderTitle } from '../../model/review/title.ts';

/** An open pull request that brings a plan of one organisation. */
export interface OpenProposal {
  readonly number: number;
  readonly branch: string;
}

/** The one on the branch of the organisation, and others that somebody opened for the same by hand or before. */
export async function findProposals(
  github: GithubWriter,
  organisation: string,
  base: string,
): Promise<{ current: OpenProposal | null; others: readonly OpenProposal[] }> {
  const found = await github.readAll(`/pulls?state=open&base=${encodeURIComponent(base)}`);
  const own = found
    .filter((pull) => isFromHere(pull, github.place.repository))
    .map((pull) => ({ pull, ...read(pull) }));
  const branch = planBranchOf(organisation);
  return {
    current: own.find((proposal) => proposal.branch === branch) ?? null,
    others: own.filter(
      (proposal) => proposal.branch !== branch && isMarked(proposal.pull, proposalMark(organisation), 'anybody'),
    ),
  };
}

/** Opens the pull request for a pushed branch, or brings the open one up to date. Its number. */
export async function writeProposal(
  github: GithubWriter,
  proposal: { plan: PlanFile; commit: string; base: string; current: OpenProposal | null },
): Promise<number> {
  const { plan, commit, base, current } = proposal;
  const { serverUrl, repository } = github.place;
  const title = renderTitle(plan);
  const body = renderPullRequest(plan, `${serverUrl}/${repository}/blob/${commit}`);
  if (current === null) {
    const head = planBranchOf(plan.body.organisation);
    return github.make('/pulls', { title, body, head, base });
  }
  await github.send('PATCH', `/pulls/${current.number}`, { title, body });
  const told = `The plan in this pull request was replaced: it now is ${plan.digest}. Approvals of the earlier one do not count.`;
  await github.send('POST', `/issues/${current.number}/comments`, { body: told });
  return current.number;
}

/** Closes with a pointer to what replaces it. */
export async function closeProposal(github: GithubWriter, { number }: OpenProposal, why: string): Promise<void> {
  await github.send('POST', `/issues/${number}/comments`, { body: why });
  await github.send('PATCH', `/pulls/${number}`, { state: 'closed' });
}

/** Sets the labels of the plan's risks and takes away those of an earlier plan; labels of people stay. */
export async function writeLabels(github: GithubWriter, number: number, plan: PlanFile): Promise<void> {
  const { labels } = await github.read(`/issues/${number}`);
  const names = (Array.isArray(labels) ? (labels as unknown[]) : []).flatMap(nameOf);
  const wanted = [...names.filter((name) => !name.startsWith(LABEL_PREFIX)), ...labelsOf(plan)];
  if ([...wanted].sort().join('\n') === [...names].sort().join('\n')) return;
  await github.send('PUT', `/issues/${number}/labels`, { labels: wanted });
}

function nameOf(label: unknown): string[] {
  const { name } = (label ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? [name] : [];
}

/** A branch in a fork may have any name. */
function isFromHere(pull: Record<string, unknown>, repository: string): boolean {
  const { head } = pull as { head?: { repo?: { full_name?: string } | null } };
  return head?.repo?.full_name?.toLowerCase() === repository.toLowerCase();
}

function read(pull: Record<string, unknown>): OpenProposal {
  const { number, head } = pull as { number: number; head: { ref: string } };
  return { number, branch: head.ref };
}
