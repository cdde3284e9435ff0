import { expect, test } from 'vitest';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { isWanted, parseHistoryFilter } from '../../../../src/operations/audit/history-filter.ts';
import type { PlanEvent } from '../../../../src/operations/audit/plan-events.ts';
import { buildChange, buildSuspension } from '../../../support/plan-builder.ts';

const event = (at: string): PlanEvent => ({
  plan: '0001-00000000',
  at,
  change: buildSuspension('a@office.example'),
  sso: true,
  outcome: 'applied',
  zivverId: 'z1',
  detail: null,
  isUnconfirmed: false,
  approval: null,
  runUrl: null,
  record: null,
});

test.each([
  ['2025-12-31T23:59:59.999Z', false],
  ['2026-01-01T00:00:00.000Z', true],
  ['2026-12-31T23:59:59.999Z', true],
  ['2027-01-01T00:00:00.000Z', false],
])('of a year, %s is asked for: %s', (at, wanted) => {
  expect(isWanted(event(at), parseHistoryFilter({ from: '2026-01-01', to: '2026-12-31' }))).toBe(wanted);
});

test('only the action and the reason that are named', () => {
  const { action, reason } = event('2026-01-01T00:00:00.000Z').change;
  expect(isWanted(event('2026-01-01T00:00:00.000Z'), parseHistoryFilter({ action, reason }))).toBe(true);
  expect(isWanted(event('2026-01-01T00:00:00.000Z'), parseHistoryFilter({ action: 'create' }))).toBe(false);
  expect(isWanted(event('2026-01-01T00:00:00.000Z'), parseHistoryFilter({ reason: 'renamed' }))).toBe(false);
});

test('only the class of effects that is named', () => {
  const deleted = {
    ...event('2026-01-01T00:00:00.000Z'),
    change: buildChange({ address: 'a@office.example', action: 'delete' }),
  };
  expect(isWanted(deleted, parseHistoryFilter({ class: 'deletion' }))).toBe(true);
  expect(isWanted(event('2026-01-01T00:00:00.000Z'), parseHistoryFilter({ class: 'deletion' }))).toBe(false);
});

test.each([{ from: 'yesterday' }, { to: '2026-02-30' }, { action: 'remove' }, { class: 'mail' }])(
  '%j is refused',
  (given) => {
    expect(() => parseHistoryFilter(given)).toThrow(ReconcileError);
  },
);
