import { verifyPlanFolder } from '../../adapters/git/plan-folder.ts';
import { ReconcileError } from '../../model/errors.ts';
import { listOpenPlans } from '../../adapters/git/plan-listing.ts';
import { readBranches, requireBranch } from '../../adapters/git/branch.ts';
import { readChangedFiles } from '../../adapters/git/changed-files.ts';
import { findBroughtPlans } from '../../model/plan/brought-plans.ts';
import { openForge } from '../../adapters/forge/open-forge.ts';
import { closeProposal, findProposals, showPlan, writeProposal } from './write-proposal.ts';
import { planBranchOf, readProposedPlan, type ProposedPlan } from './plan-branch.ts';
import { commitPlan, pushPlanBranch, type PlanCommit } from './plan-commit.ts';
import { renderTitle } from '../../model/review/title.ts';
import { isRunningOut, isSamePlan } from './same-plan.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import type { CommandContext } from '../context.ts';

export interface ProposalRequest {
  /** Undefined: whose job this is. */
  readonly forge: string | undefined;
  readonly now: Date;
  readonly environment: NodeJS.ProcessEnv;
}

export interface ToldProposal {
  readonly outcome: 'opened' | 'updated' | 'unchanged' | 'closed' | 'none';
  readonly number: number | null;
  /** One sentence. */
  readonly text: string;
}

/** After `plan`: one pull request with its plan, or none if there is nothing to do. */
export async function openProposal(context: CommandContext, request: ProposalRequest): Promise<ToldProposal> {
  const { git, configuration } = context;
  const { organisation, approval } = configuration;
  const { gitRemote } = approval;
  if (gitRemote === null) throw withoutRemote();
  const base = requireBranch(await readBranches(git, approval, organisation));
  const name = (await listOpenPlans(git, base, organisation)).at(-1) ?? null;
  const proposed = await readProposedPlan(git, { gitRemote, organisation, base });
  return propose({ context, request, gitRemote, base, proposed }, name);
}

interface Work {
  readonly context: CommandContext;
  readonly request: ProposalRequest;
  readonly gitRemote: string;
  readonly base: string;
  readonly proposed: ProposedPlan;
}

async function propose(work: Work, name: string | null): Promise<ToldProposal> {
  const { context, request, proposed } = work;
  const { organisation, approval } = context.configuration;
  const forge = await openForge(request.forge, request.environment, context.version);
  const { current, others } = await findProposals(forge, organisation, approval.branch);
  if (name === null) {
    const why = `Closed: at ${request.now.toISOString()} a new plan had nothing to do any more.`;
    for (const proposal of [...(current ? [current] : []), ...others]) await closeProposal(forge, proposal, why);
    return current === null ? tell('none', null, 'There is no plan to propose.') : tell('closed', current.number, why);
  }
  const { plan } = await verifyPlanFolder(context.git, organisation, name);
  const proposeNew = async (): Promise<number> => {
    const commit = await push({ ...work, name, plan, author: await forge.readAuthor() });
    const number = await writeProposal(forge, { plan, commit, base: approval.branch, current });
    // On GitHub the review workflow does it with a token of its own; elsewhere no job that a pull request can change has one.
    if (forge.kind !== 'github') await showPlan(forge, number, { plan, commit });
    return number;
  };
  const isKept = current !== null && isUpToDate(proposed, plan, request.now);
  const number = isKept ? current.number : await proposeNew();
  for (const other of others) await closeProposal(forge, other, `Superseded by #${number}.`);
  if (isKept) return tell('unchanged', number, `Nothing changed: pull request #${number} stays as it is.`);
  const outcome = current === null ? 'opened' : 'updated';
  return tell(outcome, number, `Pull request #${number} is ${outcome}: ${renderTitle(plan)}.`);
}

function isUpToDate({ plan: open }: ProposedPlan, plan: PlanFile, now: Date): boolean {
  return open !== null && isSamePlan(open, plan) && !isRunningOut(open, now);
}

interface Push extends Work {
  readonly name: string;
  readonly plan: PlanFile;
  readonly author: PlanCommit['author'];
}

/** The pushed commit. */
async function push({ context, gitRemote, base, proposed, name, plan, author }: Push): Promise<string> {
  const { git, configuration } = context;
  const { organisation } = configuration;
  const commit = await commitPlan(git, { organisation, name, base, message: renderTitle(plan), author });
  findBroughtPlans(await readChangedFiles(git, base, commit));
  const branch = planBranchOf(organisation);
  await pushPlanBranch(git, { gitRemote, branch, tip: proposed.tip, commit });
  return commit;
}

function withoutRemote(): ReconcileError {
  return new ReconcileError('GIT_UNUSABLE', 'A pull request needs a git remote, and approval.gitRemote is none', {
    remedy: 'Name the git remote with approval.gitRemote.',
  });
}

function tell(outcome: ToldProposal['outcome'], number: number | null, text: string): ToldProposal {
  return { outcome, number, text };
}
