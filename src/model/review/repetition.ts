import { groupBy } from '../text/group-by.ts';
import { isListDifference, type Difference, type ValueAttribute } from './difference.ts';
import type { ReviewedChange } from './reviewed-change.ts';

/** What one attribute does in the same way in several changes, whatever its values are. */
export type Pattern =
  | { readonly kind: 'equal'; readonly difference: Difference }
  | { readonly kind: 'appended' | 'prepended'; readonly attribute: ValueAttribute; readonly text: string }
  | { readonly kind: 'filled' | 'emptied'; readonly attribute: ValueAttribute };

/** Told once for all of them. */
export interface RepeatedChange {
  readonly patterns: readonly Pattern[];
  /** Every change has the same values, so that its address says it all. */
  readonly isExact: boolean;
  readonly changes: readonly ReviewedChange[];
}

/** A repetition is told once from this many accounts on. */
const REPEATED = 3;

/** First what has equal values, then what follows the same pattern; the others stand alone, in their order. */
export function groupRepeated(changes: readonly ReviewedChange[]): {
  readonly repeated: readonly RepeatedChange[];
  readonly alone: readonly ReviewedChange[];
} {
  const equal = split(changes, ({ differences }) => JSON.stringify(differences));
  const alike = split(equal.alone, ({ differences }) => JSON.stringify(differences.map(patternOf)));
  return {
    repeated: [
      ...equal.groups.map((group) => buildRepeated(group, true)),
      ...alike.groups.map((group) => buildRepeated(group, false)),
    ],
    alone: alike.alone,
  };
}

function split(
  changes: readonly ReviewedChange[],
  keyOf: (change: ReviewedChange) => string,
): { readonly groups: readonly (readonly ReviewedChange[])[]; readonly alone: readonly ReviewedChange[] } {
  const groups = [...groupBy(changes, keyOf).values()].filter(({ length }) => length >= REPEATED);
  const told = new Set(groups.flat());
  return { groups, alone: changes.filter((change) => !told.has(change)) };
}

function buildRepeated(changes: readonly ReviewedChange[], isExact: boolean): RepeatedChange {
  const differences = changes[0]?.differences ?? [];
  const patterns = isExact
    ? differences.map((difference): Pattern => ({ kind: 'equal', difference }))
    : differences.map(patternOf);
  return { patterns, isExact, changes };
}

function patternOf(difference: Difference): Pattern {
  if (isListDifference(difference)) return { kind: 'equal', difference };
  const { attribute, before, after } = difference;
  if (before === null && typeof after === 'string') return { kind: 'filled', attribute };
  if (after === null && typeof before === 'string') return { kind: 'emptied', attribute };
  if (typeof before !== 'string' || typeof after !== 'string' || before === '') return { kind: 'equal', difference };
  const isLonger = after.length > before.length;
  if (isLonger && after.startsWith(before) && after.slice(before.length).trim() !== '')
    return { kind: 'appended', attribute, text: after.slice(before.length).trim() };
  if (isLonger && after.endsWith(before) && after.slice(0, -before.length).trim() !== '')
    return { kind: 'prepended', attribute, text: after.slice(0, -before.length).trim() };
  return { kind: 'equal', difference };
}
