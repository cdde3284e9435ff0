import type { Configuration } from '../configuration.ts';
import type { GitRepository } from '../git/repository.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { evaluateGuards } from '../plan/guards.ts';
import { refuseExceeded } from '../plan/guard-refusal.ts';
import type { ApprovalFacts } from '../schema/generated/ledger.ts';
import { verifyFreshness, type Freshness } from './freshness.ts';
import { verifyGitApproval } from './git-approval.ts';
import { verifyPlanFolder, type VerifiedPlan } from './plan-folder.ts';

declare const approved: unique symbol;

/** A plan that may be replayed. Only `approvePlan` makes one: an unapproved plan does not compile. */
export interface ApprovedPlan extends VerifiedPlan {
  readonly facts: ApprovalFacts;
  readonly freshness: Freshness;
  readonly [approved]: true;
}

export interface ApprovalInput {
  readonly git: GitRepository;
  readonly configuration: Configuration;
  readonly name: string;
  readonly now: Date;
  /** Version of this program. */
  readonly tool: string;
  /** Read only after the plan itself proved whole. */
  readonly readLedger: () => Promise<Ledger>;
}

/** Integrity → freshness → approval → guards, each with its own exit code (design.md §8). Sends nothing to Zivver. */
export async function approvePlan(input: ApprovalInput): Promise<{ plan: ApprovedPlan; ledger: Ledger }> {
  const { git, configuration, now, tool } = input;
  const verified = await verifyPlanFolder(git, configuration.organisation, input.name);
  const ledger = await input.readLedger();
  const freshness = verifyFreshness({ plan: verified.plan, configuration, ledger, now, tool });
  const facts = await verifyGitApproval(git, verified, configuration);
  refuseUnguarded(verified, configuration, now);
  return { plan: { ...verified, facts, freshness } as ApprovedPlan, ledger };
}

/** The planner may have been manipulated: its limits are worked out again, with the configuration on the branch. */
function refuseUnguarded({ plan }: VerifiedPlan, configuration: Configuration, now: Date): void {
  refuseExceeded(evaluateGuards(plan.body, configuration, now), 'nothing was applied');
}
