import type { TableColumns } from '../../model/mapping/table-columns.ts';
import { foldCase } from '../../model/directory/distinguished-name.ts';
import type { Entry } from '../../model/directory/entry.ts';
import { ReconcileError, type Problem } from '../../model/errors.ts';
import { findNearNames } from '../../model/text/near-names.ts';
import { findKeyFault, findValueFault, splitList, tidyCell } from './cell-text.ts';
import { tableInvalid, type Cell, type Table, type TableRow } from './table.ts';

interface Column {
  /** Name in entries, lower case. */
  readonly name: string;
  readonly index: number;
  readonly isList: boolean;
  readonly isNamed: boolean;
}

/**
 * Rows → entries whose attributes are the columns. Cells that cannot be used are faults only in columns that are named.
 * Throws `SOURCE_FILE_INVALID` with every fault, `SOURCE_IMPLAUSIBLE` if a needed column is empty in every row.
 */
export function buildEntries(table: Table, wanted: TableColumns): Entry[] {
  const columns = findColumns(table, wanted);
  const problems = columns.flatMap((column) => (column.isNamed ? findFaults(table, column, wanted) : []));
  if (problems.length > 0) throw tableInvalid(table.place, problems);
  const entries = table.rows.map((row) => buildEntry(row, columns));
  refuseEmptyColumns(entries, table, wanted);
  return entries;
}

function findColumns(table: Table, { named, lists }: TableColumns): Column[] {
  const headings = table.headings.map(normaliseHeading);
  const problems: Problem[] = [];
  headings.forEach((heading, index) => {
    if (heading !== '' && headings.indexOf(heading) < index)
      problems.push({ where: table.place, what: `two columns are called ${table.headings[index] ?? ''}` });
  });
  for (const name of named) {
    if (!headings.includes(normaliseHeading(name)))
      problems.push({ where: table.place, what: describeMissing(name, table.headings, named) });
  }
  if (problems.length > 0) throw tableInvalid(table.place, problems);
  const listed = new Set(lists.map(normaliseHeading));
  const spelt = new Map(named.map((name) => [normaliseHeading(name), name.toLowerCase()]));
  return headings.flatMap((heading, index) => {
    const name = spelt.get(heading) ?? heading;
    return name === '' ? [] : [{ name, index, isList: listed.has(heading), isNamed: spelt.has(heading) }];
  });
}

/** What stands in the file is quoted only if it seems to be the right one: a wrong one could hold anything, also secrets. */
function describeMissing(name: string, headings: readonly string[], named: readonly string[]): string {
  const known = headings.filter((heading) => heading !== '');
  const byFolded = new Map(known.map((heading) => [normaliseHeading(heading), heading]));
  const [near] = findNearNames(normaliseHeading(name), [...byFolded.keys()]);
  if (near !== undefined) return `no column is called ${name}; did you mean ${byFolded.get(near)}?`;
  const isRightFile = named.some((other) => byFolded.has(normaliseHeading(other)));
  if (isRightFile) return `no column is called ${name}, only: ${known.join(', ')}`;
  const count = known.length === 1 ? 'the only value' : `none of the ${known.length} values`;
  return `no column is called ${name}; ${count} of the first row ${known.length === 1 ? 'is no column' : 'is a column'} that the mapping names, is it the right file?`;
}

/** People type headings with line breaks, no-break spaces and in any case. */
function normaliseHeading(heading: string): string {
  return foldCase(heading.replace(/[\s\ufeff]+/gu, ' ').trim());
}

function findFaults({ rows }: Table, column: Column, { key }: TableColumns): Problem[] {
  const { name, index, isList } = column;
  const isKey = name === key.toLowerCase();
  const hasZeros = isKey && rows.some(({ cells }) => /^0\d/.test(textOf(cells[index])) && !isNumber(cells[index]));
  return rows.flatMap((row) => {
    const cell = row.cells[index];
    const what =
      findFault(cell, { isKey, isList }) ??
      (hasZeros && isNumber(cell) && !textOf(cell).startsWith('0') ? LOST_ZEROS : null);
    return what === null ? [] : [{ where: row.name, what: `${name}: ${what}` }];
  });
}

const LOST_ZEROS =
  'a number, where other rows have text with zeros in front that a number loses; format the whole column as text';

function findFault(cell: Cell | undefined, { isKey, isList }: { isKey: boolean; isList: boolean }): string | null {
  if (cell === undefined) return null;
  if (typeof cell === 'object') {
    if ('fault' in cell) return cell.fault;
    return isKey && cell.unsure !== undefined ? `${cell.unsure}; format the column as text` : null;
  }
  const text = tidyCell(cell);
  const fault = findValueFault(text);
  if (fault !== null) return fault;
  if (!isList) return isKey ? findKeyFault(text) : findBraces(text);
  const values = splitList(text);
  if ('fault' in values) return values.fault;
  return values.map(findValueFault).find((fault) => fault !== null) ?? null;
}

/** The key reads GUIDs in braces itself. */
function findBraces(text: string): string | null {
  return /^\{.*\}$/s.test(text) ? 'a list in braces where one value stands; export the value alone' : null;
}

function isNumber(cell: Cell | undefined): boolean {
  return typeof cell === 'object' && 'number' in cell;
}

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return tidyCell(cell);
  return 'number' in cell ? cell.number : '';
}

function buildEntry(row: TableRow, columns: readonly Column[]): Entry {
  const attributes = new Map<string, readonly string[]>();
  for (const { name, index, isList } of columns) {
    const text = textOf(row.cells[index]);
    const values = isList ? splitList(text) : [text];
    const filled = 'fault' in values ? [] : values.filter((value) => value !== '');
    if (filled.length > 0) attributes.set(name, filled);
  }
  return { dn: row.name, attributes, isRow: true };
}

/** A column that is empty everywhere says nothing about anybody, and looks exactly like everybody having left. */
function refuseEmptyColumns(entries: readonly Entry[], { place }: Table, { needed }: TableColumns): void {
  if (entries.length === 0) return;
  const empty = needed.filter((name) => !entries.some(({ attributes }) => attributes.has(name.toLowerCase())));
  if (empty.length === 0) return;
  throw new ReconcileError('SOURCE_IMPLAUSIBLE', `${place}: a column that says who everybody is, is empty`, {
    remedy: 'Export the file again with this column filled, or name another one in the mapping.',
    problems: empty.map((name) => ({ where: place, what: `${name} is empty in all ${entries.length} rows` })),
  });
}
