import { fact } from '../facts/fact.ts';
import { buildDirectory } from '../directory/directory.ts';
import { type Entry, valuesOf } from '../directory/entry.ts';
import { parseMailAddress } from '../directory/mail-address.ts';
import { rowsOf } from '../configuration/source-kind.ts';
import { buildFunctional } from './build-functional.ts';
import { mapPerson, nameEntry, originOf } from './map-person.ts';
import { choosePerson } from './choose-person.ts';
import { type PersonContext, withFindings } from './person-context.ts';
import type { SourceMapping } from './read-source.ts';
import type { ExcludedEntry, MappedFunctional, MappedReference, MappedSource, MappedUser } from './mapped.ts';

/** No table has groups. */
const NO_GROUPS = buildDirectory([], []);

/** Rows of a table → accounts. Delegates and members are addresses still: who they are needs the accounts of all sources. */
export class RowMapping implements SourceMapping {
  readonly #context: PersonContext;
  readonly #users: MappedUser[] = [];
  readonly #functional: MappedFunctional[] = [];

  /** `context`: nobody else's. */
  constructor(context: PersonContext) {
    this.#context = context;
  }

  takeGroups(): void {}

  take(row: Entry): void {
    const context = this.#context;
    if (!choosePerson(row, NO_GROUPS, context)) return;
    const isFunctional = rowsOf(context.source) === 'functional';
    const one = isFunctional ? mapFunctionalRow(row, context) : mapPerson(row, context);
    if ('excluded' in one) context.excluded.push(one.excluded);
    else if (one.mapped.kind === 'user') this.#users.push(withDelegates(row, one.mapped, context));
    else this.#functional.push(one.mapped);
  }

  finish(): MappedSource {
    return withFindings({ users: this.#users, functional: this.#functional, notes: [] }, [this.#context]);
  }
}

function withDelegates(row: Entry, user: MappedUser, context: PersonContext): MappedUser {
  const { delegates } = context.source.mapping;
  if (delegates === null) return user;
  const { address } = user.account;
  const people = mapPeople(row, delegates.attribute, { context, address, reason: 'delegate-left-out' });
  return { ...user, people, account: { ...user.account, delegates: people.map((person) => person.address) } };
}

function mapFunctionalRow(
  row: Entry,
  context: PersonContext,
): { readonly mapped: MappedFunctional } | { readonly excluded: ExcludedEntry } {
  const named = nameEntry(row, context);
  if ('excluded' in named) return named;
  const { address } = named;
  const { members } = context.source.mapping;
  const people = members === null ? [] : mapPeople(row, members, { context, address, reason: 'member-left-out' });
  const account = buildFunctional(row, named, context);
  if (members !== null) account.members = people.map((person) => person.address);
  const { name: source } = context.source;
  const common = { source, dn: row.dn, people, account, sharedBy: null, ...originOf(row, named.identity) };
  return { mapped: { kind: 'functional', ...common } };
}

interface Listing {
  readonly context: PersonContext;
  readonly address: string;
  readonly reason: 'delegate-left-out' | 'member-left-out';
}

function mapPeople(row: Entry, column: string, { context, address, reason }: Listing): MappedReference[] {
  const people = new Set<string>();
  for (const value of valuesOf(row, column)) {
    const person = parseMailAddress(value);
    if (person !== null) people.add(person);
    else {
      const detail = fact('left-out-of-column', { value, column, why: 'no-address' });
      context.exclusions.push({ source: context.source.name, subject: row.dn, address, reason, detail });
    }
  }
  return [...people].sort().map((person) => ({ address: person, key: null, isByAddress: true }));
}
