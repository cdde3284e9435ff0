import { expect, test } from 'vitest';
import { assessStatus, isNotApplied, type StatusInput } from '../../../../src/operations/audit/status.ts';
import { renderStatus } from '../../../../src/operations/audit/render-status.ts';
import type { LedgerEntry } from '../../../../src/adapters/git/ledger.ts';
import type { EndRecord } from '../../../../src/model/schema/generated/ledger.ts';
import { planName } from '../../../../src/model/plan/plan-name.ts';
import { configure } from '../../../support/account-builder.ts';
import { buildPlan } from '../../../support/plan-builder.ts';

const plan = buildPlan();
const merged = '2026-11-23T12:00:00.000Z';
const hours = (count: number): Date => new Date(Date.parse(merged) + count * 3_600_000);

function entryOf(verdict: EndRecord['verdict'] | null): LedgerEntry {
  const holder = {
    host: 'runner',
    processId: 7,
    bootId: null,
    pidNamespace: null,
    processStart: null,
    runUrl: 'https://ci.example/7',
  };
  const approval = { signatures: null, reviews: null, distinctPeople: false };
  const { existing } = plan.body;
  const begin = {
    type: 'begin',
    at: merged,
    plan: plan.digest,
    existing,
    takes: [],
    holder,
    approval,
  } as unknown as LedgerEntry['begin'];
  const end =
    verdict === null ? null : ({ type: 'end', at: merged, verdict, totals: { applied: 2 } } as unknown as EndRecord);
  return { name: planName(plan), begin, end, head: 'h', text: '', records: end === null ? [begin] : [begin, end] };
}

function assess(verdict: EndRecord['verdict'] | null | 'absent', more: Partial<StatusInput> = {}) {
  const entries = verdict === 'absent' ? [] : [entryOf(verdict)];
  return assessStatus({
    organisation: 'city-hospital',
    newest: { name: planName(plan), plan, mergedAt: merged },
    ledger: { entries, head: verdict === 'absent' ? plan.body.parent : 'h' },
    proposed: null,
    configuration: plan.body.configuration,
    openAccounts: [],
    people: { undelivered: [], owners: null, overdueCertifications: [] },
    limits: configure(),
    now: hours(1),
    ...more,
  });
}

test.each([
  ['absent', 'waiting', 'apply'],
  [null, 'open', '--resume'],
  ['incomplete', 'incomplete', 'apply'],
  ['interrupted', 'interrupted', 'apply'],
  ['refused', 'refused', 'plan'],
] as const)('a merged plan with the ledger saying %s is %s, and the next step says %s', (verdict, standing, next) => {
  const status = assess(verdict);
  expect(status.newest?.standing).toBe(standing);
  expect(isNotApplied(status)).toBe(true);
  expect(status.next).toContain(next);
});

test('a plan that was applied completely needs nothing', () => {
  const status = assess('complete', { now: hours(1000) });
  expect(status).toMatchObject({
    next: null,
    newest: { standing: 'applied', isOverdue: false },
    lastApplied: { totals: { applied: 2 } },
  });
  expect(isNotApplied(status)).toBe(false);
});

test('a merged plan is overdue after 24 hours, or once it expired', () => {
  expect(assess('absent', { now: hours(23.99) }).newest?.isOverdue).toBe(false);
  expect(assess('absent', { now: hours(24) }).newest).toMatchObject({ isOverdue: true, standing: 'waiting' });
  expect(assess('absent', { now: new Date(plan.body.expiresAt) }).newest).toMatchObject({
    isOverdue: true,
    standing: 'expired',
  });
});

test('a plan that another one has overtaken is never applied', () => {
  expect(assess('absent', { ledger: { entries: [], head: 'other' } }).newest?.standing).toBe('superseded');
});

test('an open plan tells who holds the lock and since when', () => {
  expect(assess(null).newest?.holder).toEqual({
    host: 'runner',
    processId: 7,
    runUrl: 'https://ci.example/7',
    since: merged,
  });
});

