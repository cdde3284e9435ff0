import { parseIdentity, type GitIdentity } from '../../model/approval/git-identity.ts';
import { judgePeople } from '../../model/approval/judge-people.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import type { ApprovalFacts } from '../../model/schema/generated/ledger.ts';
import { notApproved } from './not-approved.ts';

/**
 * True if git names two people, or a person and the planner's bot. With approval.distinctPeople, and neither signatures nor
 * reviews that prove more, anything else is "not approved" (30).
 */
export function verifyPeople(
  { approval }: Pick<Configuration, 'approval'>,
  { mergedBy }: Pick<ApprovalFacts, 'mergedBy'>,
  authors: readonly GitIdentity[],
): boolean {
  const merger = mergedBy === null ? null : parseIdentity(mergedBy);
  const problems = judgePeople({ authors, merger, bots: approval.bots });
  if (problems.length === 0) return true;
  if (!approval.distinctPeople || approval.signatures !== null || approval.reviews !== null) return false;
  throw notApproved('The plan is not approved: one person alone made and merged it', {
    remedy:
      'Have another person merge the next plan, with a merge commit; or ask for signatures (approval.signatures) or reviews. Machines are named in approval.bots.',
    problems,
  });
}
