import { type Entry, valueOf, valuesOf } from '../directory/entry.ts';
import { parseMailAddress } from '../directory/mail-address.ts';
import type { DesiredFunctional } from '../schema/generated/account.ts';
import { claimedAliases, excludeEntry, findFault, type PersonContext } from './map-person.ts';
import type { ExcludedEntry, MappedFunctional, MappedReference, MappedUser } from './mapped.ts';
import { mapDivision, mapEntryAddresses, mapKey } from './rules.ts';

/** Adds `delegates` from their column of addresses; who they are is found out when all sources are mapped. */
export function mapRowDelegates(users: ReadonlyMap<Entry, MappedUser>, context: PersonContext): MappedUser[] {
  const { delegates: attribute } = context.source.mapping;
  if (attribute === 'none') return [...users.values()];
  return [...users].map(([entry, user]) => {
    const people = mapPeople(entry, attribute, { context, address: user.account.address, reason: 'delegate-left-out' });
    return { ...user, people, account: { ...user.account, delegates: people.map(({ address }) => address) } };
  });
}

/** Rows of a table of functional accounts. */
export function mapFunctionalRows(
  entries: readonly Entry[],
  context: PersonContext,
  excluded: ExcludedEntry[],
): MappedFunctional[] {
  return entries.flatMap((entry): MappedFunctional[] => {
    const identity = mapKey(entry, context.source.mapping.accountKey, context.configuration.sso.keyFormat);
    const addresses = mapEntryAddresses(entry, context.source.mapping);
    const fault = findFault(entry, identity, addresses, context);
    if (fault !== null || identity === undefined || addresses.primary === null) {
      if (fault !== null) excluded.push(excludeEntry(entry, identity?.key ?? null, fault, context));
      return [];
    }
    const aliases = claimedAliases(entry, { ...addresses, primary: addresses.primary }, context);
    const division = mapDivision(entry, addresses.primary, context.source.division);
    const account: DesiredFunctional = {
      kind: 'functional',
      key: identity.key,
      address: addresses.primary,
      fullName: valueOf(entry, context.source.mapping.fullName) ?? '',
      ...(aliases === undefined ? {} : { aliases }),
      ...(division === undefined ? {} : { division }),
    };
    const row = { kind: 'functional', source: context.source.name, dn: entry.dn, origin: 'row' } as const;
    const { members: attribute } = context.source.mapping;
    if (attribute === 'none') return [{ ...row, people: [], account }];
    const people = mapPeople(entry, attribute, { context, address: account.address, reason: 'member-left-out' });
    return [{ ...row, people, account: { ...account, members: people.map(({ address }) => address) } }];
  });
}

interface Listing {
  readonly context: PersonContext;
  readonly address: string;
  readonly reason: 'delegate-left-out' | 'member-left-out';
}

function mapPeople(entry: Entry, attribute: string, { context, address, reason }: Listing): MappedReference[] {
  const people = new Set<string>();
  for (const value of valuesOf(entry, attribute)) {
    const person = parseMailAddress(value);
    if (person !== null) people.add(person);
    else {
      const detail = `${value} in ${attribute} is left out: not an e-mail address`;
      context.exclusions.push({ source: context.source.name, subject: entry.dn, address, reason, detail });
    }
  }
  return [...people].sort().map((person) => ({ address: person, key: null, isByAddress: true }));
}
