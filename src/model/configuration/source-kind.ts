import type { SourceConfiguration } from '../schema/generated/organisation.ts';

export const SOURCE_KINDS = ['ldap', 'ldif', 'csv', 'excel', 'yaml'] as const;

export type SourceKind = (typeof SOURCE_KINDS)[number];

type Kinds = Pick<SourceConfiguration, SourceKind>;

/** Only for a valid configuration, in which every source has exactly one kind. */
export function kindOf(source: Kinds): SourceKind {
  const kind = SOURCE_KINDS.find((name) => source[name] !== undefined);
  if (kind === undefined) throw new TypeError('a source without a kind');
  return kind;
}

/** Knows a whole domain, so that it can say why somebody is not selected; a file knows only its rows. */
export function isDirectory(source: Kinds): boolean {
  return source.ldap !== undefined || source.ldif !== undefined;
}

/** Rows under headings. */
export function isTable(source: Kinds): boolean {
  return source.csv !== undefined || source.excel !== undefined;
}

/** What every row of a table is. */
export function rowsOf({ csv, excel }: Kinds): 'users' | 'functional' {
  return (csv ?? excel)?.accounts ?? 'users';
}
