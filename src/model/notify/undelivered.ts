import type { Finding, ToldFinding } from '../schema/generated/finding.ts';
import { listTold } from './finding.ts';

/** The last word of those whom nothing reaches any more: their newest message failed. Sorted by recipient. */
export function listUndelivered(findings: readonly Finding[]): readonly ToldFinding[] {
  const newest = new Map(listTold(findings).map((told) => [told.to, told]));
  return [...newest.values()]
    .filter(({ failure }) => failure !== null)
    .sort((one, other) => (one.to < other.to ? -1 : 1));
}
