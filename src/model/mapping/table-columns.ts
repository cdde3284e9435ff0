import type { ConfiguredSource } from '../configuration/configuration.ts';
import type { TableColumns } from '../../adapters/tables/table-entries.ts';
import { listMappedAttributes, type MappedAttribute } from './mapped-attributes.ts';

/** Uses for which one cell may hold several values. */
const LISTS: ReadonlySet<string> = new Set(['mobile', 'aliases', 'delegates', 'members', 'filters']);

/** Which columns a table must have, by what the configuration names. */
export function tableColumns(source: ConfiguredSource): TableColumns {
  const mapped = listMappedAttributes(source);
  const namesOf = (isWanted: (one: MappedAttribute) => boolean): string[] => [
    ...new Set(mapped.filter(isWanted).map(({ attribute }) => attribute)),
  ];
  const isList = ({ use, attribute }: MappedAttribute): boolean =>
    LISTS.has(use) || attribute.toLowerCase() === 'proxyaddresses';
  const single = new Set(namesOf((one) => !isList(one)).map((name) => name.toLowerCase()));
  return {
    named: namesOf(() => true),
    needed: namesOf(({ isNeeded }) => isNeeded),
    lists: namesOf(isList).filter((name) => !single.has(name.toLowerCase())),
    key: source.mapping.accountKey,
  };
}
