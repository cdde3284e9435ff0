import { type Entry, valuesOf } from '../directory/entry.ts';
import { parseMailAddress } from '../directory/mail-address.ts';
import type { MappedAddresses } from './mapped-values.ts';

/** Adds the aliases of their own column; null: there is none. */
export function withTypedAliases(addresses: MappedAddresses, entry: Entry, attribute: string | null): MappedAddresses {
  if (attribute === null) return addresses;
  const values = valuesOf(entry, attribute);
  const addressOf = (value: string): string | null => parseMailAddress(value.replace(/^\s*smtp:/i, ''));
  const aliases = values.flatMap((value) => addressOf(value) ?? []);
  const wrong = values.filter((value) => addressOf(value) === null);
  const unusable = wrong.map((value) => ({ value, why: 'unusable' as const }));
  return { ...addresses, aliases, unusable: addresses.primary === null ? addresses.unusable : unusable };
}
