import type { Configuration, ConfiguredSource } from '../configuration/configuration.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import type { ExcludedEntry, MappedSource } from './mapped.ts';
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

/** The same question, and nothing found yet. */
export function freshContext({ source, configuration, now }: PersonContext): PersonContext {
  return buildContext(source, configuration, now);
}

/** With what was found on the way to them, in this order. */
export function withFindings(accounts: Accounts, contexts: readonly PersonContext[]): MappedSource {
  return {
    ...accounts,
    exclusions: contexts.flatMap(({ exclusions }) => exclusions),
    excluded: contexts.flatMap(({ excluded }) => excluded),
    observations: joinObservations(contexts.map(({ observations }) => observations)),
  };
}

type Accounts = Pick<MappedSource, 'users' | 'functional' | 'notes'>;
