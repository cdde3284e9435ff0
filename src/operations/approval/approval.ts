import { summariseApproval } from '../../model/approval/approval-summary.ts';
import { formatCanonicalJson } from '../../model/canonical.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { GitRepository } from '../../adapters/git/repository.ts';
import type { Ledger } from '../../adapters/git/ledger.ts';
import { readPlanAuthors } from '../../adapters/git/plan-authors.ts';
import { readLedger } from '../../adapters/git/read-ledger.ts';
import { listTaken, type Taken } from '../../model/ledger/taken.ts';
import { smallerOf } from '../../model/plan/bound-accounts.ts';
import { evaluateGuards } from '../../model/plan/guards.ts';
import { refuseExceeded } from '../../model/plan/guard-refusal.ts';
import { judgeOverTime } from '../../model/plan/over-time.ts';
import type { ApprovalFacts } from '../../model/schema/generated/ledger.ts';
import { readHistoryClaims, type PlanBaseline } from './history-claims.ts';
import { verifyFreshness, type Freshness } from './freshness.ts';
import { readApprovalBranches, verifyGitApproval } from './git-approval.ts';
import { verifyReviews } from './review-approval.ts';
import { verifyPeople } from './people-approval.ts';
import { verifySignatures } from './signature-approval.ts';
import { verifyPlanFolder, type VerifiedPlan } from '../../adapters/git/plan-folder.ts';

declare const approved: unique symbol;

/** A plan that may be replayed. Only `approvePlan` makes one: an unapproved plan does not compile. */
export interface ApprovedPlan extends VerifiedPlan {
  readonly facts: ApprovalFacts;
  readonly freshness: Freshness;
  /** What branch and ledger had before it; null: it was begun before, and was proven then. */
  readonly history: PlanBaseline | null;
  /** By the plans before it. */
  readonly taken: readonly Taken[];
  readonly [approved]: true;
}

export interface ApprovalInput {
  readonly git: GitRepository;
  readonly configuration: Configuration;
  readonly name: string;
  readonly now: Date;
  /** Version of this program. */
  readonly tool: string;
  /** For the token of the forge, if approval.reviews is configured. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Integrity → freshness → approval → guards, each with its own exit code (README.md). Sends nothing to Zivver. */
export async function approvePlan(input: ApprovalInput): Promise<{ plan: ApprovedPlan; ledger: Ledger }> {
  const { git, configuration, now, tool } = input;
  const verified = await verifyPlanFolder(git, configuration.organisation, input.name);
  const branches = await readApprovalBranches(git, configuration);
  const ledger = await readLedger(git, { organisation: configuration.organisation, branches });
  const freshness = verifyFreshness({ plan: verified.plan, configuration, ledger, now, tool });
  refuseOtherRule(verified, configuration);
  const merge = await verifyGitApproval(git, branches, { verified, configuration });
  const people = await readPlanAuthors(git, { planCommit: merge.planCommit, folder: verified.folder });
  const distinctPeople = verifyPeople(configuration, merge, people.authors);
  const bots = configuration.approval.bots.map((address) => ({ name: '', address }));
  const authors = [...people.withCommitters, ...bots];
  const { environment } = input;
  const userAgent = `zivver-gitops/${tool}`;
  const reviews = await verifyReviews({ git, verified, configuration, merge, authors, environment, userAgent });
  const signatures = await verifySignatures({ git, verified, configuration, merge, authors, now });
  const facts: ApprovalFacts = { ...merge, distinctPeople, reviews, signatures };
  const { digest } = verified.plan;
  const taken = listTaken(ledger.entries.filter(({ begin }) => begin.plan !== digest));
  refuseUnguarded(verified, { configuration, now, freshness, taken });
  const { planCommit } = facts;
  const claims = { git, configuration, ledger, verified, planCommit, now };
  const history = freshness.kind === 'again' ? null : await readHistoryClaims(claims);
  const plan: Omit<ApprovedPlan, typeof approved> = { ...verified, facts, freshness, history, taken };
  return { plan: plan as ApprovedPlan, ledger };
}

/** The review must name the approval that is in force, also if the planner was manipulated. */
function refuseOtherRule({ plan, folder }: VerifiedPlan, configuration: Configuration): void {
  if (formatCanonicalJson(plan.body.approval) === formatCanonicalJson(summariseApproval(configuration))) return;
  throw new ReconcileError('PLAN_CONFIGURATION_CHANGED', 'The plan names another approval than organisation.yaml', {
    remedy: 'Make a new plan with: zivver-gitops plan',
    problems: [{ where: `${folder}/plan.json`, what: 'body.approval' }],
  });
}

interface Guarding extends Pick<ApprovalInput, 'configuration' | 'now'> {
  readonly freshness: Freshness;
  readonly taken: readonly Taken[];
}

/**
 * The planner may have been manipulated: its limits are worked out again, with the configuration on the branch. Of a plan that
 * was begun the populations are those of before.
 */
function refuseUnguarded({ plan: { body } }: VerifiedPlan, { configuration, now, freshness, taken }: Guarding): void {
  const existing =
    freshness.kind === 'again' ? smallerOf(body.existing, freshness.entry.begin.existing) : body.existing;
  const findings = evaluateGuards({ ...body, existing }, { configuration, now, index: null });
  const overTime = judgeOverTime({ configuration, now, taken, changes: body.changes, findings });
  refuseExceeded([...findings, ...overTime], 'nothing was applied');
}
