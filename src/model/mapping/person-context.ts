import type { Configuration, ConfiguredSource } from '../configuration/configuration.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import type { ExcludedEntry } from './mapped.ts';
import { buildObservations, joinObservations, type Observations } from './observations.ts';

/** What the mapping of one source's entries depends on, and what it finds on its way. */
export interface PersonContext {
  readonly source: ConfiguredSource;
  readonly configuration: Pick<Configuration, 'sso' | 'target'>;
  readonly now: Date;
  /** What is left out of accounts, who gets none, and what is worth telling is added to these. */
  readonly exclusions: Exclusion[];
  readonly excluded: ExcludedEntry[];
  readonly observations: Observations;
}

export function buildContext(
  source: ConfiguredSource,
  configuration: PersonContext['configuration'],
  now: Date,
): PersonContext {
  return { source, configuration, now, exclusions: [], excluded: [], observations: buildObservations() };
}

/** With lists of its own. */
export function copyContext(context: PersonContext): PersonContext {
  const { exclusions, excluded, observations } = context;
  return {
    ...context,
    exclusions: [...exclusions],
    excluded: [...excluded],
    observations: joinObservations([observations]),
  };
}
