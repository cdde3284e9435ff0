import { summariseApproval } from '../approval/approval-summary.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { PlanBody } from '../schema/generated/plan.ts';

/** What every plan is made with, a rollback too. */
export interface PlanMaking {
  readonly configuration: Configuration;
  readonly now: Date;
  /** Version of this program. */
  readonly tool: string;
  /** Where the plan stands in the ledger. */
  readonly place: Pick<PlanBody, 'lineage' | 'sequence' | 'parent'>;
}

const HOUR_MS = 3_600_000;

/** What a plan says of itself, whatever its changes are. */
export function buildPlanHead({ configuration, now, tool, place }: PlanMaking) {
  return {
    organisation: configuration.organisation,
    target: configuration.target.url,
    ...place,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + configuration.expiresAfterHours * HOUR_MS).toISOString(),
    tool,
    configuration: configuration.digest,
    approval: summariseApproval(configuration),
    sso: configuration.sso.enabled,
  } satisfies Partial<PlanBody>;
}
