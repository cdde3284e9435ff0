import { findBringingCommit, findFileAuthor, type BringingCommit } from '../../adapters/git/bringing-commit.ts';
import { readChangedFiles } from '../../adapters/git/changed-files.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import { ReconcileError } from '../../model/errors.ts';
import { findBroughtPlans, type BroughtPlan } from '../../model/plan/brought-plans.ts';
import { planFolder } from '../../model/plan/plan-name.ts';
import type { ApprovalFacts } from '../../model/schema/generated/ledger.ts';
import { notApproved } from './not-approved.ts';

type Merge = Pick<ApprovalFacts, 'planCommit' | 'planAuthor' | 'mergedBy' | 'mergedAt'>;

/**
 * The commit of the branch's own line (first parents) that brought the plan, and who made it: normally the merge of the pull
 * request. What it brought beside the plan nobody approved with it. Throws APPROVAL_MISSING (30), GIT_UNUSABLE.
 */
export async function readMerge(git: GitRepository, head: string, plan: BroughtPlan): Promise<Merge> {
  const file = `${planFolder(plan.organisation, plan.name)}/plan.json`;
  const brought = await findBringingCommit(git, head, file);
  if (brought === null)
    throw notApproved('No commit of the branch brought the plan', {
      remedy:
        'Have the pull request with the plan reviewed and merged, then apply from a clean checkout of the branch.',
      problems: [{ where: file, what: 'has no commit that added it' }],
    });
  await refuseCompany(git, brought, plan);
  return {
    planCommit: brought.commit,
    planAuthor: (await findFileAuthor(git, head, file)) ?? brought.author,
    mergedBy: mergerOf(brought),
    mergedAt: brought.at,
  };
}

/** The check of the pull request sees its head only; whoever merges can still add to it. */
async function refuseCompany(
  git: GitRepository,
  { commit, parents }: BringingCommit,
  plan: BroughtPlan,
): Promise<void> {
  try {
    findBroughtPlans(await readChangedFiles(git, parents[0] ?? null, commit));
  } catch (cause) {
    if (!(cause instanceof ReconcileError)) throw cause;
    throw notApproved(`The commit that brought plan ${plan.name} brought what a plan may not come with`, {
      remedy: 'Make a new plan, and have it reviewed and merged with nothing beside it.',
      problems: cause.problems.map(({ where, what }) => ({ where: `commit ${commit.slice(0, 10)}: ${where}`, what })),
      cause,
    });
  }
}

/**
 * A merge was made by its author: of one that was made on the web the committer is GitHub. Whoever squashed on the web is
 * nowhere in git (the author wrote the pull request): null.
 */
function mergerOf({ parents, author, committer }: BringingCommit): string | null {
  if (parents.length > 1) return author;
  return committer.endsWith('<noreply@github.com>') ? null : committer;
}
