import { expect, test } from 'vitest';
import { formatCsv } from '../../../../src/model/text/csv.ts';

test('cells with commas, quotes or line ends are quoted, and lines end in CRLF', () => {
  expect(
    formatCsv([
      ['a', 1],
      ['b,c', 'say "hi"'],
      ['two\nlines', ''],
    ]),
  ).toBe('a,1\r\n"b,c","say ""hi"""\r\n"two\nlines",\r\n');
});

test.each([
  [';', 'a,b;"c;d"'],
  ['\t', 'a,b\tc;d'],
  [',', '"a,b",c;d'],
] as const)('between cells stands %j, and a cell that has it is quoted', (separator, line) => {
  expect(formatCsv([['a,b', 'c;d']], separator)).toBe(`${line}\r\n`);
});

test.each([
  ['plain', 'plain'],
  ['', ''],
  ['=1+1', "'=1+1"],
  ['+31 6', "'+31 6"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', '"\'\rx"'],
  ['=HYPERLINK("http://evil",1)', '"\'=HYPERLINK(""http://evil"",1)"'],
  ['a=b', 'a=b'],
])('the cell %j is written %j: none can become a formula', (text, cell) => {
  expect(formatCsv([[text]])).toBe(`${cell}\r\n`);
});

test('numbers stay numbers', () => {
  expect(formatCsv([[-1]])).toBe('-1\r\n');
});
