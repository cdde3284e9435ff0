import { expect, test } from 'vitest';
import type { PlanRecord } from '../../../../src/operations/audit/plan-events.ts';
import { choosePrunable } from '../../../../src/operations/audit/prunable.ts';
import type { LedgerEntry } from '../../../../src/adapters/git/ledger.ts';
import { buildPlan, buildSource } from '../../../support/plan-builder.ts';

const record = (name: string, createdAt: string, verdict: string | null, source = [buildSource()]): PlanRecord => ({
  name,
  plan: buildPlan({ createdAt, source }),
  entry: verdict === null ? null : ({ end: { verdict } } as unknown as LedgerEntry),
});

test('only old plans that were applied completely go; the newest ones stay whatever their age', () => {
  const records = [
    record('0001-00000000', '2025-01-01T00:00:00.000Z', 'complete'),
    record('0002-00000000', '2025-01-02T00:00:00.000Z', 'incomplete'),
    record('0003-00000000', '2025-01-03T00:00:00.000Z', null),
    record('0004-00000000', '2025-01-04T00:00:00.000Z', 'complete'),
    record('0005-00000000', '2025-01-05T00:00:00.000Z', 'complete', []),
  ];
  const onBranch = new Set(records.map(({ name }) => name));
  const chosen = choosePrunable(records, onBranch, new Date('2026-01-01T00:00:00.000Z'));
  expect(chosen.removed).toEqual(['0001-00000000']);
  expect(chosen.kept.map(({ name }) => name)).toEqual([
    '0002-00000000',
    '0003-00000000',
    '0004-00000000',
    '0005-00000000',
  ]);
  expect(choosePrunable(records, onBranch, new Date('2025-01-01T00:00:00.000Z'))).toEqual({ removed: [], kept: [] });
  expect(choosePrunable(records, new Set(['0001-00000000']), new Date('2026-01-01T00:00:00.000Z')).removed).toEqual([]);
});
