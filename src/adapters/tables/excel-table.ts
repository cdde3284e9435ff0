import { readFile } from 'node:fs/promises';
import type { Problem } from '../../model/errors.ts';
import { foldCase } from '../../model/directory/distinguished-name.ts';
import { describeFileFailure } from '../../model/text/file-failure.ts';
import { findNearNames } from '../../model/text/near-names.ts';
import { tableInvalid, type Cell, type Table, type TableRow } from './table.ts';
import { openArchive, WorkbookFault } from './xlsx-archive.ts';
import { columnName } from './cell-reference.ts';
import { readNumberStyles, readSharedTexts, readWorkbookParts, type SheetPart } from './xlsx-parts.ts';
import type { SheetRow } from './xlsx-merges.ts';
import { isBlank, readSheetRows } from './xlsx-sheet.ts';

/*
 * Why the reader is our own: libraries were tried on workbooks of many writers (2026-11, test/fixtures/field), and each lost or
 * changed values without an error. `exceljs` 4.4.0 refuses rows without numbers and a workbook at the root, ignores number formats
 * (`000123` is 123), and shows shared texts as their numbers if their part is named in other letters; not kept up since 2023.
 * `@e965/xlsx` 0.20.3 (SheetJS) leaves merged cells empty but for the first, ignores a styles part under another name, reads
 * nothing of `SharedStrings.xml`, and unpacks without a limit. `read-excel-file` 9.3.17 ignores number formats and merged cells, and
 * fails on cells without `r` and on a workbook at the root. `xlsx-populate` 1.21.0 fails on every workbook without a part of its
 * own liking, and ignores number formats. `yauzl` checks no CRC. What shows numbers is `numfmt`, what reads XML is `sax`.
 */

/**
 * Reads one sheet of a workbook (.xlsx); the first row with values has the headings. `place` is the file's name in messages;
 * without `sheet` the workbook must have only one. Throws `SOURCE_FILE_INVALID` with every fault and its cell.
 */
export async function readExcelTable(file: string, place: string, sheet?: string): Promise<Table> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw tableInvalid(place, [{ where: place, what: describeFileFailure(error) }]);
  });
  return parseExcelTable(bytes, place, sheet);
}

export function parseExcelTable(bytes: Buffer, place: string, sheet?: string): Table {
  try {
    const archive = openArchive(verifyFormat(bytes));
    const parts = readWorkbookParts(archive);
    const chosen = chooseSheet(parts.sheets, sheet);
    const read = (part: string | undefined): string => archive.readText(part ?? '') ?? '';
    const context = { texts: readSharedTexts(read(parts.texts)), styles: readNumberStyles(read(parts.styles)) };
    return buildTable(readSheetRows(read(chosen.part), context), `${place}, sheet ${chosen.name}`);
  } catch (error) {
    if (!(error instanceof WorkbookFault)) throw error;
    throw tableInvalid(place, [{ where: place, what: error.message }]);
  }
}

function verifyFormat(bytes: Buffer): Buffer {
  if (bytes.length === 0) throw new WorkbookFault('the file is empty');
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    throw new WorkbookFault('an old .xls workbook, or one with a password; save it as .xlsx without a password');
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK')
    throw new WorkbookFault('this is no .xlsx workbook; a text file is read with csv');
  return bytes;
}

function chooseSheet(sheets: readonly SheetPart[], wanted: string | undefined): SheetPart {
  const names = sheets.map(({ name }) => name).join(', ');
  if (wanted === undefined) {
    const [only] = sheets;
    if (only !== undefined && sheets.length === 1) return only;
    throw new WorkbookFault(`the workbook has ${sheets.length} sheets; name one with excel.sheet: ${names}`);
  }
  const found = sheets.find(({ name }) => foldCase(name.trim()) === foldCase(wanted.trim()));
  if (found !== undefined) return found;
  const folded = new Map(sheets.map(({ name }) => [foldCase(name), name]));
  const [near] = findNearNames(foldCase(wanted), [...folded.keys()]);
  const hint = near === undefined ? '' : `; did you mean ${folded.get(near)}?`;
  throw new WorkbookFault(`there is no sheet ${wanted}, only: ${names}${hint}`);
}

function buildTable([header, ...rest]: readonly SheetRow[], place: string): Table {
  if (header === undefined) throw tableInvalid(place, [{ where: place, what: 'the sheet is empty' }]);
  const headings = Array.from(header.cells, (cell) => headingOf(cell));
  const problems = rest.flatMap((row) => findStrays(row, headings.length, place));
  if (problems.length > 0) throw tableInvalid(place, problems);
  const rows = rest.map(({ number, cells }): TableRow => ({ name: `${place}, row ${number}`, cells }));
  return { place, headings, rows };
}

function headingOf(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  return 'number' in cell ? cell.number : '';
}

function findStrays({ number, cells }: SheetRow, width: number, place: string): Problem[] {
  const strays = cells.slice(width).flatMap((cell, index) => (isBlank(cell) ? [] : [columnName(width + index)]));
  const what = 'a value in a column without a heading; give the column one, or empty the cell';
  return strays.map((column) => ({ where: `${place}, cell ${column}${number}`, what }));
}
