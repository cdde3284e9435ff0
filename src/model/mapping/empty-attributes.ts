import type { ConfiguredSource } from '../configuration/configuration.ts';
import { type Entry, valueOf } from '../directory/entry.ts';
import { isProxyAttribute } from '../directory/proxy-addresses.ts';
import type { EmptyAttribute } from './mapped.ts';

/**
 * Attributes that stand in a list beside others and that nobody has: if the right to read one is lost, the others cover it
 * up. Of names and addresses that shows as a change; of aliases and numbers only here.
 */
export function findEmptyAttributes(source: ConfiguredSource, entries: readonly Entry[]): EmptyAttribute[] {
  const { email, mobile } = source.mapping;
  const proxies = email.filter(isProxyAttribute);
  return [
    ...emptyIn('aliases', email.length > 1 ? proxies : []),
    ...emptyIn('mobile', mobile.length > 1 ? mobile : []),
  ];

  function emptyIn(property: EmptyAttribute['property'], attributes: readonly string[]): EmptyAttribute[] {
    const empty = attributes.filter((attribute) => !entries.some((entry) => valueOf(entry, attribute) !== undefined));
    return empty.map((attribute) => ({ source: source.name, property, attribute }));
  }
}
