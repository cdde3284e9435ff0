import type { SourceConfiguration } from '../schema/generated/organisation.ts';

export type JoinKey = NonNullable<SourceConfiguration['by']>;
export type GivenProperty = NonNullable<SourceConfiguration['gives']>[number];

/** How a table adds properties to the people of another source; it creates, suspends and identifies nobody. */
export interface JoinRules {
  /** Name of the source whose people get them. */
  readonly source: string;
  readonly by: JoinKey;
  /** Column that has that of the person. */
  readonly match: string;
  readonly gives: readonly GivenProperty[];
  /** Null: the table never grows too old. */
  readonly maxAgeHours: number | null;
  /** Column with the time of the export; null: the name of the file has it. */
  readonly asOf: string | null;
}

/** Null: the source has people of its own. Only for a valid configuration. */
export function buildJoin({ joins, by, gives = [], maxAge, mapping }: SourceConfiguration): JoinRules | null {
  if (joins === undefined || by === undefined) return null;
  return {
    source: joins,
    by,
    match: mapping?.match ?? '',
    gives,
    maxAgeHours: maxAge === undefined ? null : parseHours(maxAge),
    asOf: mapping?.asOf ?? null,
  };
}

/** By what the people of a source are looked for. */
export function joinKeysOf(name: string, sources: readonly SourceConfiguration[]): readonly JoinKey[] {
  return sources.flatMap(({ joins, by }) => (joins === name && by !== undefined ? [by] : []));
}

/** `36h`, `7d`. */
export function parseHours(text: string): number {
  const amount = Number(text.slice(0, -1));
  return text.endsWith('d') ? amount * 24 : amount;
}
