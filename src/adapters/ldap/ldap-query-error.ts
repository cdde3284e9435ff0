import { ReconcileError } from '../../model/errors.ts';

/** `at` counts from 0; people read columns from 1. */
export interface QueryPlace {
  readonly query: string;
  readonly at: number;
}

export function queryError({ query, at }: QueryPlace, what: string, remedy: string): ReconcileError {
  const [before, after] = [query.slice(Math.max(0, at - 30), at), query.slice(at, at + 30)];
  const excerpt = `${at > 30 ? '…' : ''}${before}▸${after}${query.length > at + 30 ? '…' : ''}`.replace(/\s+/g, ' ');
  return new ReconcileError('SOURCE_QUERY_INVALID', `the query cannot be used: ${what}, at column ${at + 1}`, {
    remedy,
    problems: [{ where: `query, column ${at + 1}`, what: excerpt }],
  });
}
