import { fact } from '../facts/fact.ts';
import type { ConfiguredSource } from '../configuration/configuration.ts';
import { type Entry, valuesOf } from '../directory/entry.ts';
import type { SourceSnapshot } from '../directory/source.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { ExcludedEntry, MappedUser } from './mapped.ts';
import { excludeEntry } from './map-person.ts';
import type { PersonContext } from './person-context.ts';

/** Why nobody can say whom the filters leave in; null: they can be judged. */
export function findUnjudgedFilter(
  { filters = [] }: Pick<ConfiguredSource, 'filters'>,
  { kind, selected, groups }: Pick<SourceSnapshot, 'kind' | 'selected' | 'groups'>,
): Fact | null {
  const rules = filters.flatMap(({ include, exclude }) => include ?? exclude ?? []);
  const isByGroup = rules.some(({ attribute }) => attribute.toLowerCase() === 'memberof');
  // A directory answers with what there is; of an export somebody chose the attributes.
  if (kind !== 'ldif' || !isByGroup) return null;
  const hasValues = [...selected, ...groups].some((entry) => valuesOf(entry, 'memberOf').length > 0);
  return hasValues ? null : fact('memberships-not-exported');
}

/** Who is not mapped then: those whom the filters left in, and those whom they left out. All of them stay as they are. */
export function holdUnjudged(
  users: ReadonlyMap<Entry, MappedUser>,
  why: Fact,
  context: PersonContext,
): readonly ExcludedEntry[] {
  const fault = { reason: 'lost-rights', detail: why, attribute: 'memberOf', leavesAs: null } as const;
  return [
    ...context.excluded.map((one) => (one.exclusion.reason === 'filtered' ? holdFiltered(one, why) : one)),
    ...[...users].map(([entry, { account }]) => excludeEntry(entry, { ...fault, key: account.key }, context)),
  ];
}

function holdFiltered({ exclusion, evidence, key }: ExcludedEntry, detail: Fact): ExcludedEntry {
  return {
    key,
    effect: 'held',
    reason: null,
    evidence: { ...evidence, attribute: 'memberOf', value: null },
    exclusion: { ...exclusion, reason: 'lost-rights', detail },
  };
}
