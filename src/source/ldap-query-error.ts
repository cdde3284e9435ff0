import { ReconcileError } from '../errors.ts';

/** `at` counts from 0; people read columns from 1. */
export function queryError(query: string, at: number, what: string, remedy: string): ReconcileError {
  const excerpt = query.slice(Math.max(0, at - 20), at + 20).replace(/\s+/g, ' ');
  return new ReconcileError('SOURCE_QUERY_INVALID', `the query cannot be used: ${what}, at column ${at + 1}`, {
    remedy,
    problems: [{ where: `query, column ${at + 1}`, what: `${what}: …${excerpt}…` }],
  });
}
