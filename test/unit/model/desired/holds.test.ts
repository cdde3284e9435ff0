import { expect, test } from 'vitest';
import { formatHolds, isHoldInForce, parseHolds, type Hold } from '../../../../src/model/desired/holds.ts';
import { accountKeyOf } from '../../../../src/model/account/key.ts';

const hold = (name: string, more: Partial<Hold> = {}): Hold => ({
  key: accountKeyOf(name),
  address: `${name}@office.example`,
  reason: 'wrong filter: "care" # not a comment',
  plan: '0002-1d72c669',
  expires: '2026-12-23',
  ...more,
});

test('what was written is read again, sorted by address', () => {
  const holds = [hold('els'), hold('anna')];
  const text = formatHolds(holds);
  expect(parseHolds(text, 'holds.yaml')).toEqual([hold('anna'), hold('els')]);
  expect(formatHolds([...holds].reverse())).toBe(text);
});

test('a file without entries is a file without holds', () => {
  expect(parseHolds(formatHolds([]), 'holds.yaml')).toEqual([]);
});

test.each([
  ['an unknown key', { more: 1 }],
  ['a plan that is none', { plan: 'latest' }],
  ['a day that is none', { expires: '2026-02-30' }],
])('%s is an error that names its line', (_what, more) => {
  const text = JSON.stringify({ holds: [{ ...hold('anna'), ...more }] });
  expect(() => parseHolds(text, 'holds.yaml')).toThrowError(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
});

test('two holds of one account are an error', () => {
  const text = formatHolds([hold('anna'), hold('anna', { address: 'other@office.example' })]);
  expect(() => parseHolds(text, 'holds.yaml')).toThrowError(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
});

test('a hold ends with the beginning of the day it names, in UTC', () => {
  expect(isHoldInForce(hold('anna'), new Date('2026-12-22T23:59:59.999Z'))).toBe(true);
  expect(isHoldInForce(hold('anna'), new Date('2026-12-23T00:00:00.000Z'))).toBe(false);
});
