import type { Configuration } from '../configuration/configuration.ts';
import type { ExclusionReason, PlanBody } from '../schema/generated/plan.ts';

/**
 * What a plan says that it left out, against organisation.yaml: whether an entry has no address or is a room only its source
 * knows, whether something is switched off the file says. Pure.
 */
export function findExclusionClaims(
  { exclusions, bootstrap }: Pick<PlanBody, 'exclusions' | 'bootstrap'>,
  configuration: Pick<Configuration, 'sources' | 'users' | 'functional'>,
): string[] {
  const names = new Set<string | null>([null, ...configuration.sources.map(({ name }) => name)]);
  const switchedOff = listSwitchedOff(configuration, bootstrap);
  return exclusions.flatMap(({ source, reason, subject }) => [
    ...(names.has(source) ? [] : [`${subject} is left out of a source that organisation.yaml does not have`]),
    ...(switchedOff[reason] === false
      ? [`${subject} is left out by a setting that organisation.yaml does not have`]
      : []),
  ]);
}

/** Reasons that a setting gives → whether it does. */
function listSwitchedOff(
  { users, functional }: Pick<Configuration, 'users' | 'functional'>,
  bootstrap: boolean,
): Partial<Record<ExclusionReason, boolean>> {
  return {
    'creation-off': !users.create || !functional.create,
    'update-off': !users.update || !functional.update,
    'reactivation-off': !users.reactivate,
    'missing-kept': !bootstrap && (users.missing === 'keep' || functional.missing === 'keep'),
    bootstrap,
  };
}
