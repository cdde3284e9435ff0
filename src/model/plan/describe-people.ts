import { effectOf, takesAccess } from '../change/effect.ts';
import type { ConfiguredSource } from '../configuration/configuration.ts';
import { formatFileTime } from '../directory/account-flags.ts';
import { normaliseDn } from '../directory/distinguished-name.ts';
import { type Entry, valueOf } from '../directory/entry.ts';
import { readGeneralizedTime, readStateChange } from '../directory/property-times.ts';
import type { Evidence, PlanBody } from '../schema/generated/plan.ts';
import type { Change } from '../change/change.ts';

/** Entries to look up of one source, to tell who loses access. */
export interface PeopleQuestion {
  readonly source: string;
  readonly dns: readonly string[];
}

/** Who of a plan loses access, by the source that says so. */
export function listPeopleToDescribe({ changes, source }: Pick<PlanBody, 'changes' | 'source'>): PeopleQuestion[] {
  const losing = changes.filter(isDescribed);
  return source.flatMap(({ name }) => {
    const dns = losing.flatMap(({ evidence }) => (evidence.source === name ? (evidence.entry ?? []) : []));
    return dns.length === 0 ? [] : [{ source: name, dns }];
  });
}

/** What to ask of them: what `mapping.context` names, and when the entry was changed. */
export function attributesToDescribe({ mapping }: Pick<ConfiguredSource, 'mapping'>): string[] {
  return [...new Set([...Object.values(mapping.context), 'whenChanged', 'replPropertyMetaData'])];
}

/** The changes with what was found of those who lose access; whatever cannot be read is not told. Pure. */
export function describePeople(
  changes: readonly Change[],
  found: readonly { readonly source: Pick<ConfiguredSource, 'name' | 'mapping'>; readonly entries: readonly Entry[] }[],
): Change[] {
  const index = new Map(
    found.flatMap(({ source, entries }) =>
      entries.map((entry) => [`${source.name} ${normaliseDn(entry.dn)}`, { entry, source }] as const),
    ),
  );
  return changes.map((change) => {
    const { source, entry } = change.evidence;
    const one = isDescribed(change) && entry !== null ? index.get(`${source} ${normaliseDn(entry)}`) : undefined;
    if (one === undefined) return change;
    return { ...change, evidence: { ...change.evidence, ...sinceOf(change, one.entry), ...personOf(one) } };
  });
}

function isDescribed(change: Change): boolean {
  return change.kind === 'user' && takesAccess(effectOf(change));
}

function sinceOf({ reason, evidence }: Change, entry: Entry): Pick<Evidence, 'since'> {
  if (reason === 'expired') {
    const at = formatFileTime(evidence.value ?? '');
    return at === null ? {} : { since: { at, by: 'accountExpires' } };
  }
  if (reason !== 'disabled') return {};
  const exact = readStateChange(valueOf(entry, 'replPropertyMetaData') ?? '');
  if (exact !== null) return { since: { at: exact.toISOString(), by: 'replPropertyMetaData' } };
  const last = readGeneralizedTime(valueOf(entry, 'whenChanged') ?? '');
  return last === null ? {} : { since: { at: last.toISOString(), by: 'whenChanged' } };
}

function personOf({
  entry,
  source: { mapping },
}: {
  readonly entry: Entry;
  readonly source: Pick<ConfiguredSource, 'mapping'>;
}): Pick<Evidence, 'person'> {
  const told = Object.entries(mapping.context).flatMap(([name, attribute]) => {
    const value = valueOf(entry, attribute)?.trim() ?? '';
    return value === '' ? [] : [[name, value]];
  });
  return told.length === 0 ? {} : { person: Object.fromEntries(told) as NonNullable<Evidence['person']> };
}
