import { ReconcileError } from '../../model/errors.ts';
import type { ReviewReader } from '../../model/forge/review-reader.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { ApprovalFacts } from '../../model/schema/generated/ledger.ts';
import type { ApprovalRule } from './judge-proposal.ts';
import { readMergedTree } from './merged-tree.ts';
import { notApproved } from './not-approved.ts';
import type { ProposalFacts } from './proposal-facts.ts';

export interface ReadRequest {
  readonly git: GitRepository;
  readonly reader: ReviewReader;
  readonly merge: Pick<ApprovalFacts, 'commit' | 'planCommit'> & { readonly gitRemote: string };
  readonly rule: ApprovalRule;
}

/** Facts about every merged pull request into the branch that the forge connects with the commit that brought the plan. */
export async function readProposals(request: ReadRequest): Promise<ProposalFacts[]> {
  const { reader, merge, rule } = request;
  const { numbers, named } = await reader.findMerged(merge.planCommit, rule.branch);
  if (numbers.length === 0)
    throw notApproved(`No merged pull request brought the plan to ${rule.branch}`, {
      remedy:
        'Merge plans through pull requests only. If it was merged this minute, the forge may not know yet: run apply again.',
      problems: [{ where: `commit ${merge.planCommit}`, what: `${reader.place} names ${named} pull requests` }],
    });
  const facts: ProposalFacts[] = [];
  for (const number of numbers) facts.push(await readFacts(request, number));
  return facts;
}

async function readFacts({ git, reader, merge, rule }: ReadRequest, number: number): Promise<ProposalFacts> {
  const proposal = await reader.read(number);
  const tree = await readMergedTree(git, proposal, { ...merge, folder: rule.folder }).catch((cause: unknown) => {
    if (!(cause instanceof ReconcileError)) throw cause;
    throw notApproved(`What pull request ${number} brought cannot be read from the git remote`, {
      remedy: `Check the connection to the git remote and its right to fetch ${proposal.headRef}, then try again.`,
      problems: cause.problems,
      cause,
    });
  });
  return { proposal, tree };
}
