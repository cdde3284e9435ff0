import type { Configuration } from '../configuration/configuration.ts';
import type { PlanBody } from '../schema/generated/plan.ts';

/** What a plan and its review say of the approval that is in force. */
export function summariseApproval({ approval }: Pick<Configuration, 'approval'>): PlanBody['approval'] {
  const { branch, distinctPeople, github, signatures } = approval;
  return {
    branch,
    distinctPeople,
    minimumApprovals: github?.minimumApprovals ?? null,
    signatures: signatures && {
      minimum: signatures.minimum,
      rules: signatures.rules.map(({ for: classes, minimum, role }) => ({ for: [...classes], minimum, role })),
    },
  };
}

/** How many people a recorded approval proves. `single`: whoever merged it may have made it, and nobody else looked. */
export type ProvenBy = 'signatures' | 'reviews' | 'merger' | 'single';

export function provenBy({
  signatures,
  github,
  distinctPeople,
}: {
  readonly signatures: unknown;
  readonly github: unknown;
  readonly distinctPeople: boolean;
}): ProvenBy {
  if (signatures !== null) return 'signatures';
  if (github !== null) return 'reviews';
  return distinctPeople ? 'merger' : 'single';
}

/** What a plan asks of its approval: no more than this will be proved. */
export function askedProof({ signatures, minimumApprovals, distinctPeople }: PlanBody['approval']): ProvenBy {
  return provenBy({ signatures, github: minimumApprovals, distinctPeople });
}
