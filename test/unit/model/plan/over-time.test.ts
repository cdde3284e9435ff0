import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../../../src/model/configuration/configuration.ts';
import type { Taken } from '../../../../src/model/ledger/taken.ts';
import { describeFinding, refuseExceeded } from '../../../../src/model/plan/guard-refusal.ts';
import { evaluateGuards } from '../../../../src/model/plan/guards.ts';
import { judgeOverTime } from '../../../../src/model/plan/over-time.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import type { LimitOverride } from '../../../../src/model/schema/generated/organisation.ts';
import type { LimitFinding } from '../../../../src/model/schema/generated/plan.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { configure } from '../../../support/account-builder.ts';
import { times } from '../../../support/guarded.ts';
import { buildChange, buildDeletion, buildSuspension, buildUnexplained } from '../../../support/plan-builder.ts';

const NOW = new Date('2026-11-30T12:00:00.000Z');
const HOUR = 3_600_000;

function judge(changes: readonly Change[], taken: readonly Taken[], configuration: Configuration = configure()) {
  const existing = { users: 42, activeUsers: 42, functional: 2, managed: 42, activeManaged: 42 };
  const plan = { changes: [...changes], source: [], existing, bootstrap: false, open: [], desired: { adopted: 0 } };
  const findings = evaluateGuards(plan, { configuration, now: NOW, index: null });
  return judgeOverTime({ configuration, now: NOW, taken, changes, findings });
}

function told(findings: readonly LimitFinding[]): string[] {
  return findings.map((finding) => `${describeFinding(finding)}: ${finding.verdict}`);
}

const suspensions = (count: number): Change[] => times(count, (address) => buildSuspension(address));
const ago = (hours: number, counts: Taken['counts'], zivverId = 'z'): Taken => ({
  at: NOW.getTime() - hours * HOUR,
  zivverId,
  counts,
});
const suspended = (count: number, hours: number): Taken[] => times(count, (id) => ago(hours, { suspend: 1 }, id));

describe('suspensions', () => {
  it.each([
    [5, 5, 'within', 'within'],
    [6, 5, 'exceeded', 'within'],
    [8, 4, 'exceeded', 'within'],
    [16, 5, 'exceeded', 'exceeded'],
  ])('%i within an hour and %i more: in 24 hours %s, in 7 days %s', (before, more, day, week) => {
    const findings = judge(suspensions(more), suspended(before, 1));
    expect(findings.map(({ rule, verdict, over }) => [rule, over?.span, verdict])).toEqual([
      ['suspend', 'day', day],
      ['suspend', 'week', week],
    ]);
  });

  it.each([
    [23.999, { day: 6, week: 6 }],
    [24, { week: 6 }],
    [7 * 24 - 0.001, { week: 6 }],
    [7 * 24, {}],
  ])('%d hours ago count as %j', (hours, earlier) => {
    const findings = judge(suspensions(1), suspended(6, hours));
    expect(Object.fromEntries(findings.map(({ over }) => [over?.span, over?.earlier]))).toEqual(earlier);
  });

  it('are told with what earlier plans did', () => {
    expect(told(judge(suspensions(4), suspended(8, 1)))).toEqual([
      'suspend in 24 hours: 12 of 42 (8 by earlier plans), at most 10 allowed: exceeded',
      'suspend in 7 days: 12 of 42 (8 by earlier plans), at most 20 allowed: within',
    ]);
  });

  it('of earlier plans stop no plan that takes nothing away', () => {
    const rename = buildChange({ address: 'a@company.org', before: { fullName: 'A' }, after: { fullName: 'B' } });
    expect(judge([rename], suspended(40, 1)).map(({ verdict }) => verdict)).toEqual(['within', 'within']);
    expect(judge(suspensions(5), [])).toEqual([]);
  });
});

it('unexplained absences are limited over time like suspensions', () => {
  const changes = times(2, (address) => buildUnexplained(address));
  const exceeded = judge(changes, [ago(1, { unexplained: 3 })]).filter(({ verdict }) => verdict === 'exceeded');
  expect(told(exceeded)).toEqual([
    'unexplained in 24 hours: 5 of 42 (3 by earlier plans), at most 4 allowed: exceeded',
  ]);
});

