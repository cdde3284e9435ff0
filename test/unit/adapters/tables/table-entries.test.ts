import { describe, expect, it } from 'vitest';
import { buildEntries } from '../../../../src/adapters/tables/table-entries.ts';
import type { TableColumns } from '../../../../src/model/mapping/table-columns.ts';
import type { Cell, Table } from '../../../../src/adapters/tables/table.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const COLUMNS: TableColumns = {
  named: ['Nr', 'E-mail adres', 'Groep'],
  needed: ['Nr', 'E-mail adres'],
  lists: ['Groep'],
  key: 'Nr',
};

function table(headings: string[], ...rows: (Cell | undefined)[][]): Table {
  return { place: 'p.xlsx', headings, rows: rows.map((cells, index) => ({ name: `p.xlsx row ${index + 2}`, cells })) };
}

const HEADINGS = ['NR', ' e-mail\u00a0\nADRES', 'Groep', 'Note'];

describe('buildEntries', () => {
  it('finds columns whatever case and blanks their headings have, and splits lists', () => {
    const row: Cell[] = [{ number: '7' }, ' jan@company.org ', 'a; b;\nc;', 'x;y'];
    const [entry] = buildEntries(table(HEADINGS, row), COLUMNS);
    expect(entry).toMatchObject({ dn: 'p.xlsx row 2', isRow: true });
    expect(Object.fromEntries(entry?.attributes ?? [])).toEqual({
      nr: ['7'],
      'e-mail adres': ['jan@company.org'],
      groep: ['a', 'b', 'c'],
      note: ['x;y'],
    });
  });

  it('names every missing column, what there is, and the nearest', async () => {
    const { code, problems } = await refusalOf(() =>
      buildEntries(table(['Nr', 'Email adres', ''], ['1', 'a@b.nl']), COLUMNS),
    );
    expect(code).toBe('SOURCE_FILE_INVALID');
    expect(problems.map(({ what }) => what)).toEqual([
      'no column is called E-mail adres; did you mean Email adres?',
      'no column is called Groep, only: Nr, Email adres',
    ]);
  });

  it('quotes nothing of a file in which no column is right: it may be a file of secrets', async () => {
    const { problems } = await refusalOf(() => buildEntries(table(['Secret-123'], ['x']), COLUMNS));
    expect(JSON.stringify(problems)).not.toContain('Secret-123');
  });

  const TYPES = [
    'Microsoft.ActiveDirectory.Management.ADPropertyValueCollection',
    'System.Object[]',
    'System.String[]',
    'System.Byte[]',
    'System.Collections.ArrayList',
    'System.Collections.Generic.List`1[System.String]',
    'Microsoft.Exchange.Data.ProxyAddressCollection',
    'Deserialized.Microsoft.Exchange.Data.MultiValuedProperty`1[[System.String, mscorlib]]',
    '[object Object]',
    '@{Name=Jan; Mail=jan@company.org}',
    '<COMObject <unknown>>',
  ];

  it.each([
    ...TYPES,
    ...['#N/A', '#NV', '#WAARDE!', '#BEZUG!', '#NOM?', '#DEEL/0!', '#ÜBERLAUF!', '#######'],
    ...['=A1&B1', '=HYPERLINK("x","y")', '1,2E+10', 'Ren\ufffd'],
    ...['{SMTP:a@company.org, smtp:b@company.org…}', '{a, b...}'],
  ])('refuses %s in a list, with its row and column', async (text) => {
    const { code, problems } = await refusalOf(() =>
      buildEntries(table(['Nr', 'E-mail adres', 'Groep'], ['1', 'a@b.nl', text]), COLUMNS),
    );
    expect(code).toBe('SOURCE_FILE_INVALID');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.what).toMatch(/^groep: /);
  });

  it.each(TYPES)('refuses %s as the only value too', async (text) => {
    const one = refusalOf(() => buildEntries(table(['Nr', 'E-mail adres', 'Groep'], ['1', text, 'x']), COLUMNS));
    expect((await one).code).toBe('SOURCE_FILE_INVALID');
  });

  it.each([
    ['="000123"', '000123'],
    ['="a ""b"""', 'a "b"'],
    ['=T("0012")', '0012'],
    ["'000123", '000123'],
    ["'+31612345678", '+31612345678'],
    ["'t Hooft", "'t Hooft"],
  ])('reads %s as the text %s', (text, value) => {
    const [row] = buildEntries(table(['Nr', 'E-mail adres', 'Groep'], [text, 'a@b.nl', 'x']), COLUMNS);
    expect(row?.attributes.get('nr')).toEqual([value]);
  });

  it.each([
    ['{a, b}', ['a', 'b']],
    ['{SMTP:a@company.org, smtp:b@company.org}', ['SMTP:a@company.org', 'smtp:b@company.org']],
    ['["a","b"]', ['a', 'b']],
    ['SMTP:a@company.org,smtp:b@company.org', ['SMTP:a@company.org', 'smtp:b@company.org']],
    ['CN=a,OU=b;CN=c,OU=d', ['CN=a,OU=b', 'CN=c,OU=d']],
  ])('reads the list %s', (text, values) => {
    const [row] = buildEntries(table(['Nr', 'E-mail adres', 'Groep'], ['1', 'a@b.nl', text]), COLUMNS);
    expect(row?.attributes.get('groep')).toEqual(values);
  });

  it('refuses a key that a program made a number with decimals of', async () => {
    const one = refusalOf(() =>
      buildEntries(table(['Nr', 'E-mail adres', 'Groep'], ['1000.0', 'a@b.nl', '']), COLUMNS),
    );
    expect((await one).code).toBe('SOURCE_FILE_INVALID');
  });

  it('refuses two columns of one name, of which a library would take the last', async () => {
    const { problems } = await refusalOf(() => buildEntries(table([...HEADINGS, 'nr'], ['1']), COLUMNS));
    expect(problems).toEqual([{ where: 'p.xlsx', what: 'two columns are called nr' }]);
  });

  it('refuses unusable cells of columns that are used, each with its row, and no others', async () => {
    const fault = { fault: 'a date' };
    const rows = [
      ['1', 'a@b.nl', 'g', fault],
      ['2', fault, '#N/B'],
      ['6,12E+08', '#REF!'],
    ];
    const { problems } = await refusalOf(() => buildEntries(table(HEADINGS, ...rows), COLUMNS));
    expect(problems.map(({ where, what }) => `${where} ${what.split(':')[0]}`).sort()).toEqual([
      'p.xlsx row 3 e-mail adres',
      'p.xlsx row 3 groep',
      'p.xlsx row 4 e-mail adres',
      'p.xlsx row 4 nr',
    ]);
  });

  it('refuses keys that lost their zeros beside keys that did not', async () => {
    const rows: Cell[][] = [
      ['0012', 'a@b.nl'],
      [{ number: '13' }, 'b@b.nl'],
      ['14', 'c@b.nl'],
    ];
    const { problems } = await refusalOf(() => buildEntries(table(HEADINGS, ...rows), COLUMNS));
    expect(problems).toMatchObject([{ where: 'p.xlsx row 3', what: expect.stringContaining('text') }]);
  });

  it('takes a needed column that is empty in every row for a broken export', async () => {
    const { code, problems } = await refusalOf(() => buildEntries(table(HEADINGS, ['1', ' '], ['2']), COLUMNS));
    expect(code).toBe('SOURCE_IMPLAUSIBLE');
    expect(problems).toEqual([{ where: 'p.xlsx', what: 'E-mail adres is empty in all 2 rows' }]);
  });

  it('makes nothing of a table without rows, which the plan then refuses', () => {
    expect(buildEntries(table(HEADINGS), COLUMNS)).toEqual([]);
  });
});
