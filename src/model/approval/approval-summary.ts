import type { Configuration } from '../configuration/configuration.ts';
import type { PlanBody } from '../schema/generated/plan.ts';

/** What a plan and its review say of the approval that is in force. */
export function summariseApproval({ approval }: Pick<Configuration, 'approval'>): PlanBody['approval'] {
  const { branch, distinctPeople, reviews, signatures } = approval;
  return {
    branch,
    distinctPeople,
    reviews: reviews && { forge: reviews.forge, minimum: reviews.minimum },
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
  reviews,
  distinctPeople,
}: {
  readonly signatures: unknown;
  readonly reviews: unknown;
  readonly distinctPeople: boolean;
}): ProvenBy {
  if (signatures !== null) return 'signatures';
  if (reviews !== null) return 'reviews';
  return distinctPeople ? 'merger' : 'single';
}

/** What a plan asks of its approval: no more than this will be proved. */
export function askedProof(asked: PlanBody['approval']): ProvenBy {
  return provenBy(asked);
}
