import { zip } from './workbook.ts';

/** Workbooks of texts as other programs than Excel write them, of which `buildWorkbook` is the form. */

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const STRICT = 'http://purl.oclc.org/ooxml/officeDocument/relationships';

type Rows = readonly (readonly string[])[];

/** As a streaming library: every text in its cell, no cell with a place, an empty one for an empty text, names without case. */
export function buildInlineWorkbook(rows: Rows): Buffer {
  const cell = (text: string): string =>
    text === '' ? '<c/>' : `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
  return zip(
    new Map([
      ['_rels/.rels', relationships(OFFICE, [['r1', 'officeDocument', 'xl/Workbook.xml']])],
      ['xl/workbook.xml', '<workbook><sheets><sheet name="S" sheetId="1" id="r1"/></sheets></workbook>'],
      ['xl/_rels/workbook.xml.rels', relationships(OFFICE, [['r1', 'worksheet', '/xl/worksheets/Sheet1.xml']])],
      ['xl/worksheets/sheet1.xml', `<worksheet><sheetData>${renderRows(rows, cell)}</sheetData></worksheet>`],
    ]),
  );
}

/** In the strict form, with prefixes, rich texts that are shared, and the workbook at the root. */
export function buildStrictWorkbook(rows: Rows): Buffer {
  const texts: string[] = [];
  const cell = (text: string, row: number, column: number): string => {
    if (text === '') return '';
    const at = `${String.fromCharCode(65 + column)}${row + 1}`;
    return `<x:c r="${at}" t="s"><x:v>${texts.push(text) - 1}</x:v></x:c>`;
  };
  const sheet = `<x:worksheet xmlns:x="urn:x"><x:sheetData>${renderRows(rows, cell, 'x:')}</x:sheetData></x:worksheet>`;
  const shared = texts.map((text) => {
    const middle = Math.floor(text.length / 2);
    const runs = [text.slice(0, middle), text.slice(middle)].map(
      (run) => `<r><t xml:space="preserve">${escapeXml(run)}</t></r>`,
    );
    return `<si>${isSplitSafe(text, middle) ? runs.join('') : `<t xml:space="preserve">${escapeXml(text)}</t>`}</si>`;
  });
  return zip(
    new Map([
      ['_rels/.rels', relationships(STRICT, [['r1', 'officeDocument', 'book.xml']])],
      ['book.xml', '<workbook><sheets><sheet name="S" sheetId="1" id="r1"/></sheets></workbook>'],
      [
        '_rels/book.xml.rels',
        relationships(STRICT, [
          ['r1', 'worksheet', 's/one.xml'],
          ['r2', 'sharedStrings', 's/texts.xml'],
        ]),
      ],
      ['s/one.xml', sheet],
      ['s/texts.xml', `<sst>${shared.join('')}</sst>`],
    ]),
  );
}

/** Not between the two halves of a character. */
function isSplitSafe(text: string, middle: number): boolean {
  return !/[\ud800-\udbff]$/.test(text.slice(0, middle));
}

function renderRows(rows: Rows, cell: (text: string, row: number, column: number) => string, prefix = ''): string {
  return rows
    .map(
      (cells, row) => `<${prefix}row>${cells.map((text, column) => cell(text, row, column)).join('')}</${prefix}row>`,
    )
    .join('');
}

function relationships(base: string, links: readonly (readonly [id: string, type: string, target: string])[]): string {
  const all = links.map(([id, type, target]) => `<Relationship Id="${id}" Type="${base}/${type}" Target="${target}"/>`);
  return `<Relationships>${all.join('')}</Relationships>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
