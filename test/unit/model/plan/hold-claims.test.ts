import { expect, it } from 'vitest';
import { findHeldChanges } from '../../../../src/model/plan/hold-claims.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { buildChange, buildSource, buildSuspension } from '../../../support/plan-builder.ts';

const createdAt = '2026-11-23T10:15:00.000Z';
const HOLD = { key: 'k', address: 'a@company.org', reason: 'on leave', expires: '2026-11-24' };
const suspension = buildSuspension('a@company.org', { key: 'k', zivverId: 'z' });
const renamed = buildChange({
  address: 'a@company.org',
  key: 'k',
  reason: 'rollback',
  before: { fullName: 'a' },
  after: { fullName: 'b' },
});
const rekeyed = buildSuspension('b@company.org', { key: 'other', zivverId: 'z' });

it.each<[string, Change, Partial<typeof HOLD>, number, number]>([
  ['of the account', suspension, {}, 1, 1],
  ['of the account under another key', rekeyed, {}, 1, 1],
  ['of another account', buildSuspension('c@company.org', { key: 'c', zivverId: 'c' }), {}, 1, 0],
  ['after the hold has ended', suspension, { expires: '2026-11-23' }, 1, 0],
  ['of its name', renamed, {}, 1, 1],
  ['of its name, by a rollback', renamed, {}, 0, 0],
  ['that takes its access, by a rollback', suspension, {}, 0, 1],
])('a change %s', (_case, change, hold, sources, faults) => {
  const plan = { changes: [change], source: sources === 0 ? [] : [buildSource()], createdAt };
  const ownerOf = (id: string): string | undefined => (id === 'z' ? 'k' : undefined);
  expect(findHeldChanges(plan, [{ ...HOLD, ...hold }], ownerOf)).toHaveLength(faults);
});

it('of an account whose owner nobody told is known by its key', () => {
  const plan = { changes: [suspension, rekeyed], source: [buildSource()], createdAt };
  expect(findHeldChanges(plan, [HOLD])).toEqual([`change ${suspension.id}: the account of a@company.org is on hold`]);
});
