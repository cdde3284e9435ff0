import { readFile } from 'node:fs/promises';
import { parse, type CsvError } from 'csv-parse/sync';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import { describeFileFailure } from '../../model/text/file-failure.ts';
import { tableInvalid, type Table, type TableRow } from './table.ts';
import { decodeText, type TextEncodingName } from '../../model/text/text-encoding.ts';

const DELIMITERS = [';', ',', '\t'] as const;

/** What the configuration says of a file beside its name. */
export interface CsvForm {
  /** Left out: the one that separates the headings. */
  readonly delimiter?: string | undefined;
  /** Left out: found out. */
  readonly encoding?: TextEncodingName | undefined;
  /** `optional`: the last row may lack its line end. */
  readonly lastLineEnd?: 'required' | 'optional' | undefined;
}

/**
 * Reads a CSV file (RFC 4180). `place` is its name in messages. Throws `SOURCE_FILE_INVALID` with every fault and its line.
 */
export async function readCsvTable(file: string, place: string, form: CsvForm = {}): Promise<Table> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw tableInvalid(place, [{ where: place, what: describeFileFailure(error) }]);
  });
  return parseCsvTable(bytes, place, form);
}

export function parseCsvTable(bytes: Buffer, place: string, form: CsvForm = {}): Table {
  const text = withoutTypeLine(decode(bytes, place, form.encoding).replace(/\r\n?/g, '\n'));
  const fault = findFileFault(text, form);
  if (fault !== null) throw tableInvalid(place, [{ where: place, what: fault }]);
  const records = parseRecords(text, place, form.delimiter);
  const [header, ...rest] = records.filter(({ record }) => record.some((cell) => cell.trim() !== ''));
  if (header === undefined) throw tableInvalid(place, [{ where: place, what: 'the file is empty' }]);
  const headings = header.record.map((heading) => heading.trim());
  const problems: Problem[] = rest.flatMap(({ record, line }) =>
    record.length === headings.length
      ? []
      : [{ where: `${place}:${line}`, what: `has ${record.length} values, the first row has ${headings.length}` }],
  );
  if (problems.length > 0) throw tableInvalid(place, problems);
  const rows = rest.map(({ record, line }): TableRow => ({ name: `${place} line ${line}`, cells: record }));
  return { place, headings, rows };
}

function decode(bytes: Buffer, place: string, encoding: TextEncodingName | undefined): string {
  try {
    return decodeText(bytes, encoding);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw tableInvalid(place, [{ where: place, what: explainEncoding(error, encoding) }]);
  }
}

function explainEncoding({ message }: TypeError, encoding: TextEncodingName | undefined): string {
  if (encoding !== undefined && !message.startsWith('bytes '))
    return `the file is not ${encoding}; correct csv.encoding, or export it again as UTF-8`;
  const what = message.startsWith('bytes ') ? message : 'bytes that do not fit the byte order mark at its start';
  return `the file has ${what}, so letters would be read wrong; export it again as UTF-8, or set csv.encoding (cp850 for an export from a Windows console)`;
}

/** PowerShell 5 puts the type of its objects first, unless it is told not to. The line stays, so that lines keep their numbers. */
function withoutTypeLine(text: string): string {
  return text.replace(/^#TYPE [^\n]*/, '');
}

/** Every exporter ends the last row with a line end: a file cut inside a value has none. */
function findFileFault(text: string, { lastLineEnd }: CsvForm): string | null {
  if (text.includes('\0')) return 'a NUL character; export the file as UTF-8, or set csv.encoding: utf-16le';
  if (text.trim() === '') return 'the file is empty';
  if (text.endsWith('\n') || lastLineEnd === 'optional') return null;
  return 'the last row does not end with a line end: the file may be cut short. If the program that writes it never ends the last row (Google Sheets, SheetJS), set csv.lastLineEnd: optional; else export it again';
}

/** What the parser returns with `info`; its types say otherwise. */
interface Found {
  readonly record: readonly string[];
  /** `lines`: in which the record ends. */
  readonly info: { readonly lines: number };
}

interface CsvRecord {
  readonly record: readonly string[];
  /** In which it starts, counted from 1. */
  readonly line: number;
}

function parseRecords(text: string, place: string, configured: string | undefined): readonly CsvRecord[] {
  const hint = /^sep=(.)\n/.exec(text);
  const body = hint === null ? text : text.slice(hint[0].length);
  const delimiter = configured ?? hint?.[1] ?? detectDelimiter(body);
  const before = hint === null ? 0 : 1;
  try {
    const options = { delimiter, record_delimiter: '\n', relax_column_count: true, skip_empty_lines: true } as const;
    const found = parse(body, { ...options, info: true }) as unknown as readonly Found[];
    return found.map(({ record, info }) => ({ record, line: before + info.lines - countLineEnds(record) }));
  } catch (error) {
    throw translateCsvError(error, place, before);
  }
}

function countLineEnds(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}

/** The one that occurs most in the first row, outside quotes. */
function detectDelimiter(text: string): string {
  const [header = ''] = text
    .replace(/"[^"]*"/g, '""')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ';';
}

const CSV_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'the file ends inside a quoted value: it is cut short, or a closing quote is missing',
  CSV_INVALID_CLOSING_QUOTE: 'a quote inside a quoted value; write it twice',
  INVALID_OPENING_QUOTE: 'a quote in the middle of a value; put the whole value in quotes and write it twice',
};

function translateCsvError(error: unknown, place: string, before: number): ReconcileError {
  const { code = '', lines = 0 } = error as Partial<CsvError> & { lines?: number };
  const what = CSV_FAULTS[code];
  if (what === undefined) throw error;
  return tableInvalid(place, [{ where: `${place}:${before + Math.max(lines, 1)}`, what }]);
}
