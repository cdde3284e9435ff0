import { parseReference } from './cell-reference.ts';
import { A_DATE, type NumberStyle, showNumber, showText } from './number-style.ts';
import type { Cell } from './table.ts';
import { WorkbookFault } from './xlsx-archive.ts';
import { type MergedRange, parseRange, type SheetRow, spreadMerges } from './xlsx-merges.ts';
import { decodeEscapes } from './xlsx-parts.ts';
import { readXml } from './xlsx-xml.ts';

export interface SheetContext {
  readonly texts: readonly string[];
  readonly styles: readonly NumberStyle[];
}

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: NumberStyle;
  value: string | undefined;
  text: string;
  hasFormula: boolean;
}

/** Every row that has a value (ECMA-376 §18.3.1), with gaps for cells that are not there. */
export function readSheetRows(xml: string, context: SheetContext): readonly SheetRow[] {
  const rows: SheetRow[] = [];
  const merges: MergedRange[] = [];
  let row: OpenRow = { number: 0, cells: [], next: 0 };
  let cell: OpenCell | undefined;
  const inside: string[] = [];
  readXml(xml, {
    open(name, attribute) {
      inside.push(name);
      if (name === 'row') row = openRow(attribute('r'), row.number);
      else if (name === 'c') cell = openCell(attribute, row, context);
      else if (name === 'f' && cell !== undefined) cell.hasFormula = true;
      else if (name === 'v' && cell !== undefined) cell.value ??= '';
      else if (name === 'mergeCell') merges.push(parseRange(attribute('ref') ?? '') ?? damaged('a merged range'));
    },
    text(value) {
      if (cell === undefined) return;
      const name = inside.at(-1);
      if (name === 'v') cell.value = (cell.value ?? '') + value;
      if (name === 't' && !inside.includes('rPh')) cell.text += value;
    },
    close(name) {
      inside.pop();
      if (name === 'c' && cell !== undefined) {
        row.next = cell.column + 1;
        const read = readCell(cell, context.texts);
        if (read !== undefined) row.cells[cell.column] = read;
        cell = undefined;
      }
      if (name === 'row' && row.cells.some((one) => !isBlank(one))) rows.push({ number: row.number, cells: row.cells });
    },
  });
  return spreadMerges(rows, merges);
}

export function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}

interface OpenRow {
  readonly number: number;
  readonly cells: (Cell | undefined)[];
  /** Column of a cell that does not say where it is: behind the one before, also an empty one (§18.3.1.4). */
  next: number;
}

function openRow(written: string | undefined, before: number): OpenRow {
  const number = written === undefined ? before + 1 : Number(written);
  if (!Number.isInteger(number) || number <= before) throw damaged(`row ${written ?? number}`);
  return { number, cells: [], next: 0 };
}

function openCell(attribute: (name: string) => string | undefined, row: OpenRow, { styles }: SheetContext): OpenCell {
  const written = attribute('r');
  const at = written === undefined ? { column: row.next, row: row.number } : parseReference(written);
  // Twice the same cell, or one of another row: nobody could say which value is meant.
  if (at === null || at.row !== row.number || at.column < row.next)
    throw damaged(`cell ${written ?? 'without a place'}`);
  const style = styles[Number(attribute('s') ?? 0)] ?? null;
  return { column: at.column, type: attribute('t') ?? 'n', style, value: undefined, text: '', hasFormula: false };
}

function damaged(what: string): never {
  throw new WorkbookFault(`${what} stands where none can be; the file is damaged, open and save it with Excel`);
}

/** Undefined = empty. A formula counts with the result that the spreadsheet program stored. */
function readCell(cell: OpenCell, texts: readonly string[]): Cell | undefined {
  const { type, style, value, text, hasFormula } = cell;
  if (type === 'inlineStr') return showText(decodeEscapes(text === '' ? (value ?? '') : text), style);
  if (value === undefined || (value === '' && type !== 'str')) {
    if (hasFormula) return { fault: 'a formula without a stored result; open the file in Excel and save it' };
    return text === '' ? undefined : showText(decodeEscapes(text), style);
  }
  switch (type) {
    case 's': {
      const shared = /^\d+$/.test(value) ? texts[Number(value)] : undefined;
      return shared === undefined
        ? { fault: 'a text that is not in the file; it is damaged' }
        : showText(shared, style);
    }
    case 'str':
      return showText(decodeEscapes(value), style);
    case 'b':
      return value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
    case 'e':
      return { fault: `an error (${value}) instead of a value` };
    case 'd':
      return A_DATE;
    case 'n':
      return readNumber(value, style);
    default:
      return { fault: 'a value of a kind that is not known' };
  }
}

/** Of longer numbers Excel keeps only the first fifteen digits. */
const MOST_DIGITS = 15;

function readNumber(value: string, style: NumberStyle): Cell {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number))
    return { fault: 'something that is not a number, marked as one' };
  if (Math.abs(number) >= 10 ** MOST_DIGITS)
    return { fault: `a number with more than ${MOST_DIGITS} digits, which Excel rounds; format the column as text` };
  return showNumber(number, style);
}
