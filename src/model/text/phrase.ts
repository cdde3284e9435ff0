import type { Value } from '../review/difference.ts';
import { formatCount } from './format-count.ts';

/**
 * A sentence for people that keeps our words and the values apart: a renderer prints the words and escapes every value, so text
 * from a directory has no way into a document but through `escape.ts`.
 */
export type Phrase = readonly Segment[];

export type Segment =
  | { readonly style: 'words'; readonly text: string }
  | { readonly style: 'value'; readonly text: string }
  | { readonly style: 'sentence'; readonly text: string }
  | { readonly style: 'change'; readonly before: Value; readonly after: Value }
  | { readonly style: 'strong'; readonly phrase: Phrase };

/** String = a value to escape, number = a count (`1,204`), phrase = as it is. */
export type PhrasePart = string | number | Phrase;

/** Template tag: phrase`suspends ${count} people of ${address}`. */
export function phrase(words: TemplateStringsArray, ...parts: readonly PhrasePart[]): Phrase {
  const segments: Segment[] = [];
  words.forEach((text, index) => {
    if (text !== '') segments.push({ style: 'words', text });
    segments.push(...partOf(parts[index]));
  });
  return segments;
}

/** The phrase in bold; white space must stand on either side of it. */
export function strong(words: TemplateStringsArray, ...parts: readonly PhrasePart[]): Phrase {
  return [{ style: 'strong', phrase: phrase(words, ...parts) }];
}

/** A sentence that was made of words and values when the plan was: escaped as a whole. */
export function sentenceOf(text: string): Phrase {
  return [{ style: 'sentence', text }];
}

/** Phrases one after the other, with words of ours between them. */
export function joinPhrases(phrases: readonly Phrase[], between: string): Phrase {
  return phrases.flatMap((next, index) => (index === 0 ? next : [...wordsOf(between), ...next]));
}

/** Values one after the other, separated by commas; `none` if there are none. */
export function listOf(values: readonly string[]): Phrase {
  if (values.length === 0) return phrase`none`;
  return joinPhrases(
    values.map((value) => phrase`${value}`),
    ', ',
  );
}

/** `before → after` of one value; a renderer may mark the words that differ. */
export function changeOf(before: Value, after: Value): Phrase {
  return [{ style: 'change', before, after }];
}

/** One value; never nothing at all. */
export function valuePhrase(value: Value): Phrase {
  if (value === null) return phrase`none`;
  if (typeof value === 'boolean') return value ? phrase`yes` : phrase`no`;
  return phrase`${value}`;
}

/** Words of ours. */
export function wordsOf(text: string): Phrase {
  return text === '' ? [] : [{ style: 'words', text }];
}

/** As plain text: words and values as they are. */
export function phraseText(words: Phrase): string {
  return words.map(textOf).join('');
}

function textOf(segment: Segment): string {
  if (segment.style === 'strong') return phraseText(segment.phrase);
  if (segment.style !== 'change') return segment.text;
  return [segment.before, segment.after].map((value) => phraseText(valuePhrase(value))).join(' → ');
}

function partOf(part: PhrasePart | undefined): Phrase {
  if (part === undefined) return [];
  if (typeof part === 'number') return wordsOf(formatCount(part));
  if (typeof part === 'string') return [{ style: 'value', text: part }];
  return part;
}