test('an organisation without a plan begins with one', () => {
  expect(assess('absent', { newest: null })).toMatchObject({
    newest: null,
    next: expect.stringContaining('plan --bootstrap'),
  });
});

test('a plan that organisation.yaml was changed under is never sent to apply: the next step is plan', () => {
  const status = assess('absent', { configuration: 'sha256:another' });
  expect(status).toMatchObject({ newest: { standing: 'reconfigured' }, next: expect.stringMatching(/ plan /) });
  expect(isNotApplied(status)).toBe(true);
  expect(assess('complete', { configuration: 'sha256:another' }).newest?.standing).toBe('applied');
});

test('a plan merged over an apply that has not ended is void: first that one is closed', () => {
  const other = { ...entryOf(null), name: '0011-aaaaaaaa' };
  const entries = [{ ...other, begin: { ...other.begin, plan: 'sha256:other' } }];
  const status = assess('absent', { ledger: { entries, head: 'h' } });
  expect(status.newest).toMatchObject({ standing: 'blocked', openPlan: '0011-aaaaaaaa', holder: { host: 'runner' } });
  expect(status.next).toBe('zivver-gitops apply 0011-aaaaaaaa --abandon --organisation city-hospital');
  expect(assess('abandoned')).toMatchObject({
    newest: { standing: 'abandoned' },
    next: expect.stringMatching(/ plan /),
  });
});

test.each([
  ['absent', 'reconfigured', 'plan'],
  ['incomplete', 'reconfigured', 'plan'],
  ['complete', 'applied', null],
  [null, 'open', '--resume'],
] as const)('with another organisation.yaml on the branch a plan whose end is %s is %s', (verdict, standing, next) => {
  const status = assess(verdict, { configuration: `sha256:${'0'.repeat(64)}` });
  expect(status.newest?.standing).toBe(standing);
  if (next === null) expect(status.next).toBeNull();
  else expect(status.next).toContain(next);
});

test('an approval that proves no second person is marked, of what was applied and of what waits', () => {
  const page = { width: 100, color: false };
  const marked = 'one pair of eyes: nothing proves that a second person looked';
  expect(renderStatus(assess('complete'), page)).toContain(marked);
  expect(renderStatus(assess('complete'), page)).toMatch(/last applied.*with one pair of eyes/);
  expect(assess('complete')).toMatchObject({ newest: { approval: 'single' }, lastApplied: { approval: 'single' } });
  const asks = (approval: Partial<typeof plan.body.approval>) => {
    const asking = buildPlan({
      approval: { ...plan.body.approval, reviews: null, signatures: null, distinctPeople: false, ...approval },
    });
    const newest = { name: planName(asking), plan: asking, mergedAt: merged };
    return assess('absent', { newest, configuration: asking.body.configuration }).newest?.approval;
  };
  expect(asks({})).toBe('single');
  expect(asks({ distinctPeople: true })).toBe('merger');
  expect(asks({ distinctPeople: true, reviews: { forge: 'github', minimum: 1 } })).toBe('reviews');
  expect(asks({ reviews: { forge: 'github', minimum: 1 }, signatures: { minimum: 1, rules: [] } })).toBe('signatures');
});

test('what the applied plans used of the limits over time is told until it is over', () => {
  const entry = entryOf('complete');
  const change = { change: '0123456789', zivverId: 'z', counts: { suspend: 60 } };
  const begin = { ...entry.begin, takes: [change] };
  const finished = { type: 'finished', at: merged, change: change.change, status: 'applied' };
  const records = [begin, finished, entry.end] as unknown as LedgerEntry['records'];
  const told = (later: number) =>
    assess('absent', {
      ledger: { entries: [{ ...entry, begin, records }], head: 'h' },
      now: hours(later),
    }).overTime.map(({ rule, over, observed, limit }) => [rule, over?.span, observed, limit]);
  expect(told(1)).toEqual([
    ['suspend', 'day', 60, 120],
    ['suspend', 'week', 60, 240],
  ]);
  expect(told(24)).toEqual([['suspend', 'week', 60, 240]]);
  expect(told(7 * 24)).toEqual([]);
});
