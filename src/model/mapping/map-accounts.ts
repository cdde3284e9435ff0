import { fact } from '../facts/fact.ts';
import type { Configuration, ConfiguredSource } from '../configuration/configuration.ts';
import { normaliseDn } from '../directory/distinguished-name.ts';
import { isDirectory } from '../configuration/source-kind.ts';
import type { AttributeValue, SourceSnapshot } from '../directory/source.ts';
import { applyJoins } from './apply-joins.ts';
import { delegateValues, valuesToLookUp } from './delegate-finder.ts';
import { findEmptyAttributes } from './empty-attributes.ts';
import type { MappedAccounts } from './mapped.ts';
import { mergeSources } from './merge-sources.ts';
import { joinObservations, renderAdvice } from './observations.ts';
import { buildContext } from './person-context.ts';
import type { ReadSource } from './read-source.ts';
import { resolveAddresses } from './resolve-addresses.ts';

export interface MappingInput {
  readonly configuration: Configuration;
  readonly now: Date;
  readonly sources: readonly ReadSource[];
  /** Keys that have a desired file on the branch: their groups stay even without members. */
  readonly managedKeys: ReadonlySet<string>;
}

export interface DelegateLookUp {
  /** DNs that the source's own entries do not explain. */
  readonly dns: readonly string[];
  /** Names of all delegates: whether a name is unique shows only in the whole domain. */
  readonly values: readonly AttributeValue[];
}

/** What to look up outside the selection before `mapAccounts`. */
export function delegatesToLookUp(source: ConfiguredSource, snapshot: SourceSnapshot): DelegateLookUp {
  const { delegates } = source.mapping;
  if (delegates === null || !isDirectory(source)) return { dns: [], values: [] };
  const named = new Set(snapshot.selected.flatMap((entry) => delegateValues(entry, delegates)));
  if (delegates.by !== 'dn')
    return { dns: [], values: [...named].flatMap((value) => valuesToLookUp(value, source.mapping)) };
  // As written: a directory spells a DN the same everywhere, and an entry looked up once more does no harm.
  for (const { dn } of named.size === 0 ? [] : [...snapshot.selected, ...snapshot.groups]) named.delete(dn);
  const unknown = new Map([...named].map((dn) => [normaliseDn(dn), dn]));
  return { dns: [...unknown.values()], values: [] };
}

/** Entries of all sources → accounts as they should be. Pure; the order of entries does not matter for the result. */
export function mapAccounts({ configuration, now, sources, managedKeys }: MappingInput): MappedAccounts {
  const all = sources.flatMap((source) =>
    source.mapping === null ? [] : [{ source, mapped: source.mapping.finish(source, managedKeys) }],
  );
  const joining = sources.flatMap((source) => {
    const { configured } = source;
    const context = buildContext(configured, configuration, now);
    return configured.join === null ? [] : [{ source, join: configured.join, context }];
  });
  const exclusions = all.flatMap(({ mapped }) => mapped.exclusions);
  const excluded = all.flatMap(({ mapped }) => mapped.excluded);
  const merged = mergeSources(
    all.flatMap(({ mapped }) => mapped.users),
    all.flatMap(({ mapped }) => mapped.functional),
  );
  const joined = applyJoins(merged, joining);
  exclusions.push(...joining.flatMap(({ context }) => context.exclusions));
  const accounts = resolveAddresses(joined.accounts, excluded, exclusions);
  const advice = renderAdvice(
    joinObservations([
      ...all.map(({ mapped }) => mapped.observations),
      ...joining.map(({ context }) => context.observations),
    ]),
    all.map(({ source }) => source.configured),
  );
  return {
    accounts,
    excluded,
    exclusions,
    notes: [
      ...all.flatMap(({ mapped, source: { snapshot } }) => [
        ...mapped.notes,
        ...snapshot.warnings.map((what) => fact('of-source', { source: snapshot.name, what })),
      ]),
      ...joined.notes,
      ...advice,
    ],
    emptyAttributes: sources.flatMap(({ configured, snapshot }) => findEmptyAttributes(configured, snapshot.selected)),
  };
}
