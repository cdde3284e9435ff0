import { expect, it } from 'vitest';
import { builtInStyle, showNumber, showText } from '../../../../src/adapters/tables/number-style.ts';

it.each([
  ['000000', 123, '000123'],
  ['"P"0000', 124, 'P0124'],
  ['00-0000', 125, '00-0125'],
  ['00\\-00', 1234, '12-34'],
  ['0000;-0000', 132, '0132'],
  ['000000;;;@', 134, '000134'],
  ['[<1000]"K"0000;0', 12, 'K0012'],
  ['[<1000]"K"0000;0', 1200, '1200'],
  ['[Red]0000', 5, '0005'],
  ['_-0_-', 7, '7'],
  ['????0', 5, '5'],
  ['0" st"', 3, '3 st'],
  ['"+31" 0', 612345678, '+31 612345678'],
  ['General', 12, '12'],
  ['@', 12, '12'],
])('shows by %s the number %d as %s', (style, number, shown) => {
  expect(showNumber(number, style)).toEqual({ number: shown });
});

it.each([
  ['d-m-yyyy', 45_000],
  ['[$-F800]dddd, mmmm dd, yyyy', 45_000],
  ['[h]:mm', 1.5],
  ['mm:ss', 0.5],
  ['0,', 123_456],
  ['0.0,,"M"', 12_000_000],
  ['0%', 5],
  ['0.0E+0', 123],
  ['# ?/?', 1.5],
  ['0*x', 5],
  [';;;', 5],
  ['[<0', 5],
])('knows no value of a number that is shown by %s', (style, number) => {
  expect(showNumber(number, style)).toHaveProperty('fault');
});

it.each([
  ['#,##0', 128_000],
  ['0.00', 12],
  ['0000', 12.5],
  [null, 12.5],
])('lets nobody be known by a number that %s shows otherwise from country to country', (style, number) => {
  expect(showNumber(number, style)).toHaveProperty('unsure');
});

it.each([
  ['"ID-"@', 'A1', 'ID-A1'],
  ['@', 'A1', 'A1'],
  ['000000', 'A1', 'A1'],
  ['0;0;0;"P"@', '7', 'P7'],
])('shows by %s the text %s as %s', (style, text, shown) => {
  expect(showText(text, style)).toBe(shown);
});

it.each([14, 22, 30, 45, 57])('takes the built-in style %d for a date', (id) => {
  expect(showNumber(45_000, builtInStyle(id))).toHaveProperty('fault');
});

it.each([0, 1, 49])('shows by the built-in style %d the number itself', (id) => {
  expect(showNumber(45_000, builtInStyle(id))).toEqual({ number: '45000' });
});
