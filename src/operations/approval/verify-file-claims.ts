import type { VerifiedPlan } from '../../adapters/git/plan-folder.ts';
import type { Configuration } from '../../model/configuration/configuration.ts';
import { ReconcileError } from '../../model/errors.ts';
import { findFalseClaims, refuseFalseClaims } from '../../model/plan/file-claims.ts';

/** What files alone can prove of a plan. Throws PLAN_CONFIGURATION_CHANGED (27) or PLAN_CLAIM_FALSE (29). */
export function verifyFileClaims(verified: VerifiedPlan, configuration: Configuration): VerifiedPlan {
  const { plan, folder, desired } = verified;
  if (plan.body.configuration !== configuration.digest)
    throw new ReconcileError('PLAN_CONFIGURATION_CHANGED', 'organisation.yaml is not the one the plan was made with', {
      remedy: 'Make a new plan with the new configuration, or undo the change of organisation.yaml.',
    });
  const claims = findFalseClaims({ body: plan.body, configuration, desired });
  refuseFalseClaims(claims, `${folder}/plan.json`);
  return verified;
}
