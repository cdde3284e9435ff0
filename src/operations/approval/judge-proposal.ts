import type { Problem } from '../../model/errors.ts';
import type { ForgeKind } from '../../model/forge/forges.ts';
import { FORGES } from '../../model/forge/forges.ts';
import type { ReviewFacts } from '../../model/schema/generated/ledger.ts';
import { isPathOfPlan } from '../../model/plan/brought-plans.ts';
import { judgeVerdicts, type Excluded } from './judge-verdicts.ts';
import type { ProposalFacts } from './proposal-facts.ts';

/** What must have been approved, where, and by how many. */
export interface ApprovalRule extends Excluded {
  readonly forge: ForgeKind;
  readonly branch: string;
  readonly minimum: number;
  readonly organisation: string;
  /** Folder of the plan. */
  readonly folder: string;
  /** Blob ids of the plan that would be applied. */
  readonly blobs: Readonly<Record<'plan.json' | 'plan.md', string>>;
}

export type Judgement =
  | { readonly approved: true; readonly facts: ReviewFacts }
  | { readonly approved: false; readonly reasons: readonly Problem[] };

/** The decision table for one pull request; all reasons against it are told. */
export function judgeProposal(facts: ProposalFacts, rule: ApprovalRule): Judgement {
  const { number, url, head } = facts.proposal;
  const where = `pull request ${number}`;
  const faults = [...findMergeFaults(facts, rule), ...findContentFaults(facts, rule), ...findAuthorFaults(facts, rule)];
  const { approvals, vetoes, objections } = judgeVerdicts(facts, rule);
  const missing = approvals.length < rule.minimum;
  if (missing) faults.unshift(`has ${approvals.length} of ${rule.minimum} approvals that count`);
  if (faults.length > 0 || vetoes.length > 0) {
    const reasons = [...faults.map((what) => ({ where, what })), ...vetoes, ...(missing ? objections : [])];
    return { approved: false, reasons };
  }
  return { approved: true, facts: { forge: rule.forge, proposal: number, url, head, reviews: [...approvals] } };
}

/** The one pull request that was approved. Two would mean that something is not as it seems. */
export function judgeProposals(all: readonly ProposalFacts[], rule: ApprovalRule): Judgement {
  const judgements = all.map((facts) => judgeProposal(facts, rule));
  const [first, ...others] = judgements.filter(({ approved }) => approved);
  if (first !== undefined && others.length === 0) return first;
  if (first === undefined)
    return { approved: false, reasons: judgements.flatMap((judged) => (judged.approved ? [] : judged.reasons)) };
  const reasons = all.map(({ proposal }) => ({
    where: `pull request ${proposal.number}`,
    what: 'is not the only one that brought this plan',
  }));
  return { approved: false, reasons };
}

function findMergeFaults({ proposal, tree }: ProposalFacts, rule: ApprovalRule): string[] {
  return [
    ...(proposal.isMerged ? [] : ['is not merged']),
    ...(proposal.branch === rule.branch ? [] : [`was merged into another branch than ${rule.branch}`]),
    ...(proposal.isOfRepository ? [] : ['belongs to another repository']),
    ...(tree === null ? ['has a head or a merge that the git remote does not have'] : []),
    ...(tree?.isOnBranch === false ? [`its merge did not bring the plan to ${rule.branch}`] : []),
  ];
}

function findContentFaults({ tree }: ProposalFacts, { organisation, folder, blobs }: ApprovalRule): string[] {
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
function findAuthorFaults({ proposal, tree }: ProposalFacts, { forge }: ApprovalRule): string[] {
  const { opener, commits } = proposal;
  const deleted = opener === null ? ['was opened by an account that was deleted'] : [];
  if (commits === null) return deleted;
  const name = FORGES[forge].name;
  const listed = new Set(commits.map(({ sha }) => sha));
  const brought = new Set(tree?.commits);
  const isComplete = brought.size > 0 && listed.size === brought.size && [...listed].every((sha) => brought.has(sha));
  return [
    ...deleted,
    ...(isComplete || tree === null
      ? []
      : [`${name} lists other commits than were merged (GitHub lists no more than 250)`]),
    ...commits.flatMap(({ sha, author, committer }) =>
      tree?.statementCommits.has(sha) === true || (author !== null && committer !== null)
        ? []
        : [`commit ${sha.slice(0, 10)} has an author or committer without an account on ${name}`],
    ),
  ];
}
