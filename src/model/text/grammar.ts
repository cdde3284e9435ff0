import { formatCount } from './format-count.ts';
import { joinPhrases, phrase, type Phrase, wordsOf } from './phrase.ts';

/** Where numbers and lists become English: the only place that knows of plurals, separators and "and". */

/** `1 account`, `1,204 accounts`: `one` and `many` are words of ours. */
export function countOf(count: number, one: string, many: string): Phrase {
  return wordsOf(`${formatCount(count)} ${count === 1 ? one : many}`);
}

/** The words alone, without the number. */
export function plural(count: number, one: string, many: string): Phrase {
  return wordsOf(count === 1 ? one : many);
}

/** `a`, `a and b`, `a, b and c`; `none` of nothing. */
export function andOf(values: readonly string[]): Phrase {
  return someOf(values, Infinity, 'and');
}

/** `a`, `a or b`, `a, b or c`; `none` of nothing. */
export function orOf(values: readonly string[]): Phrase {
  return someOf(values, Infinity, 'or');
}

/** At most so many by name: `a, b and 3 more`. */
export function someOf(values: readonly string[], most: number, conjunction: 'and' | 'or'): Phrase {
  if (values.length === 0) return phrase`none`;
  const rest = values.length - most;
  const named = values.slice(0, most).map((value) => phrase`${value}`);
  const parts = rest > 0 ? [...named, wordsOf(`${formatCount(rest)} more`)] : named;
  const last = parts.at(-1) ?? [];
  if (parts.length === 1) return last;
  return phrase`${joinPhrases(parts.slice(0, -1), ', ')} ${wordsOf(conjunction)} ${last}`;
}
