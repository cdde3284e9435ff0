import type { Value } from './difference.ts';
import { phrase, valuePhrase, type Phrase, type Segment } from '../text/phrase.ts';
import { formatVisible } from '../text/visible-text.ts';

/**
 * A phrase as data for the report's script: words of ours as plain strings, a value as `{ v }`, bold as `{ b }`. The script sets
 * each as the text of an element of its own, so a value has no way into markup.
 */
export type ReportPhrase = readonly ReportSegment[];

export type ReportSegment = string | { readonly v: string } | { readonly b: ReportPhrase };

export function buildReportPhrase(words: Phrase): ReportPhrase {
  return words.flatMap(buildSegment);
}

/** One value as it may be shown: one line, hidden characters made visible, never nothing. */
export function formatShown(text: string): string {
  return text === '' ? '⟦empty⟧' : formatVisible(text);
}

function buildSegment(segment: Segment): ReportPhrase {
  switch (segment.style) {
    case 'words':
      return [segment.text];
    case 'sentence':
    case 'value':
      return [{ v: formatShown(segment.text) }];
    case 'change':
      return buildReportPhrase(arrowPhrase(segment.before, segment.after));
    case 'strong':
      return [{ b: buildReportPhrase(segment.phrase) }];
  }
}

function arrowPhrase(before: Value, after: Value): Phrase {
  return phrase`${valuePhrase(before)} → ${valuePhrase(after)}`;
}
