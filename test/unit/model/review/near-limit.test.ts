import { expect, test } from 'vitest';
import { isNearLimit } from '../../../../src/model/review/near-limit.ts';
import { buildLimit } from '../../../support/plan-builder.ts';

test.each([
  [10, 5, false],
  [10, 6, true],
  [10, 10, true],
  [0, 0, false],
  [null, 5, false],
])('of a limit of %s, %i used is near: %s', (limit, observed, near) => {
  expect(isNearLimit(buildLimit({ rule: 'suspend', limit, observed, of: 100 }))).toBe(near);
});

test.each([
  [100, false],
  [95, false],
  [94, true],
  [90, true],
  [120, false],
])('of a floor of 90 of 100 entries, %i read is near: %s', (observed, near) => {
  expect(isNearLimit(buildLimit({ rule: 'sourceFloor', limit: 90, observed, of: 100 }))).toBe(near);
});

test('what is broken or lifted is told anyway', () => {
  expect(isNearLimit(buildLimit({ rule: 'suspend', limit: 1, observed: 2, verdict: 'exceeded' }))).toBe(false);
});
