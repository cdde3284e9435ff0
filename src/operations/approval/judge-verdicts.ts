import type { Problem } from '../../model/errors.ts';
import { isSamePerson, type GitIdentity } from '../../model/approval/git-identity.ts';
import { isBot } from '../../model/approval/judge-people.ts';
import type { ForgeAccount, Verdict } from '../../model/forge/review-reader.ts';
import type { ReviewFacts } from '../../model/schema/generated/ledger.ts';
import type { ProposalFacts } from './proposal-facts.ts';

export interface JudgedVerdicts {
  /** Those that count, one a person. */
  readonly approvals: ReviewFacts['reviews'];
  /** People who want changes. */
  readonly vetoes: readonly Problem[];
  /** Why the other verdicts do not count. */
  readonly objections: readonly Problem[];
}

/** Who does not approve. */
export interface Excluded {
  /** Whom git names as author or committer of the plan, and the planner. */
  readonly authors: readonly GitIdentity[];
  /** approval.bots */
  readonly bots: readonly string[];
}

/** Which people approve, which want changes, and whose verdict does not count and why. */
export function judgeVerdicts(facts: ProposalFacts, people: Excluded): JudgedVerdicts {
  const approvals: ReviewFacts['reviews'] = [];
  const vetoes: Problem[] = [];
  const objections: Problem[] = [];
  for (const verdict of facts.proposal.verdicts) {
    const { by, id, kind } = verdict;
    const where = `review ${id} by ${by?.login ?? 'a deleted account'}`;
    const judged = findApprover(verdict, facts, people);
    if (kind === 'objects' && (by === null || isHuman(by, people))) vetoes.push({ where, what: 'requests changes' });
    else if (typeof judged === 'string') objections.push({ where, what: judged });
    else approvals.push({ login: judged.login, id, commit: verdict.commit ?? '', at: verdict.at });
  }
  return { approvals, vetoes, objections };
}

/** Who approves; or why this does not count. */
function findApprover(
  { kind, by, commit, mayWrite }: Verdict,
  facts: ProposalFacts,
  people: Excluded,
): ForgeAccount | string {
  const { proposal, tree } = facts;
  const commits = (proposal.commits ?? []).filter(({ sha }) => tree?.statementCommits.has(sha) !== true);
  if (kind !== 'approves') return kind === 'dismissed' ? 'was dismissed' : 'does not approve';
  if (by === null) return 'was given by an account that was deleted';
  if (!isHuman(by, people)) return 'was not given by a person';
  if (by.id === proposal.opener?.id) return 'was given by who opened the pull request';
  const isOwn = commits.some(({ author, committer }) => isSame(by, author) || isSame(by, committer));
  if (isOwn || people.authors.some((author) => isSamePerson(by, author)))
    return 'was given by an author or committer of the pull request';
  const isOfAll = commit === proposal.head || (commit !== null && tree?.earlierHeads.includes(commit));
  if (isOfAll !== true) return `approves commit ${commit?.slice(0, 10) ?? 'unknown'}, which is not what was merged`;
  return mayWrite ? by : 'was given by somebody who may not write to the repository';
}

function isHuman(account: ForgeAccount, { bots }: Excluded): boolean {
  return account.isPerson && !account.login.toLowerCase().endsWith('[bot]') && !isBot(account, bots);
}

/** Ids decide; logins too, so that a renamed or forged part of an answer can only refuse. */
function isSame(account: ForgeAccount, other: ForgeAccount | null): boolean {
  return other !== null && (other.id === account.id || other.login.toLowerCase() === account.login.toLowerCase());
}
