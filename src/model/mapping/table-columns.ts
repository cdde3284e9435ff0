import type { ConfiguredSource } from '../configuration/configuration.ts';
import { isProxyAttribute } from '../directory/proxy-addresses.ts';
import { listMappedAttributes, type MappedAttribute } from './mapped-attributes.ts';

/** What the configuration wants of the columns of a table, by their headings. */
export interface TableColumns {
  /** Every column that is named anywhere. */
  readonly named: readonly string[];
  /** Of those, the ones without which no row says anything. */
  readonly needed: readonly string[];
  /** Cells that hold several values, separated by `;` or by line breaks. */
  readonly lists: readonly string[];
  /** The one that says who a row is. */
  readonly key: string;
}

/** Uses for which one cell may hold several values. */
const LISTS: ReadonlySet<string> = new Set(['mobile', 'aliases', 'delegates', 'members', 'filters']);

/** Which columns a table must have, by what the configuration names. */
export function tableColumns(source: ConfiguredSource): TableColumns {
  const mapped = listMappedAttributes(source);
  const namesOf = (isWanted: (one: MappedAttribute) => boolean): string[] => [
    ...new Set(mapped.filter(isWanted).map(({ attribute }) => attribute)),
  ];
  const isList = ({ use, attribute }: MappedAttribute): boolean => LISTS.has(use) || isProxyAttribute(attribute);
  const single = new Set(namesOf((one) => !isList(one)).map((name) => name.toLowerCase()));
  return {
    named: namesOf(() => true),
    needed: namesOf(({ isNeeded }) => isNeeded),
    lists: namesOf(isList).filter((name) => !single.has(name.toLowerCase())),
    key: source.mapping.accountKey,
  };
}
