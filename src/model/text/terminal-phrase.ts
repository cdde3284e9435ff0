import picocolors from 'picocolors';
import { escapeTerminal } from './escape.ts';
import { phrase, valuePhrase, type Phrase, type Segment } from './phrase.ts';
import { wrapText } from './terminal-layout.ts';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Where and how a terminal renderer writes. */
export interface TerminalPage {
  /** Columns. */
  readonly width: number;
  readonly colors: Colors;
}

/** A paragraph, its first line after `first`, all others below it indented to the same column. */
export function renderParagraph(words: Phrase, first: string, page: TerminalPage): readonly string[] {
  const lines = wrapText(renderTerminalPhrase(words, page.colors), page.width - first.length);
  return lines.map((line, index) => (index === 0 ? first : ' '.repeat(first.length)) + line);
}

/** One line: words as they are, values coloured, in quotes if they contain a space. */
export function renderTerminalPhrase(words: Phrase, colors: Colors): string {
  return words.map((segment) => renderSegment(segment, colors)).join('');
}

function renderSegment(segment: Segment, colors: Colors): string {
  switch (segment.style) {
    case 'words':
      return segment.text;
    case 'sentence':
      return escapeTerminal(segment.text);
    case 'value':
      return colors.cyan(quoteIfNeeded(escapeTerminal(segment.text)));
    case 'change':
      return renderTerminalPhrase(phrase`${valuePhrase(segment.before)} → ${valuePhrase(segment.after)}`, colors);
    case 'strong':
      return colors.bold(renderTerminalPhrase(segment.phrase, colors));
  }
}

function quoteIfNeeded(text: string): string {
  return text === '' || text.includes(' ') ? `"${text}"` : text;
}
