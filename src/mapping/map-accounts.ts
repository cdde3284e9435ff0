import type { Configuration, ConfiguredSource } from '../configuration.ts';
import { buildDirectory, type Directory } from '../directory/directory.ts';
import { normaliseDn } from '../directory/distinguished-name.ts';
import type { Entry } from '../directory/entry.ts';
import { mailboxTypeOf } from '../directory/mailbox-type.ts';
import { selectEntry } from '../directory/selection.ts';
import { isDirectory } from '../schema/source-kind.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import type { AttributeValue, SourceSnapshot } from '../source/source.ts';
import { delegateValues, valuesToLookUp } from './delegate-finder.ts';
import { describeIdleValues, findIdleValues } from './idle-filters.ts';
import { findEmptyAttributes } from './empty-attributes.ts';
import { buildDelegates, type DelegatesOf } from './map-delegates.ts';
import { mapGroups, membersByGroup } from './map-groups.ts';
import { mapHandWritten } from './map-hand-written.ts';
import { mapSharedMailbox, sortMailboxes } from './map-mailboxes.ts';
import { mapRows } from './map-rows.ts';
import { excludeEntry, mapPerson, type PersonContext } from './map-person.ts';
import type {
  EmptyAttribute,
  ExcludedEntry,
  MappedAccounts,
  MappedFunctional,
  MappedReference,
  MappedSource,
  MappedUser,
} from './mapped.ts';
import { mergeSources } from './merge-sources.ts';
import { buildObservations, renderAdvice } from './observations.ts';
import type { ReadSource } from './read-source.ts';
import { resolveAddresses } from './resolve-addresses.ts';
import { mapKey } from './rules.ts';

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
export function mapAccounts(input: MappingInput): MappedAccounts {
  const made = { users: [] as MappedUser[], functional: [] as MappedFunctional[], notes: [] as string[] };
  const exclusions: Exclusion[] = [];
  const excluded: ExcludedEntry[] = [];
  const observations = buildObservations();
  const emptyAttributes: EmptyAttribute[] = [];
  for (const source of input.sources) {
    const context: PersonContext = {
      source: source.configured,
      configuration: input.configuration,
      now: input.now,
      exclusions,
      observations,
      ahead: source.ahead,
    };
    const mapped = mapSource(source, { context, excluded, managedKeys: input.managedKeys });
    made.users.push(...mapped.users);
    made.functional.push(...mapped.functional);
    made.notes.push(...mapped.notes, ...source.snapshot.warnings);
    emptyAttributes.push(...findEmptyAttributes(source.configured, source.snapshot.selected));
  }
  const advice = renderAdvice(
    observations,
    input.sources.map(({ configured }) => configured),
  );
  const merged = mergeSources(made.users, made.functional);
  const accounts = resolveAddresses(merged, excluded, exclusions);
  return { accounts, excluded, exclusions, notes: [...made.notes, ...advice], emptyAttributes };
}

interface Mapping {
  readonly context: PersonContext;
  readonly excluded: ExcludedEntry[];
  readonly managedKeys: ReadonlySet<string>;
}

function mapSource(source: ReadSource, { context, excluded, managedKeys }: Mapping): MappedSource {
  const { selected, groups, handWritten } = source.snapshot;
  if (handWritten !== undefined) return mapHandWritten(handWritten, context, excluded);
  const directory = buildDirectory([...selected, ...source.lookedUp], groups);
  const chosen = selectPeople(source, directory, context, { excluded, exclusions: context.exclusions });
  if (!isDirectory(source.configured)) return mapRows(chosen, context, excluded);
  const { people, shared } = sortMailboxes(chosen, { directory, context, excluded });
  const users = mapEntries(people, (entry) => mapPerson(entry, context), excluded);
  const mailboxes = mapEntries(shared, (entry) => mapSharedMailbox(entry, context), excluded);
  const inGroups = membersByGroup(directory, users);
  const members = (group: string): readonly MappedUser[] => inGroups.get(group) ?? [];
  const known = [...selected, ...source.lookedUp, ...groups];
  const delegatesOf = buildDelegates(chosen, members, { directory, context, known, users });
  if (delegatesOf !== null) observeRemote(people, context);
  return {
    users: [...users].map(([entry, user]) => withDelegates(entry, user, delegatesOf)),
    functional: [
      ...mapGroups(source, { directory, context, members, managedKeys, excluded }),
      ...[...mailboxes].map(([entry, mailbox]) => withMembers(entry, mailbox, delegatesOf)),
    ],
    notes: [
      ...noteUnknownDelegates(source.configured, delegatesOf),
      ...describeIdleValues(context.source.name, findIdleValues(source.configured, source.snapshot, directory)),
    ],
  };
}

/** Fills in what the account still lacks; it was made for this source and nobody else has it yet. */
function withDelegates(entry: Entry, user: MappedUser, delegatesOf: DelegatesOf | null): MappedUser {
  if (delegatesOf === null) return user;
  const people = delegatesOf(entry, user);
  user.account.delegates = addressesOf(people);
  return people.length === 0 ? user : { ...user, people };
}

function withMembers(entry: Entry, mailbox: MappedFunctional, delegatesOf: DelegatesOf | null): MappedFunctional {
  if (delegatesOf === null) return mailbox;
  const people = delegatesOf(entry, mailbox);
  return { ...mailbox, people, account: { ...mailbox.account, members: addressesOf(people) } };
}

function addressesOf(people: readonly MappedReference[]): string[] {
  if (people.length === 0) return [];
  return [...new Set(people.map(({ address }) => address))].sort();
}

function noteUnknownDelegates({ name, mapping }: ConfiguredSource, delegatesOf: DelegatesOf | null): string[] {
  if (delegatesOf !== null || mapping.delegates === null) return [];
  const { attribute } = mapping.delegates;
  return [`Source ${name}: ${attribute} is empty everywhere, so delegates in Zivver are left as they are.`];
}

function observeRemote(people: readonly Entry[], { source, observations }: PersonContext): void {
  if (source.mapping.delegates?.attribute.toLowerCase() !== 'msexchdelegatelistlink') return;
  const remote = people.filter((entry) => mailboxTypeOf(entry)?.isRemote === true);
  observations.remoteMailboxes.push(...remote.map(({ dn }) => dn));
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

function mapEntries<Mapped>(
  entries: readonly Entry[],
  map: (entry: Entry) => { readonly mapped: Mapped } | { readonly excluded: ExcludedEntry },
  excluded: ExcludedEntry[],
): Map<Entry, Mapped> {
  const mapped = new Map<Entry, Mapped>();
  for (const entry of entries) {
    const one = map(entry);
    if ('mapped' in one) mapped.set(entry, one.mapped);
    else excluded.push(one.excluded);
  }
  return mapped;
}
