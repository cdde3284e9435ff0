import { describe, expect, it } from 'vitest';
import { judge, limitOf, percentOf } from '../../../../src/model/plan/limit-verdict.ts';
import type { LimitFinding } from '../../../../src/model/schema/generated/plan.ts';
import type { LimitOverride } from '../../../../src/model/schema/generated/organisation.ts';

const NOW = new Date('2026-11-30T12:00:00.000Z');
const HOUR = 3_600_000;

const FINDING: Omit<LimitFinding, 'verdict'> = { rule: 'suspend', subject: null, observed: 6, limit: 5, of: 40 };
const OVERRIDE: LimitOverride = { rule: 'suspend', observed: 6, reason: 'a ward closed', expires: at(24 * HOUR) };

function at(ms: number): string {
  return new Date(NOW.getTime() + ms).toISOString();
}

function verdictOf(finding: Partial<LimitFinding>, ...overrides: LimitOverride[]): string {
  return judge({ ...FINDING, ...finding }, overrides, NOW).verdict;
}

describe('a finding', () => {
  it.each([
    [4, 'within'],
    [5, 'within'],
    [6, 'exceeded'],
  ])('of %i where 5 are allowed is %s', (observed, verdict) => {
    expect(verdictOf({ observed })).toBe(verdict);
  });

  it.each([
    [89, 'exceeded'],
    [90, 'within'],
    [91, 'within'],
  ])('of %i where at least 90 are wanted is %s', (observed, verdict) => {
    expect(verdictOf({ rule: 'sourceFloor', observed, limit: 90 })).toBe(verdict);
  });

  it('without a limit is within', () => {
    expect(verdictOf({ limit: null, observed: 1_000_000 })).toBe('within');
  });
});

describe('an override', () => {
  it('that names rule, number and nothing else lets exactly this finding pass', () => {
    expect(verdictOf({}, OVERRIDE)).toBe('overridden');
    expect(verdictOf({ subject: 'office' }, { ...OVERRIDE, subject: 'office' })).toBe('overridden');
  });

  it.each<[string, Partial<LimitOverride>]>([
    ['of another rule', { rule: 'unexplained' }],
    ['of one less', { observed: 5 }],
    ['of one more', { observed: 7 }],
    ['of another subject', { subject: 'office' }],
    ['that ends now', { expires: at(0) }],
    ['that has ended', { expires: at(-1) }],
    ['that lasts longer than 72 hours', { expires: at(72 * HOUR + 1) }],
    ['without a readable end', { expires: 'soon' }],
  ])('%s lets nothing pass', (_case, given) => {
    expect(verdictOf({}, { ...OVERRIDE, ...given })).toBe('exceeded');
  });

  it('that ends in a millisecond, or after 72 hours, is in force', () => {
    for (const ms of [1, 72 * HOUR]) expect(verdictOf({}, { ...OVERRIDE, expires: at(ms) })).toBe('overridden');
  });

  it('is found among others, and not needed within the limit', () => {
    expect(verdictOf({}, { ...OVERRIDE, rule: 'delete' }, OVERRIDE)).toBe('overridden');
    expect(verdictOf({ observed: 5 }, { ...OVERRIDE, observed: 5 })).toBe('within');
  });

  it.each<[string, number, Partial<LimitOverride>, string]>([
    ['with exactly its number', 6, { over: 'day' }, 'overridden'],
    ['with less', 6, { over: 'day', observed: 9 }, 'overridden'],
    ['with more', 10, { over: 'day', observed: 9 }, 'exceeded'],
    ['of another time', 6, { over: 'week' }, 'exceeded'],
    ['of one plan', 6, {}, 'exceeded'],
  ])('over a time lets as many pass as it says: %s', (_case, observed, given, verdict) => {
    expect(verdictOf({ observed, over: { span: 'day', earlier: 3 } }, { ...OVERRIDE, ...given })).toBe(verdict);
  });

  it('over a time says nothing of one plan', () => {
    expect(verdictOf({}, { ...OVERRIDE, over: 'day' })).toBe('exceeded');
  });

  it('for all subjects does not count for one of them', () => {
    expect(verdictOf({ subject: 'office' }, OVERRIDE)).toBe('exceeded');
  });
});

describe('a limit', () => {
  it.each([
    [{ floor: 5, share: 5, cap: 100 }, 0, 5],
    [{ floor: 5, share: 5, cap: 100 }, 100, 5],
    [{ floor: 5, share: 5, cap: 100 }, 119, 5],
    [{ floor: 5, share: 5, cap: 100 }, 120, 6],
    [{ floor: 5, share: 5, cap: 100 }, 2000, 100],
    [{ floor: 5, share: 5, cap: 100 }, 2020, 100],
    [{ floor: 0, share: 0, cap: 0 }, 1000, 0],
  ])('%j of %i is %i', (limit, population, most) => {
    expect(limitOf(limit, population)).toBe(most);
  });

  it('is a share without the rounding of floating point', () => {
    expect(percentOf(29, 100)).toBe(29);
    expect(percentOf(0.29, 10_000)).toBe(29);
    expect(percentOf(33.3, 1000)).toBe(333);
  });
});
