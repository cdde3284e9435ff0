import { columnName, parseReference } from './cell-reference.ts';
import type { Cell } from './table.ts';

export interface SheetRow {
  /** As the spreadsheet counts, from 1. */
  readonly number: number;
  readonly cells: readonly (Cell | undefined)[];
}

/** Cells that a spreadsheet shows as one; only the first of them has the value (ECMA-376 §18.3.1.55). */
export interface MergedRange {
  readonly first: { readonly column: number; readonly row: number };
  readonly last: { readonly column: number; readonly row: number };
}

/** `A2:A5`; null if it is no range. */
export function parseRange(text: string): MergedRange | null {
  const [from, to] = text.split(':').map(parseReference);
  return from === undefined || from === null || !to ? null : { first: from, last: to };
}

/**
 * Lets the value of a range that lies in one column count in each of its rows, as people see it. Over several columns nobody
 * can tell which of them it belongs to: a fault, for columns that are used.
 */
export function spreadMerges(rows: readonly SheetRow[], ranges: readonly MergedRange[]): readonly SheetRow[] {
  const [header] = rows;
  if (ranges.length === 0 || header === undefined) return rows;
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const changed = new Map<number, (Cell | undefined)[]>();
  const cellsOf = (row: SheetRow): (Cell | undefined)[] => {
    const cells = changed.get(row.number) ?? [...row.cells];
    changed.set(row.number, cells);
    return cells;
  };
  for (const range of ranges) {
    const value = byNumber.get(range.first.row)?.cells[range.first.column];
    if (range.last.row <= header.number || value === undefined) continue;
    const cell = range.first.column === range.last.column ? value : acrossColumns(range);
    for (let number = Math.max(range.first.row, header.number + 1); number <= range.last.row; number += 1) {
      const row = byNumber.get(number);
      if (row === undefined) continue;
      const cells = cellsOf(row);
      for (let column = range.first.column; column <= range.last.column; column += 1) cells[column] = cell;
    }
  }
  return rows.map((row) => (changed.has(row.number) ? { ...row, cells: changed.get(row.number) ?? [] } : row));
}

function acrossColumns({ first, last }: MergedRange): Cell {
  const range = `${columnName(first.column)}${first.row}:${columnName(last.column)}${last.row}`;
  return { fault: `merged with other columns (${range}); undo the merge` };
}
