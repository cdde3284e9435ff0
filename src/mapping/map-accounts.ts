import type { Configuration, ConfiguredSource } from '../configuration.ts';
import { buildDirectory, type Directory } from '../directory/directory.ts';
import { normaliseDn } from '../directory/distinguished-name.ts';
import { selectEntry } from '../directory/selection.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import { type Entry } from '../directory/entry.ts';
import { BASE_ATTRIBUTES, type SourceSnapshot } from '../source/source.ts';
import { findDelegateDns, mapDelegates } from './map-delegates.ts';
import { mapGroups } from './map-groups.ts';
import { excludeEntry, mapPerson, type PersonContext } from './map-person.ts';
import type { ExcludedEntry, MappedAccounts, MappedFunctional, MappedUser } from './mapped.ts';
import { mergeSources } from './merge-sources.ts';
import type { ReadSource } from './read-source.ts';
import { mapKey } from './rules.ts';

export interface MappingInput {
  readonly configuration: Configuration;
  readonly now: Date;
  readonly sources: readonly ReadSource[];
  /** Keys that have a desired file on the branch: their groups stay even without members. */
  readonly managedKeys: ReadonlySet<string>;
  /** Mobile number (E.164) → the form in which it may be shown; absent: as it is. */
  readonly sealMobile?: ((number: string) => string) | undefined;
}

/** Names of the attributes a source must read, in the spelling of the configuration. */
export function attributesToRead(source: ConfiguredSource): string[] {
  const { mapping } = source;
  const named = [
    mapping.email,
    mapping.fullName,
    mapping.accountKey,
    mapping.active,
    mapping.mobile,
    mapping.delegates,
  ];
  const filtered = (source.filters ?? []).map((filter) => (filter.include ?? filter.exclude)?.attribute ?? '');
  const division = source.division?.by === 'attribute' ? [source.division.attribute ?? ''] : [];
  const all = [...BASE_ATTRIBUTES, 'memberOf', 'displayName', ...named, ...filtered, ...division];
  const wanted = all.filter((name) => name !== '' && name !== 'none' && name.toLowerCase() !== 'distinguishedname');
  return [...new Map(wanted.map((name) => [name.toLowerCase(), name])).values()];
}

/** DNs of delegates that the source's own entries do not explain; to be looked up before `mapAccounts`. */
export function delegatesToLookUp(source: ConfiguredSource, snapshot: SourceSnapshot): string[] {
  if (source.mapping.delegates === 'none') return [];
  const known = buildDirectory(snapshot.selected, snapshot.groups);
  const dns = snapshot.selected.flatMap((entry) => findDelegateDns(entry, source.mapping.delegates));
  const unknown = dns.filter((dn) => known.entryOf(dn) === undefined);
  return [...new Map(unknown.map((dn) => [normaliseDn(dn), dn])).values()];
}

/** Directory entries → accounts as they should be. Pure; the order of entries does not matter for the result. */
export function mapAccounts(input: MappingInput): MappedAccounts {
  const exclusions: Exclusion[] = [];
  const excluded: ExcludedEntry[] = [];
  const notes: string[] = [];
  const users: MappedUser[] = [];
  const functional: MappedFunctional[] = [];
  for (const source of input.sources) {
    const directory = buildDirectory([...source.snapshot.selected, ...source.lookedUp], source.snapshot.groups);
    const context: PersonContext = {
      source: source.configured,
      configuration: input.configuration,
      now: input.now,
      exclusions,
      sealMobile: input.sealMobile ?? ((number) => number),
    };
    const people = selectPeople(source, directory, context, { excluded, exclusions });
    const mapped = mapPeople(people, context, excluded);
    const withDelegates = mapDelegates(mapped, { directory, context, entries: people });
    if (withDelegates.note !== null) notes.push(withDelegates.note);
    users.push(...withDelegates.users);
    functional.push(
      ...mapGroups(source, { directory, context, users: mapped, managedKeys: input.managedKeys, excluded }),
    );
    notes.push(...source.snapshot.warnings);
  }
  return { accounts: mergeSources(users, functional), excluded, exclusions, notes };
}

function selectPeople(
  source: ReadSource,
  directory: Directory,
  context: PersonContext,
  out: { excluded: ExcludedEntry[]; exclusions: Exclusion[] },
): Entry[] {
  const people: Entry[] = [];
  for (const entry of source.snapshot.selected) {
    const selected = selectEntry(entry, source.configured.filters ?? [], directory);
    if (selected.verdict === 'person') people.push(entry);
    if (selected.verdict === 'not-a-person') {
      const { detail } = selected;
      out.exclusions.push({
        source: context.source.name,
        subject: entry.dn,
        address: null,
        reason: 'not-a-person',
        detail,
      });
    }
    if (selected.verdict === 'filtered') {
      const key = mapKey(entry, context.source.mapping.accountKey, 'guid')?.key ?? null;
      const fault = {
        reason: 'filtered',
        detail: selected.detail,
        attribute: 'filters',
        leavesAs: 'filtered',
      } as const;
      out.excluded.push(excludeEntry(entry, key, fault, context));
    }
  }
  return people;
}

function mapPeople(
  people: readonly Entry[],
  context: PersonContext,
  excluded: ExcludedEntry[],
): Map<Entry, MappedUser> {
  const mapped = new Map<Entry, MappedUser>();
  for (const entry of people) {
    const person = mapPerson(entry, context);
    if ('mapped' in person) mapped.set(entry, person.mapped);
    else excluded.push(person.excluded);
  }
  return mapped;
}