it('members removed are counted by the account that loses them, whatever its address is by now', () => {
  const members = times(6, String);
  const change = buildChange({
    address: 'info@company.org',
    kind: 'functional',
    zivverId: 'info',
    before: { members },
    after: { members: members.slice(3) },
  });
  const taken = [ago(2, { membersRemoved: 4 }, 'info'), ago(2, { membersRemoved: 50 }, 'another')];
  expect(
    told(judge([buildDeletion('first@company.org'), change], taken).filter(({ rule }) => rule !== 'delete')),
  ).toEqual([
    'membersRemoved (info@company.org) in 24 hours: 7 of 6 (4 by earlier plans), at most 6 allowed: exceeded',
    'membersRemoved (info@company.org) in 7 days: 7 of 6 (4 by earlier plans), at most 12 allowed: within',
  ]);
});

describe('an override', () => {
  const expires = new Date(NOW.getTime() + HOUR).toISOString();
  const lift = (override: Partial<LimitOverride>): Configuration => ({
    ...configure(),
    overrides: [{ rule: 'suspend', observed: 12, reason: 'a ward is closed', expires, ...override }],
  });
  const dayOf = (configuration: Configuration) => judge(suspensions(4), suspended(8, 1), configuration)[0]?.verdict;

  it.each<[string, Partial<LimitOverride>, string]>([
    ['for a day lets that many pass', { over: 'day', observed: 12 }, 'overridden'],
    ['for a day lets fewer pass', { over: 'day', observed: 100 }, 'overridden'],
    ['for a day lets no more pass', { over: 'day', observed: 11 }, 'exceeded'],
    ['for a week is none for a day', { over: 'week' }, 'exceeded'],
    ['for one plan is none over time', {}, 'exceeded'],
    ['of another rule is none', { over: 'day', rule: 'delete' }, 'exceeded'],
  ])('%s', (_case, override, verdict) => {
    expect(dayOf(lift(override))).toBe(verdict);
  });

  it('of one plan carries its number into the limits over time, so that one is enough', () => {
    const deletion = [buildDeletion('a@company.org')];
    const lifted = lift({ rule: 'delete', observed: 1 });
    expect(told(judge(deletion, [ago(1, { delete: 1 })], lifted))).toEqual([
      'delete in 24 hours: 2 of 42 (1 by earlier plans), at most 2 allowed: within',
      'delete in 7 days: 2 of 42 (1 by earlier plans), at most 4 allowed: within',
    ]);
    const [day] = judge(deletion, [ago(1, { delete: 1 }), ago(2, { delete: 1 })], lifted);
    expect(day?.verdict).toBe('exceeded');
  });

  it('for a span does not lift the limit of one plan', () => {
    const configuration = lift({ over: 'day', observed: 6 });
    const plan = { changes: suspensions(6), source: [], bootstrap: false, open: [], desired: { adopted: 0 } };
    const existing = { users: 42, activeUsers: 42, functional: 2, managed: 42, activeManaged: 42 };
    const [suspend] = evaluateGuards({ ...plan, existing }, { configuration, now: NOW, index: null });
    expect(suspend?.verdict).toBe('exceeded');
  });

  it('is named by the refusal as it must be written', () => {
    const refuse = () => refuseExceeded(judge(suspensions(4), suspended(8, 1)), 'nothing was applied');
    expect(refuse).toThrow(ReconcileError);
    try {
      refuse();
    } catch (error) {
      expect((error as ReconcileError).code).toBe('PLAN_LIMIT');
      expect((error as ReconcileError).remedy).toContain('{ rule: suspend, over: day, observed: 12,');
    }
  });
});

it('the factors are what organisation.yaml says', () => {
  const { limits, ...rest } = configure();
  const configuration = { ...rest, limits: { ...limits, suspend: { ...limits.suspend, perDay: 1, perWeek: 1.5 } } };
  expect(judge(suspensions(1), suspended(1, 1), configuration).map(({ limit }) => limit)).toEqual([5, 7]);
});
