import { diffWordsWithSpace } from 'diff';
import type { Value } from './difference.ts';
import { escapeCode, escapeMarkdown, escapeText } from '../text/escape.ts';
import { hasWord } from '../text/has-word.ts';
import { phrase, valuePhrase, type Phrase, type Segment } from '../text/phrase.ts';

/** Inline Markdown of a phrase: words as they are, values as code. */
export function renderPhrase(words: Phrase): string {
  return words.map(renderSegment).join('');
}

function renderSegment(segment: Segment): string {
  switch (segment.style) {
    case 'words':
      return segment.text;
    case 'sentence':
      return escapeSentence(segment.text);
    case 'value':
      return escapeCode(segment.text);
    case 'change':
      return renderValueChange(segment.before, segment.after);
    case 'strong':
      return `**${renderPhrase(segment.phrase)}**`;
  }
}

/** As prose where that is harmless, else as code, which reads better in a diff than text full of character references. */
function escapeSentence(text: string): string {
  const prose = escapeText(text);
  return prose === text ? prose : escapeCode(text);
}

/** `before → after` of a single value; names that share words as one text, words that go ~~struck~~, words that come **bold**. */
function renderValueChange(before: Value, after: Value): string {
  const merged = typeof before === 'string' && typeof after === 'string' ? mergeWords(before, after) : null;
  return merged ?? renderPhrase(phrase`${valuePhrase(before)} → ${valuePhrase(after)}`);
}

/** Null if one is a single word (an address, a number: best read whole), the two have no word in common, differ too much, or would not read back exactly as both values. */
function mergeWords(before: string, after: string): string | null {
  if (!before.includes(' ') || !after.includes(' ')) return null;
  const parts = diffWordsWithSpace(before, after, { maxEditLength: 20 });
  if (parts === undefined || !parts.some(({ added, removed, value }) => !added && !removed && hasWord(value))) {
    return null;
  }
  const escaped = parts.map(({ added, removed, value }) => ({ added, removed, text: escapeWords(value) }));
  const kept = (side: 'added' | 'removed'): string => escaped.map((part) => (part[side] ? '' : part.text)).join('');
  if (kept('added') !== escapeMarkdown(before) || kept('removed') !== escapeMarkdown(after)) return null;
  return `<code>${escaped.map(renderPart).join('').replaceAll('</del><strong>', '</del> <strong>')}</code>`;
}

/** A part may begin or end with a space that stands inside the whole text. */
function escapeWords(part: string): string {
  const [, before = '', words = '', after = ''] = /^( ?)(.*?)( ?)$/su.exec(part) ?? [];
  return before + (words === '' ? '' : escapeMarkdown(words)) + after;
}

function renderPart({ added, removed, text }: { added: boolean; removed: boolean; text: string }): string {
  if (removed) return `<del>${text}</del>`;
  return added ? `<strong>${text}</strong>` : text;
}
