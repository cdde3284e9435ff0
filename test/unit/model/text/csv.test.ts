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

test.each(['=1+1', '+31612345678', '-1', '@SUM(A1)', '\tx', '\rx'])('the cell %j cannot become a formula', (cell) => {
  expect(
    formatCsv([[cell]])
      .replace(/^"/, '')
      .startsWith(`'${cell[0]}`),
  ).toBe(true);
});

test('numbers stay numbers', () => {
  expect(formatCsv([[-1]])).toBe('-1\r\n');
});
