import { expect, it } from 'vitest';
import { buildDriftReport } from '../../../../src/operations/audit/drift-report.ts';
import type { PlanEvent } from '../../../../src/operations/audit/plan-events.ts';
import { renderDrift } from '../../../../src/operations/audit/render-drift.ts';
import { findSuspensions } from '../../../../src/operations/audit/suspensions.ts';
import type { Unrecorded } from '../../../../src/operations/audit/unrecorded.ts';
import type { Drift, DriftSubject } from '../../../../src/model/plan/drift.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { buildChange, buildSuspension } from '../../../support/plan-builder.ts';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const KEY = '11111111-1111-5111-8111-111111111111';
const NONE: Drift = {
  ...{ changed: [], missing: [], suspendedOutside: [], reactivatedOutside: [], unmanaged: [], refusedAliases: [] },
  ...{ pending: 0, unverifiable: { ssoKeys: 0, externalIds: 0, malformed: 0, mobiles: 0 }, compared: 3 },
};
const FACTS = { organisation: 'city', branch: 'main', commit: 'c'.repeat(40), pendingPlan: null, open: [] };

function suspendedDaysAgo(days: number, more: Partial<PlanEvent> = {}): PlanEvent {
  return eventOf(buildSuspension('jan@company.org', { key: KEY }), days, more);
}

function eventOf(change: Change, days: number, more: Partial<PlanEvent> = {}): PlanEvent {
  const at = new Date(NOW.getTime() - days * 86_400_000).toISOString();
  const common = {
    sso: true,
    zivverId: 'z',
    detail: null,
    isUnconfirmed: false,
    approval: null,
    runUrl: null,
    record: null,
  };
  return { plan: '0007-aaaaaaaa', at, change, outcome: 'applied', ...common, ...more };
}

function reportOf(events: readonly PlanEvent[], drift: Partial<Drift> = {}, unrecorded: readonly Unrecorded[] = []) {
  const jan: DriftSubject = {
    ...{ kind: 'user', key: KEY, address: 'jan@company.org', fullName: 'Jan', isDesiredActive: false },
  };
  const suspensions = [...findSuspensions(events, NOW).values()].map((suspension) => ({ ...jan, ...suspension }));
  return buildDriftReport({ ...NONE, ...drift }, FACTS, { stillSuspended: suspensions, unrecorded });
}

it.each([
  [59, []],
  [60, ['2026-12-23']],
  [89, ['2026-11-24']],
])('a suspension %i days ago warns of its automatic deletion on %j', (days, dates) => {
  const report = reportOf([suspendedDaysAgo(days)]);
  expect(report.deletionsNear.map(({ deletedFrom }) => deletedFrom)).toEqual(dates);
  expect(report.differing).toBe(0);
  const text = renderDrift(report, { width: 80, color: false });
  expect(text.includes('Soon deleted automatically')).toBe(dates.length > 0);
  for (const date of dates) expect(text.replace(/\s+/g, ' ')).toContain(`jan@company.org · Jan: from ${date} on`);
});

it('neither a failed suspension nor one that was taken back warns', () => {
  const back = buildChange({ address: 'jan@company.org', key: KEY, action: 'reactivate', after: { active: true } });
  expect(reportOf([suspendedDaysAgo(70, { outcome: 'failed' })]).deletionsNear).toEqual([]);
  expect(reportOf([suspendedDaysAgo(70), eventOf(back, 10)]).deletionsNear).toEqual([]);
});

it('an account that is missing after 90 days of suspension was probably deleted by Zivver itself', () => {
  const missing: DriftSubject[] = [
    { kind: 'user', key: KEY, address: 'jan@company.org', fullName: 'Jan', isDesiredActive: false },
  ];
  expect(reportOf([suspendedDaysAgo(90)], { missing })).toMatchObject({
    deletionsNear: [],
    probablyDeleted: ['jan@company.org'],
    differing: 1,
  });
  expect(reportOf([suspendedDaysAgo(89)], { missing }).probablyDeleted).toEqual([]);
});

it('a file changed without a plan counts once, also if Zivver differs from it', () => {
  const file = { file: 'desired/city/users/jan@company.org.yaml', how: 'changed', key: KEY } as const;
  const suspendedOutside: DriftSubject[] = [
    { kind: 'user', key: KEY, address: 'jan@company.org', fullName: 'Jan', isDesiredActive: true },
  ];
  expect(reportOf([], {}, [file]).differing).toBe(1);
  expect(reportOf([], { suspendedOutside }, [file]).differing).toBe(1);
  expect(reportOf([], {}, [file, { ...file, how: 'removed', key: null }]).differing).toBe(2);
  expect(renderDrift(reportOf([], {}, [file]), { width: 80, color: false })).toContain('changed after the newest plan');
});
