import { describe, expect, it } from 'vitest';
import { parseExcelTable } from '../../../../src/adapters/tables/excel-table.ts';
import { refusalOf } from '../../../support/problems-of.ts';
import { buildWorkbook, zip, type CellSpec } from '../../../support/workbook.ts';

const sheet = (...rows: CellSpec[][]) => buildWorkbook([{ name: 'Staff', rows }]);
const read = (bytes: Buffer, name?: string) => parseExcelTable(bytes, 'people.xlsx', name);
const faultsOf = async (bytes: Buffer, name?: string) => (await refusalOf(() => read(bytes, name))).problems;

describe('parseExcelTable', () => {
  it('names rows as the spreadsheet counts them and leaves out empty ones', () => {
    const bytes = sheet([], ['Key', undefined, 'Naam & co'], [], ['1', undefined, 'Zoë <Bos>'], ['  '], ['2']);
    expect(read(bytes)).toEqual({
      place: 'people.xlsx, sheet Staff',
      headings: ['Key', '', 'Naam & co'],
      rows: [
        { name: 'people.xlsx, sheet Staff, row 4', cells: ['1', undefined, 'Zoë <Bos>'] },
        { name: 'people.xlsx, sheet Staff, row 6', cells: ['2'] },
      ],
    });
  });

  it('tells numbers, truth values, dates, errors and formulas apart', () => {
    const row: CellSpec[] = [
      612345678,
      { padded: 123 },
      true,
      false,
      { date: 45_000 },
      { error: '#N/A' },
      { formula: 'A1&B1', result: 'ab' },
      { formula: 'A1&B1' },
      1e15,
      '_x0041_b',
    ];
    const [read1] = read(
      sheet(
        row.map((_, index) => `c${index}`),
        row,
      ),
    ).rows;
    expect(read1?.cells).toEqual([
      { number: '612345678' },
      { number: '000123' },
      'TRUE',
      'FALSE',
      { fault: expect.stringContaining('a date') },
      { fault: expect.stringContaining('#N/A') },
      'ab',
      { fault: expect.stringContaining('formula') },
      { fault: expect.stringContaining('15 digits') },
      'Ab',
    ]);
  });

  it('finds the sheet without case, and says which there are', async () => {
    const bytes = buildWorkbook([
      { name: 'Medewerkers', rows: [['a'], ['1']] },
      { name: 'Oud', rows: [['b'], ['2']] },
    ]);
    expect(read(bytes, 'oud').headings).toEqual(['b']);
    expect(await faultsOf(bytes, 'Medewerker')).toEqual([
      { where: 'people.xlsx', what: 'there is no sheet Medewerker, only: Medewerkers, Oud; did you mean Medewerkers?' },
    ]);
    expect(await faultsOf(bytes)).toMatchObject([{ what: expect.stringContaining('2 sheets') }]);
  });

  it('refuses values under no heading, all of them, by their cells', async () => {
    const problems = await faultsOf(sheet(['Key'], ['1', 'stray'], ['2'], ['3', undefined, 7]));
    expect(problems.map(({ where }) => where)).toEqual([
      'people.xlsx, sheet Staff, cell B2',
      'people.xlsx, sheet Staff, cell C4',
    ]);
  });

  it.each<[string, Buffer, RegExp]>([
    ['an empty file', Buffer.alloc(0), /empty/],
    ['a text file', Buffer.from('a;b\n'), /csv/],
    ['an old or encrypted workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /\.xls/],
    ['an archive that is no workbook', zip(new Map([['a.txt', 'x']])), /no workbook/],
    ['a workbook that is cut short', sheet(['a'], ['1']).subarray(0, 300), /cut short/],
    ['an empty sheet', sheet(), /empty/],
  ])('refuses %s', async (_case, bytes, what) => {
    expect(await faultsOf(bytes)).toMatchObject([{ what: expect.stringMatching(what) }]);
  });

  it('refuses a workbook in which any byte of its sheet was changed', async () => {
    const bytes = sheet(['Key', 'Name'], ['1', 'Jan'], ['2', 'Piet']);
    const at = bytes.indexOf('sheet1.xml') + 'sheet1.xml'.length + 20;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
    expect(await faultsOf(bytes)).toMatchObject([{ what: expect.stringContaining('damaged') }]);
  });

  it('refuses what would unpack to more than is read, before it unpacks anything', async () => {
    const nothing = Buffer.alloc(90_000_000, 0x20);
    const bomb = zip(new Map(['1', '2', '3', '4', '5'].map((name) => [`xl/worksheets/sheet${name}.xml`, nothing])));
    expect(bomb.length).toBeLessThan(1_000_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(await faultsOf(bomb)).toMatchObject([
      { what: 'it would unpack to 450 MB, and no more than 400 MB are read' },
    ]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });

  it('never unpacks a part to more than the archive claims', async () => {
    const parts = new Map([['xl/workbook.xml', Buffer.alloc(50_000_000, 0x20)]]);
    const before = process.memoryUsage().arrayBuffers;
    expect(await faultsOf(zip(parts, 1000))).toMatchObject([{ what: expect.stringContaining('damaged') }]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });

  it('refuses XML with entities of its own', async () => {
    const parts = new Map([['xl/workbook.xml', '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>']]);
    expect(await faultsOf(zip(parts))).toMatchObject([{ what: expect.stringContaining('XML') }]);
  });
});
