import type { ConfiguredSource } from '../configuration.ts';
import type { TableColumns } from '../source/table-entries.ts';

/** Which columns a table must have, by what the configuration names. */
export function tableColumns({ mapping, filters, division }: ConfiguredSource): TableColumns {
  const isNamed = (name: string): boolean => name !== '' && name !== 'none';
  const singles = [mapping.email, mapping.fullName, mapping.accountKey, mapping.active, mapping.mobile];
  const lists = [mapping.aliases, mapping.delegates, mapping.members];
  const filtered = (filters ?? []).map((filter) => (filter.include ?? filter.exclude)?.attribute ?? '');
  const ofDivision = division?.by === 'attribute' ? [division.attribute ?? ''] : [];
  const whole = new Set([...singles, ...ofDivision].map((name) => name.toLowerCase()));
  whole.delete('proxyaddresses');
  const several = [...lists, ...filtered, 'proxyAddresses'].filter((name) => !whole.has(name.toLowerCase()));
  return {
    named: [...new Set([...singles, ...lists, ...filtered, ...ofDivision])].filter(isNamed),
    needed: [mapping.email, mapping.fullName, mapping.accountKey, mapping.active].filter(isNamed),
    lists: several.filter(isNamed),
    key: mapping.accountKey,
  };
}
