import type { Problem } from '../../model/errors.ts';
import type { GithubApprovalFacts } from '../../model/schema/generated/ledger.ts';
import { isPathOfPlan } from '../../model/plan/brought-plans.ts';
import { isAccount, judgeReviews } from './github-reviews.ts';
import type { PullRequestFacts } from './pull-request-facts.ts';

/** What must have been approved, where, and by how many. */
export interface ApprovalRule {
  /** `owner/name` */
  readonly repository: string;
  readonly branch: string;
  readonly minimumApprovals: number;
  readonly organisation: string;
  /** Folder of the plan. */
  readonly folder: string;
  /** Blob ids of the plan that would be applied. */
  readonly blobs: Readonly<Record<'plan.json' | 'plan.md', string>>;
}

export type Judgement =
  | { readonly approved: true; readonly facts: GithubApprovalFacts }
  | { readonly approved: false; readonly reasons: readonly Problem[] };

/** The decision table for one pull request; all reasons against it are told. */
export function judgePullRequest(facts: PullRequestFacts, rule: ApprovalRule): Judgement {
  const { number, html_url: url, head } = facts.pullRequest;
  const where = `pull request ${number}`;
  const faults = [...findMergeFaults(facts, rule), ...findContentFaults(facts, rule), ...findAuthorFaults(facts)];
  const { approvals, vetoes, objections } = judgeReviews(facts);
  const missing = approvals.length < rule.minimumApprovals;
  if (missing) faults.unshift(`has ${approvals.length} of ${rule.minimumApprovals} approvals that count`);
  if (faults.length > 0 || vetoes.length > 0) {
    const reasons = [...faults.map((what) => ({ where, what })), ...vetoes, ...(missing ? objections : [])];
    return { approved: false, reasons };
  }
  return { approved: true, facts: { pullRequest: number, url, head: head.sha, reviews: [...approvals] } };
}

/** The one pull request that was approved. Two would mean that something is not as it seems. */
export function judgePullRequests(all: readonly PullRequestFacts[], rule: ApprovalRule): Judgement {
  const judgements = all.map((facts) => judgePullRequest(facts, rule));
  const [first, ...others] = judgements.filter(({ approved }) => approved);
  if (first !== undefined && others.length === 0) return first;
  if (first === undefined)
    return { approved: false, reasons: judgements.flatMap((judged) => (judged.approved ? [] : judged.reasons)) };
  const reasons = all.map(({ pullRequest }) => ({
    where: `pull request ${pullRequest.number}`,
    what: 'is not the only one that brought this plan',
  }));
  return { approved: false, reasons };
}

function findMergeFaults({ pullRequest: { merged, base }, tree }: PullRequestFacts, rule: ApprovalRule): string[] {
  return [
    ...(merged ? [] : ['is not merged']),
    ...(base.ref === rule.branch ? [] : [`was merged into another branch than ${rule.branch}`]),
    ...(base.repo.full_name.toLowerCase() === rule.repository.toLowerCase() ? [] : ['belongs to another repository']),
    ...(tree === null ? ['has a head or a merge that the git remote does not have'] : []),
    ...(tree?.isOnBranch === false ? [`its merge did not bring the plan to ${rule.branch}`] : []),
  ];
}

function findContentFaults({ tree }: PullRequestFacts, { organisation, folder, blobs }: ApprovalRule): string[] {
  if (tree === null) return [];
  const names = ['plan.json', 'plan.md'] as const;
  const name = folder.split('/').at(-1) ?? '';
  const foreign = tree.files.filter((file) => !isPathOfPlan(file, { organisation, name }));
  return [
    ...names.flatMap((name) => (tree.files.includes(`${folder}/${name}`) ? [] : [`did not bring ${folder}/${name}`])),
    ...names.flatMap((name) =>
      tree.blobs.get(`${folder}/${name}`) === blobs[name] ? [] : [`was approved with another ${name}`],
    ),
    ...(foreign.length > 0
      ? [`touches ${foreign.length} other files, such as ${foreign[0]}: a plan needs a pull request of its own`]
      : []),
  ];
}

/** Whoever wrote a part cannot approve it, so every author must be known. */
function findAuthorFaults({ pullRequest, commits, tree }: PullRequestFacts): string[] {
  const listed = new Set(commits.map(({ sha }) => sha));
  const brought = new Set(tree?.commits);
  const isComplete = brought.size > 0 && listed.size === brought.size && [...listed].every((sha) => brought.has(sha));
  return [
    ...(pullRequest.user === null ? ['was opened by an account that was deleted'] : []),
    ...(isComplete || tree === null ? [] : ['GitHub lists other commits than were merged (it lists no more than 250)']),
    ...commits.flatMap(({ sha, author, committer }) =>
      tree?.statementCommits.has(sha) === true || (isAccount(author) && isAccount(committer))
        ? []
        : [`commit ${sha.slice(0, 10)} has an author or committer without a GitHub account`],
    ),
  ];
}
