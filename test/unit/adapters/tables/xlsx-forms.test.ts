import { describe, expect, it } from 'vitest';
import { parseExcelTable } from '../../../../src/adapters/tables/excel-table.ts';
import { refusalOf } from '../../../support/problems-of.ts';
import { zip } from '../../../support/workbook.ts';

/** Workbooks of other writers than Excel: parts under other names, cells without a place, merged cells. */

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const STRICT = 'http://purl.oclc.org/ooxml/officeDocument/relationships';

const text = (value: string, at?: string): string =>
  `<c${at === undefined ? '' : ` r="${at}"`} t="inlineStr"><is><t>${value}</t></is></c>`;
const link = (id: string, type: string, target: string, base = OFFICE): string =>
  `<Relationship Id="${id}" Type="${base}/${type}" Target="${target}"/>`;

interface Form {
  readonly sheet: string;
  readonly parts?: Readonly<Record<string, string>>;
  readonly links?: string;
}

function book({ sheet, parts = {}, links = '' }: Form): Buffer {
  return zip(
    new Map(
      Object.entries({
        '_rels/.rels': `<Relationships>${link('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
        'xl/workbook.xml': '<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': `<Relationships>${link('r1', 'worksheet', 'worksheets/sheet1.xml')}${links}</Relationships>`,
        'xl/worksheets/sheet1.xml': `<worksheet>${sheet}</worksheet>`,
        ...parts,
      }),
    ),
  );
}

const read = (form: Form) => parseExcelTable(book(form), 'p.xlsx').rows.map(({ cells }) => cells);
const HEAD = `<row>${text('Key')}${text('Name')}${text('Dept')}</row>`;
const rows = (body: string, rest = ''): string => `<sheetData>${HEAD}${body}</sheetData>${rest}`;

describe('cells without a place', () => {
  it.each([
    ['an empty one takes its column', `<row>${text('1')}<c/>${text('x')}</row>`, ['1', undefined, 'x']],
    [
      'stand behind one that says its place',
      `<row>${text('1', 'A2')}<c r="B2"/>${text('x')}</row>`,
      ['1', undefined, 'x'],
    ],
    ['and small letters are places too', `<row>${text('1', 'a2')}${text('x', 'c2')}</row>`, ['1', undefined, 'x']],
    ['and a value without a text element counts', '<row><c t="inlineStr"><v>1</v></c></row>', ['1']],
  ])('%s', (_case, row, cells) => {
    expect(read({ sheet: rows(row) })).toEqual([cells]);
  });

  it.each([
    ['twice the same', `<row>${text('1', 'A2')}${text('2', 'A2')}</row>`],
    ['one of another row', `<row>${text('1', 'A7')}</row>`],
    ['no place at all', `<row>${text('1', '7A')}</row>`],
    ['rows backwards', `<row r="5">${text('1')}</row><row r="4">${text('2')}</row>`],
    ['a row without a number', `<row r="x">${text('1')}</row>`],
  ])('refuses %s', async (_case, body) => {
    expect((await refusalOf(() => read({ sheet: rows(body) }))).code).toBe('SOURCE_FILE_INVALID');
  });
});

describe('parts', () => {
  const shared = `<row><c t="s"><v>0</v></c></row>`;
  const sst = '<sst><si><t>A1</t></si></sst>';

  it.each([
    ['in other letters', 'SharedStrings.xml', 'xl/sharedstrings.XML', OFFICE],
    ['by an absolute name', '/xl/texts/t.xml', 'xl/texts/t.xml', OFFICE],
    ['by a name from above', '../texts/t.xml', 'texts/t.xml', OFFICE],
    ['by an encoded name', 'shared%20texts.xml', 'xl/shared texts.xml', OFFICE],
    ['of the strict form', 't.xml', 'xl/t.xml', STRICT],
  ])('are found %s', (_case, target, name, base) => {
    const links = link('r2', 'sharedStrings', target, base);
    expect(read({ sheet: rows(shared), links, parts: { [name]: sst } })).toEqual([['A1']]);
  });

  it('are styles under any name', () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000000"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>';
    const links = link('r2', 'styles', 'styles1.xml');
    const sheet = rows('<row><c s="0"><v>123</v></c></row>');
    expect(read({ sheet, links, parts: { 'xl/styles1.xml': styles } })).toEqual([[{ number: '000123' }]]);
  });

  it('are found where the workbook is at the root', () => {
    const bytes = zip(
      new Map([
        ['_rels/.rels', `<Relationships>${link('r1', 'officeDocument', 'book.xml')}</Relationships>`],
        ['book.xml', '<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>'],
        ['_rels/book.xml.rels', `<Relationships>${link('r1', 'worksheet', 's.xml')}</Relationships>`],
        ['s.xml', `<worksheet>${rows(`<row>${text('1')}</row>`)}</worksheet>`],
      ]),
    );
    expect(parseExcelTable(bytes, 'p.xlsx').rows[0]?.cells).toEqual(['1']);
  });

  it('are no sheets where they are charts', () => {
    const parts = {
      'xl/workbook.xml': '<workbook><sheets><sheet name="C" id="r2"/><sheet name="S" id="r1"/></sheets></workbook>',
      'xl/chartsheets/c.xml': '<chartsheet/>',
    };
    const links = link('r2', 'chartsheet', 'chartsheets/c.xml');
    expect(read({ sheet: rows(`<row>${text('1')}</row>`), links, parts })).toEqual([['1']]);
  });
});

describe('merged cells', () => {
  const merge = (ref: string): string => `<mergeCells count="1"><mergeCell ref="${ref}"/></mergeCells>`;
  const body = `<row>${text('1')}${text('An')}${text('Zorg')}</row><row>${text('2')}${text('Bo')}<c/></row><row>${text('3')}</row>`;

  it('count in each of their rows', () => {
    expect(read({ sheet: rows(body, merge('C2:C3')) })).toEqual([['1', 'An', 'Zorg'], ['2', 'Bo', 'Zorg'], ['3']]);
  });

  it('over several columns belong to none of them', () => {
    const [first] = read({ sheet: rows(body, merge('B2:C2')) });
    expect(first?.[0]).toBe('1');
    expect(first?.slice(1)).toEqual([
      { fault: expect.stringContaining('B2:C2') },
      { fault: expect.stringContaining('B2:C2') },
    ]);
  });

  it('among the headings give the others none', async () => {
    const problems = refusalOf(() =>
      read({
        sheet: `<sheetData><row>${text('Name')}<c/></row><row>${text('a')}${text('b')}</row></sheetData>${merge('A1:B1')}`,
      }),
    );
    expect((await problems).code).toBe('SOURCE_FILE_INVALID');
  });
});
