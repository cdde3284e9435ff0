import { formatCsv, type CsvRows, type Separator } from '../model/text/csv.ts';
import { escapeTerminal } from '../model/text/escape.ts';
import { asCalled } from './as-called.ts';
import type { Results } from '../model/schema/generated/results.ts';
import type { CommonOptions } from './context.ts';

/** stdout is the result, stderr is progress and errors. */
export interface Output {
  /** One line of the result. */
  print(text: string): void;
  /** A table for a spreadsheet: in UTF-8 with the mark by which Excel knows it. */
  printCsv(rows: CsvRows, separator: Separator): void;
  /** The result for programs: one JSON document, as schemas/results.schema.json says of the command. Only with --json. */
  printJson<Command extends keyof Results>(command: Command, value: Printed<Results[Command]>): void;
  /** One step, on stderr; a terminal shows it in place, a log as a line of its own. */
  progress(text: string): void;
  /** How far a long step is; in a log at most one line in 30 seconds. */
  advance(text: string): void;
  /** Ends a line of progress that is shown in place. */
  endProgress(): void;
  readonly isJson: boolean;
  readonly hasColor: boolean;
  /** Columns of the terminal, 80 if unknown. */
  readonly width: number;
}

/** What is printed is only read. */
type Printed<Value> = Value extends readonly (infer Item)[]
  ? readonly Printed<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Printed<Value[Name]> }
    : Value;

export function openOutput(options: CommonOptions): Output {
  const isTerminal = process.stderr.isTTY === true;
  let isOpen = false;
  const progress = (text: string): void => {
    if (options.quiet === true) return;
    if (!isTerminal) {
      process.stderr.write(`${escapeTerminal(text)}\n`);
      return;
    }
    process.stderr.write(`\r\u001b[2K${escapeTerminal(text).slice(0, (process.stderr.columns || 80) - 1)}`);
    isOpen = true;
  };
  let toldAt = Number.NEGATIVE_INFINITY;
  const advance = (text: string): void => {
    const now = performance.now();
    if (!isTerminal && now - toldAt < LOG_EVERY_MS) return;
    toldAt = now;
    progress(text);
  };
  const endProgress = (): void => {
    if (isOpen) process.stderr.write('\n');
    isOpen = false;
  };
  return {
    isJson: options.json === true,
    hasColor: hasColor(),
    width: Math.max(process.stdout.columns || 80, 40),
    progress,
    advance,
    endProgress,
    print: (text) => {
      endProgress();
      if (options.json !== true) process.stdout.write(`${asCalled(text)}\n`);
    },
    printCsv: (rows, separator) => {
      endProgress();
      if (options.json !== true) process.stdout.write(`\uFEFF${formatCsv(rows, separator)}`);
    },
    printJson: (_command, value) => {
      if (options.json === true) printDocument(value);
    },
  };
}

let hasDocument = false;

/** To be called once, before the command: nothing stands on stdout yet. */
export function beginDocument(): void {
  hasDocument = false;
}

/** The one JSON document of a command. What comes after the first, as the error that a result ends with, is on stderr only. */
export function printDocument(value: unknown): void {
  if (!hasDocument) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  hasDocument = true;
}

const LOG_EVERY_MS = 30_000;

function hasColor(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
  return process.stdout.isTTY === true;
}
