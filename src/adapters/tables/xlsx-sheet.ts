import type { Cell } from './table.ts';
import { WorkbookFault } from './xlsx-archive.ts';
import { decodeEscapes, type NumberStyle } from './xlsx-parts.ts';
import { readXml } from './xlsx-xml.ts';

export interface SheetRow {
  /** As the spreadsheet counts, from 1. */
  readonly number: number;
  readonly cells: readonly (Cell | undefined)[];
}

export interface SheetContext {
  readonly texts: readonly string[];
  readonly styles: readonly NumberStyle[];
}

/** Widest sheet of Excel. */
const MOST_COLUMNS = 16_384;

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly style: NumberStyle | undefined;
  value: string | undefined;
  text: string;
  hasFormula: boolean;
}

/** Shows every row that has a value (ECMA-376 §18.3.1), with gaps for cells that are not there. */
export function readSheetRows(xml: string, context: SheetContext, visit: (row: SheetRow) => void): void {
  let number = 0;
  let cells: (Cell | undefined)[] = [];
  let cell: OpenCell | undefined;
  const inside: string[] = [];
  readXml(xml, {
    open(name, attribute) {
      inside.push(name);
      if (name === 'row') {
        number = Number(attribute('r') ?? number + 1);
        cells = [];
      } else if (name === 'c') cell = openCell(attribute, cells.length, context);
      else if (name === 'f' && cell !== undefined) cell.hasFormula = true;
      else if (name === 'v' && cell !== undefined) cell.value ??= '';
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
        const read = readCell(cell, context.texts);
        if (read !== undefined) cells[cell.column] = read;
        cell = undefined;
      }
      if (name === 'row' && cells.length > 0) visit({ number, cells });
    },
  });
}

function openCell(attribute: (name: string) => string | undefined, next: number, { styles }: SheetContext): OpenCell {
  const reference = attribute('r');
  const column = reference === undefined ? next : columnOf(reference);
  if (!(column < MOST_COLUMNS)) throw new WorkbookFault(`${reference ?? 'a cell'} lies outside every sheet`);
  const style = styles[Number(attribute('s') ?? 0)];
  return { column, type: attribute('t') ?? 'n', style, value: undefined, text: '', hasFormula: false };
}

/** `C4` → 2. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]*/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** `2` → `C`. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** Undefined = empty. A formula counts with the result that the spreadsheet program stored. */
function readCell({ type, style, value, text, hasFormula }: OpenCell, texts: readonly string[]): Cell | undefined {
  if (type === 'inlineStr') return decodeEscapes(text) || undefined;
  if (value === undefined || (value === '' && type !== 'str')) {
    return hasFormula ? { fault: 'a formula without a stored result; open the file in Excel and save it' } : undefined;
  }
  switch (type) {
    case 's':
      return texts[Number(value)] ?? { fault: 'a text that is not in the file; it is damaged' };
    case 'str':
      return decodeEscapes(value) || undefined;
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'e':
      return { fault: `an error (${value}) instead of a value` };
    case 'd':
      return A_DATE;
    default:
      return style === 'date' ? A_DATE : readNumber(value, style?.digits ?? 0);
  }
}

const A_DATE: Cell = { fault: 'a date; format the column as text and type the value again' };
/** Of longer numbers Excel keeps only the first fifteen digits. */
const MOST_DIGITS = 15;

function readNumber(value: string, digits: number): Cell {
  const number = Number(value);
  if (!Number.isFinite(number)) return { fault: 'something that is not a number, marked as one' };
  if (Math.abs(number) >= 10 ** MOST_DIGITS) {
    return { fault: `a number with more than ${MOST_DIGITS} digits, which Excel rounds; format the column as text` };
  }
  return { number: String(number).padStart(Number.isInteger(number) ? digits : 0, '0') };
}
