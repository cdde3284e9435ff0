import { expect, it } from 'vitest';
import { findBackwardTimes, latestTimeOf } from '../../../../src/model/ledger/times.ts';

const [FIRST, SECOND, THIRD] = ['2026-11-23T10:00:00.000Z', '2026-11-23T10:01:00.000Z', '2026-11-23T10:02:00.000Z'];

it.each([
  [null, [], null],
  [FIRST, [], FIRST],
  [FIRST, [[SECOND, THIRD]], THIRD],
  [FIRST, [[THIRD], [SECOND]], SECOND],
  [FIRST, [[SECOND], []], FIRST],
])('of a ledger that began at %s with records %j the last is of %s', (genesis, plans, latest) => {
  const entries = plans.map((times) => ({ records: times.map((at) => ({ at })) }));
  const found = latestTimeOf({ genesis: genesis === null ? null : { at: genesis }, entries });
  expect(found?.toISOString() ?? null).toBe(latest);
});

it.each([
  [[0, 1, 2], 0],
  [[10, 5], 0],
  [[10, 4], 1],
  [[10, 4, 4], 2],
  [[10, 12, 6], 1],
  [[], 0],
])('times at minutes %j run backwards %i times', (minutes, faults) => {
  const lines = minutes.map((minute, index) => ({
    at: new Date(Date.UTC(2026, 10, 23, 10, minute)).toISOString(),
    where: `line ${index}`,
  }));
  const problems = findBackwardTimes(lines);
  expect(problems).toHaveLength(faults);
  for (const { where, what } of problems) expect([where, what]).toEqual([expect.any(String), expect.any(String)]);
  if (faults === 1) expect(problems[0]?.where).toBe(`line ${minutes.length - 1}`);
});
