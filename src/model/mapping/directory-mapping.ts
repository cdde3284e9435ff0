import { fact } from '../facts/fact.ts';
import { buildDirectory, type Directory } from '../directory/directory.ts';
import type { Entry } from '../directory/entry.ts';
import { mailboxTypeOf } from '../directory/mailbox-type.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { choosePerson } from './choose-person.ts';
import { describeIdleUnits, describeIdleValues, findIdleUnits, findIdleValues } from './idle-filters.ts';
import { buildDelegates, type DelegatesOf } from './map-delegates.ts';
import { mapGroups } from './map-groups.ts';
import { mapSharedMailbox, sortMailbox } from './map-mailboxes.ts';
import { mapPerson } from './map-person.ts';
import { lacksMemberships } from './member-disputes.ts';
import type { MappedFunctional, MappedReference, MappedSource, MappedUser } from './mapped.ts';
import { freshContext, type PersonContext, withFindings } from './person-context.ts';
import type { SourceMapping, WholeRead } from './read-source.ts';
import { findUnjudgedFilter, holdUnjudged } from './unjudged-filters.ts';

/** The mapping of a directory: people, shared mailboxes, groups. */
export class DirectoryMapping implements SourceMapping {
  readonly #context: PersonContext;
  #directory: Directory = buildDirectory([], []);
  readonly #chosen: Entry[] = [];
  /** DNs of people whose mailbox is in Exchange Online. */
  readonly #remote: string[] = [];
  readonly #users = new Map<Entry, MappedUser>();
  readonly #mailboxes = new Map<Entry, MappedFunctional>();
  /** By the group's normalised DN. */
  readonly #members = new Map<string, MappedUser[]>();

  /** `context`: nobody else's. */
  constructor(context: PersonContext) {
    this.#context = context;
  }

  takeGroups(groups: readonly Entry[]): void {
    this.#directory = buildDirectory([], groups);
  }

  take(entry: Entry): void {
    const directory = this.#directory;
    directory.add(entry);
    if (!choosePerson(entry, directory, this.#context)) return;
    this.#chosen.push(entry);
    const kind = sortMailbox(entry, directory, this.#context);
    if (kind === 'person') this.#takePerson(entry, directory);
    if (kind === 'shared') this.#takeMailbox(entry);
  }

  #takePerson(entry: Entry, directory: Directory): void {
    if (mailboxTypeOf(entry)?.isRemote === true) this.#remote.push(entry.dn);
    const one = mapPerson(entry, this.#context);
    if ('excluded' in one) {
      this.#context.excluded.push(one.excluded);
      return;
    }
    this.#users.set(entry, one.mapped);
    for (const group of directory.groupsOf(entry)) {
      const members = this.#members.get(group);
      if (members) members.push(one.mapped);
      else this.#members.set(group, [one.mapped]);
    }
  }

  #takeMailbox(entry: Entry): void {
    const one = mapSharedMailbox(entry, this.#context);
    if ('excluded' in one) this.#context.excluded.push(one.excluded);
    else this.#mailboxes.set(entry, one.mapped);
  }

  finish({ configured, snapshot, lookedUp }: WholeRead, managedKeys: ReadonlySet<string>): MappedSource {
    const [directory, context] = [this.#directory, freshContext(this.#context)];
    const unjudged = findUnjudgedFilter(configured, snapshot);
    const excluded =
      unjudged === null ? this.#context.excluded : [...holdUnjudged(this.#users, unjudged, this.#context)];
    const users = unjudged === null ? this.#users : new Map<Entry, MappedUser>();
    for (const entry of lookedUp) directory.add(entry);
    const members = (group: string): readonly MappedUser[] => this.#members.get(group) ?? [];
    const known = [...snapshot.selected, ...lookedUp, ...snapshot.groups];
    const delegatesOf = buildDelegates(this.#chosen, members, {
      directory,
      context,
      known,
      users,
      mailboxes: this.#mailboxes,
    });
    const isFromExchange = configured.mapping.delegates?.attribute.toLowerCase() === 'msexchdelegatelistlink';
    if (delegatesOf !== null && isFromExchange) context.observations.remoteMailboxes.push(...this.#remote);
    const mapped = {
      users: [...users].map(([entry, user]) => withDelegates(entry, user, delegatesOf)),
      functional: [
        ...mapGroups(snapshot.groups, {
          directory,
          context,
          members,
          managedKeys,
          users,
          lacksMemberships: lacksMemberships(this.#chosen, snapshot.groups),
        }),
        ...[...this.#mailboxes].map(([entry, mailbox]) => withMembers(entry, mailbox, delegatesOf)),
      ],
      notes: [
        ...noteUnknownDelegates(context, delegatesOf),
        ...describeIdleValues(context.source.name, findIdleValues(configured, snapshot, directory)),
        ...describeIdleUnits(context.source.name, findIdleUnits(configured, snapshot)),
      ],
    };
    return withFindings(mapped, [{ ...this.#context, excluded }, context]);
  }
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

function noteUnknownDelegates({ source }: PersonContext, delegatesOf: DelegatesOf | null): Fact[] {
  const { name, mapping } = source;
  if (delegatesOf !== null || mapping.delegates === null) return [];
  return [fact('delegates-unknown', { source: name, attribute: mapping.delegates.attribute })];
}
