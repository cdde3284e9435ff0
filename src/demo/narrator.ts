import { stripVTControlCharacters } from 'node:util';
import picocolors from 'picocolors';
import { columnsOf, wrapText } from '../model/text/terminal-layout.ts';

/** Where the demo is told. */
export interface NarratorOptions {
  readonly write: (text: string) => void;
  /** Columns. */
  readonly width: number;
  readonly hasColor: boolean;
  /** A line can be shown and taken back. */
  readonly isTerminal: boolean;
}

/** Tells the story: headings, paragraphs, commands and what they printed. */
export class Narrator {
  readonly #options: NarratorOptions;
  readonly #colors: ReturnType<typeof picocolors.createColors>;
  #last: 'heading' | 'paragraph' | 'command' | 'output' = 'heading';

  constructor(options: NarratorOptions) {
    this.#options = options;
    this.#colors = picocolors.createColors(options.hasColor);
  }

  get hasColor(): boolean {
    return this.#options.hasColor;
  }

  /** `── 2/8 · Title ────` */
  heading(title: string): void {
    const rule = '─'.repeat(Math.max(this.#options.width - title.length - 4, 3));
    this.#write('heading', `\n${this.#colors.bold(`── ${title} ${rule}`)}\n`);
  }

  say(text: string): void {
    this.#write('paragraph', `${wrapText(text, this.#options.width).join('\n')}\n`);
  }

  /** `rows` are aligned under each other: a word, then what it means. */
  list(rows: readonly (readonly [name: string, meaning: string])[]): void {
    const indent = Math.max(...rows.map(([name]) => name.length)) + 4;
    const lines = rows.flatMap(([name, meaning]) =>
      wrapText(meaning, Math.max(this.#options.width - indent, 20)).map(
        (line, index) => (index === 0 ? `  ${name}`.padEnd(indent) : ' '.repeat(indent)) + line,
      ),
    );
    this.#write('paragraph', `${lines.join('\n')}\n`);
  }

  command(text: string): void {
    const lines = wrapText(text, this.#options.width - 4).join(' \\\n    ');
    this.#write('command', `${this.#colors.cyan(`$ ${lines}`)}\n`);
  }

  /** Commands for the reader to copy: never broken, since a broken one would do something else. */
  typed(lines: readonly string[]): void {
    this.#write('paragraph', `${lines.map((line) => `  ${line}`).join('\n')}\n`);
  }

  /** What a command printed; only lines that are too long are broken, between words. */
  output(text: string): void {
    if (text.trim() === '') return;
    const lines = text.replace(/\n+$/, '').split('\n');
    this.#write('output', `${lines.map((line) => this.#fold(line)).join('\n')}\n`);
  }

  /** The latest of a running command, in place; gone when it has ended (`''`). Only in a terminal. */
  live(text: string): void {
    const { isTerminal, width, write } = this.#options;
    if (isTerminal) write(`\r\u001b[2K${this.#colors.dim(stripVTControlCharacters(text).slice(0, width))}`);
  }

  /** A remark of ours between or after lines of output. */
  aside(text: string): void {
    const lines = wrapText(text, this.#options.width - 2).map((line) => `  ${line}`);
    this.#write('output', `${this.#colors.dim(lines.join('\n'))}\n`);
  }

  #fold(line: string): string {
    const { width } = this.#options;
    if (columnsOf(line) <= width + 1) return line;
    const [indent = ''] = /^ */.exec(line) ?? [];
    return wrapText(line.slice(indent.length), width - indent.length - 4)
      .join(`\n${indent}    `)
      .replace(/^/, indent);
  }

  /** An empty line wherever one kind of text follows another, except between a command and its output. */
  #write(kind: 'heading' | 'paragraph' | 'command' | 'output', text: string): void {
    const joins = kind === 'heading' || kind === 'output' || (kind === 'command' && this.#last === 'command');
    this.#options.write(joins ? text : `\n${text}`);
    this.#last = kind;
  }
}
