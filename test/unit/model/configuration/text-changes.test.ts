import { expect, it } from 'vitest';
import { changeText, isOneChange } from '../../../../src/model/configuration/text-changes.ts';

it.each([
  ['Jansen, Jan', ['swapComma'], 'Jan Jansen'],
  ['Jansen, Jan (extern)', [{ stripSuffix: ' (extern)' }, 'swapComma'], 'Jan Jansen'],
  ['Jan Jansen', ['swapComma'], 'Jan Jansen'],
  ['Jansen, Jan, Dr.', ['swapComma'], 'Jansen, Jan, Dr.'],
  [', Jan', ['swapComma'], ', Jan'],
  ['jan@company.org', [{ before: '@' }, 'upper'], 'JAN'],
  ['COMPANY\\Jan', [{ after: '\\' }, 'lower'], 'jan'],
  ['E-0012', [{ replace: '-', with: '' }], 'E0012'],
  ['a$b', [{ replace: '$', with: '$&' }], 'a$&b'],
  ['  Jan \t Jansen ', ['trim'], 'Jan Jansen'],
  ['Jan', [{ before: '@' }, { after: '#' }, { stripSuffix: 'x' }], 'Jan'],
] as const)('makes of %s by %j %s', (text, changes, result) => {
  expect(changeText(text, changes)).toBe(result);
});

it('knows a step that says two things at once', () => {
  expect(isOneChange({ before: '@', after: '#' })).toBe(false);
  expect(isOneChange({ replace: 'a' })).toBe(false);
  expect(isOneChange({ with: 'a' })).toBe(false);
  expect(isOneChange({ replace: 'a', with: '' })).toBe(true);
});
