import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvForm, parseCsvTable, readCsvTable } from '../../../../src/adapters/tables/csv-table.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const read = (text: string | Buffer, form?: CsvForm) => parseCsvTable(Buffer.from(text), 'people.csv', form);
const faultsOf = async (text: string | Buffer) => refusalOf(() => read(text));

describe('parseCsvTable', () => {
  it('names every row by the line in which it starts, whatever its values hold', () => {
    const { headings, rows } = read('key;name\r\n1;"Jan\r\nde Vries"\r\n\r\n2;"a;""b"""\r\n;\r\n3;x\r\n');
    expect(headings).toEqual(['key', 'name']);
    expect(rows).toEqual([
      { name: 'people.csv line 2', cells: ['1', 'Jan\nde Vries'] },
      { name: 'people.csv line 5', cells: ['2', 'a;"b"'] },
      { name: 'people.csv line 7', cells: ['3', 'x'] },
    ]);
  });

  it.each([
    ['a semicolon', 'a;b,c\n1;2\n'],
    ['a comma', 'a,"b;c;d"\n1,2\n'],
    ['a tab', 'a\tb\n1\t2\n'],
    ['what sep= says', 'sep=|\na|b\n1|2\n'],
  ])('takes %s for the delimiter', (_case, text) => {
    expect(read(text).rows[0]?.cells).toEqual(['1', '2']);
  });

  it('prefers the configured delimiter', () => {
    expect(read('a;b,c\n1;2,3\n', { delimiter: ',' }).rows[0]?.cells).toEqual(['1;2', '3']);
  });

  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from('name\nRené\n')],
    ['UTF-8 with a mark', Buffer.from('\ufeffname\nRené\n')],
    ['UTF-16', Buffer.from('\ufeffname\nRené\n', 'utf16le')],
    ['windows-1252', Buffer.from('name\nRené\n', 'latin1')],
  ])('reads %s', (_encoding, bytes) => {
    expect(read(bytes)).toMatchObject({ headings: ['name'], rows: [{ cells: ['René'] }] });
  });

  it('refuses UTF-8 with a damaged byte instead of taking it for windows-1252', async () => {
    const bytes = Buffer.concat([Buffer.from('name\nRené\nZo'), Buffer.from([0xeb]), Buffer.from('\n')]);
    expect((await faultsOf(bytes)).code).toBe('SOURCE_FILE_INVALID');
  });

  it.each<[NonNullable<CsvForm['encoding']>, number[]]>([
    ['cp850', [0x82]],
    ['cp437', [0x82]],
    ['macintosh', [0x8e]],
    ['iso-8859-15', [0xe9]],
    ['windows-1250', [0xe9]],
    ['windows-1252', [0xe9]],
  ])('reads %s where it is configured', (encoding, letter) => {
    const bytes = Buffer.concat([Buffer.from('name\nRen'), Buffer.from(letter), Buffer.from('\n')]);
    expect(read(bytes, { encoding }).rows[0]?.cells).toEqual(['René']);
  });

  it.each([
    ['a console', [0x52, 0x65, 0x6e, 0x82]],
    ['a console, in the middle of a word', [0x44, 0x61, 0x6e, 0x69, 0x89, 0x6c]],
    ['a console, by a byte without a meaning', [0x4d, 0x81, 0x6c]],
    ['an old Mac', [0x52, 0x65, 0x6e, 0x8e]],
  ])('refuses the letters of %s instead of reading others', async (_case, bytes) => {
    const { code, problems } = await faultsOf(
      Buffer.concat([Buffer.from('name\n'), Buffer.from(bytes), Buffer.from('\n')]),
    );
    expect(code).toBe('SOURCE_FILE_INVALID');
    expect(problems[0]?.what).toContain('csv.encoding');
  });

  it.each(['”Zo” – ‘ja’ … 5 €', 'D’Hondt', 'Šárka Žižková-Œuvre', '„Ja“'])(
    'takes the signs of %s for windows-1252',
    (text) => {
      const page = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
      const bytes = Buffer.from(
        [...text].map((letter) => (page.includes(letter) ? 0x80 + page.indexOf(letter) : letter.charCodeAt(0))),
      );
      expect(read(Buffer.concat([Buffer.from('name\n'), bytes, Buffer.from('\n')])).rows[0]?.cells).toEqual([text]);
    },
  );

  it('reads what Export-Csv of PowerShell 5 writes, with its #TYPE line', () => {
    const text = '\ufeff#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n"a";"b"\r\n"1";"2"\r\n';
    expect(read(text).rows).toEqual([{ name: 'people.csv line 3', cells: ['1', '2'] }]);
  });

  it('reads a last row without its line end only where the configuration says that it has none', async () => {
    expect((await faultsOf('a;b\n1;2')).code).toBe('SOURCE_FILE_INVALID');
    expect(read('a;b\n1;2', { lastLineEnd: 'optional' }).rows[0]?.cells).toEqual(['1', '2']);
    expect((await refusalOf(() => read('a;b\n1', { lastLineEnd: 'optional' }))).code).toBe('SOURCE_FILE_INVALID');
  });

  it('names every short and long row at once', async () => {
    const { code, problems } = await faultsOf('a;b\n1\n1;2\n1;2;3\n');
    expect(code).toBe('SOURCE_FILE_INVALID');
    expect(problems.map(({ where }) => where)).toEqual(['people.csv:2', 'people.csv:4']);
  });

  it.each([
    ['is cut inside a quoted value', 'a;b\n1;"2\n3;4\n', 'people.csv:3'],
    ['is cut inside a row', 'a;b\n1;2\n3', 'people.csv'],
    ['is cut inside the last value', 'a;b\n1;2\n3;4', 'people.csv'],
    ['has a quote in a value', 'a;b\n1;2"3\n', 'people.csv:2'],
    ['is empty', '', 'people.csv'],
    ['has only empty rows', ';\n;\n', 'people.csv'],
    ['has a NUL character', 'a;b\n1;\0\n', 'people.csv'],
  ])('refuses a file that %s', async (_case, text, where) => {
    const { code, problems } = await faultsOf(text);
    expect(code).toBe('SOURCE_FILE_INVALID');
    expect(problems.map((problem) => problem.where)).toEqual([where]);
  });

  it('says of a file that is not there that it is not there', async () => {
    const missing = path.join(import.meta.dirname, 'no-such.csv');
    const { problems } = await refusalOf(() => readCsvTable(missing, 'no-such.csv'));
    expect(problems).toEqual([{ where: 'no-such.csv', what: 'the file does not exist' }]);
  });

  it('reads back what was written, with any text in any cell and any delimiter', () => {
    const cell = fc.string({ unit: 'binary' }).filter((text) => !/[\0\ud800-\udfff]/.test(text));
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    const property = fc.property(rows, fc.constantFrom(';', ',', '\t'), fc.boolean(), (given, delimiter, isMarked) => {
      const lines = [['one', 'two', 'three'], ...given].map((cells) => cells.map(quote).join(delimiter));
      const text = `${isMarked ? '\ufeff' : ''}${lines.map((line) => `${line}\r\n`).join('')}`;
      const kept = given
        .map((cells) => cells.map((value) => value.replace(/\r\n?/g, '\n')))
        .filter((cells) => cells.some((value) => value.trim() !== ''));
      expect(read(text).rows.map(({ cells }) => cells)).toEqual(kept);
    });
    fc.assert(property, { seed: 20261126, numRuns: 100 });
  });
});

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
