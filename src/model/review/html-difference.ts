import { diffWordsWithSpace } from 'diff';
import type { Change } from '../change/change.ts';
import { hasWord } from '../text/has-word.ts';
import { diffChange, isListDifference, type Difference, type ListAttribute, type Value } from './difference.ts';
import { formatShown } from './html-phrase.ts';
import { ATTRIBUTE_NAMES } from './words-change.ts';

/** One row of the table with before and after side by side. */
export interface ReportDifference {
  /** Words of ours. */
  readonly name: string;
  readonly before: readonly ReportLine[];
  readonly after: readonly ReportLine[];
}

/** A line of a cell: its parts, each with 1 if the other side does not have it. A cell without lines has no value. */
export type ReportLine = readonly (readonly [text: string, isDifferent: 0 | 1])[];

const LIST_NAMES: Readonly<Record<ListAttribute, string>> = {
  aliases: 'aliases',
  delegates: 'delegates, who can read its mail',
  members: 'members, who can read its mail',
};

/** All attributes a change touches, with what each had and gets; unlike the sentences, lists in full. */
export function buildReportDifferences(change: Change): readonly ReportDifference[] {
  return diffChange(change).map((difference) => buildDifference(difference, change));
}

function buildDifference(difference: Difference, { before, after }: Change): ReportDifference {
  if (!isListDifference(difference)) {
    const name = ATTRIBUTE_NAMES[difference.attribute];
    return { name, ...buildValues(difference.before, difference.after) };
  }
  const { attribute } = difference;
  const added = new Set(difference.added);
  const removed = new Set(difference.removed);
  return {
    name: LIST_NAMES[attribute],
    before: (before[attribute] ?? []).map((address) => lineOf(address, removed.has(address))),
    after: (after[attribute] ?? []).map((address) => lineOf(address, added.has(address))),
  };
}

function buildValues(before: Value, after: Value): Pick<ReportDifference, 'before' | 'after'> {
  if (typeof before === 'string' && typeof after === 'string') {
    const words = diffWords(formatShown(before), formatShown(after));
    if (words !== null) return words;
  }
  return { before: linesOf(before), after: linesOf(after) };
}

/** Null if the two have no word in common or differ too much: then they are best read whole. */
function diffWords(before: string, after: string): Pick<ReportDifference, 'before' | 'after'> | null {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: 20 });
  const isShared = parts?.some(({ added, removed, value }) => !added && !removed && hasWord(value));
  if (parts === undefined || isShared !== true || !before.includes(' ')) return null;
  return {
    before: [parts.filter(({ added }) => !added).map(({ value, removed }) => [value, removed ? 1 : 0] as const)],
    after: [parts.filter(({ removed }) => !removed).map(({ value, added }) => [value, added ? 1 : 0] as const)],
  };
}

function linesOf(value: Value): readonly ReportLine[] {
  if (value === null) return [];
  if (typeof value === 'boolean') return [[[value ? 'yes' : 'no', 1]]];
  return [lineOf(value, true)];
}

function lineOf(text: string, isDifferent: boolean): ReportLine {
  return [[formatShown(text), isDifferent ? 1 : 0]];
}
