import type { Entry } from '../directory/entry.ts';
import type { DesiredFunctional } from '../schema/generated/account.ts';
import { claimedAliases, type NamedEntry } from './map-person.ts';
import type { PersonContext } from './person-context.ts';
import { mapDivision } from './rules.ts';

/** The functional account of a group, a shared mailbox or a row, without members. */
export function buildFunctional(entry: Entry, named: NamedEntry, context: PersonContext): DesiredFunctional {
  const { identity, address, fullName } = named;
  const account: DesiredFunctional = { kind: 'functional', key: identity.key, address, fullName };
  const aliases = claimedAliases(entry, named, context);
  const division = mapDivision(entry, address, context.source.division);
  if (aliases !== undefined) account.aliases = aliases;
  if (division !== undefined) account.division = division;
  return account;
}
