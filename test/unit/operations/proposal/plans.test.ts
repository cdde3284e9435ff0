import { describe, expect, it } from 'vitest';
import { renderApplyReport } from '../../../../src/operations/proposal/apply-report.ts';
import { findBroughtPlans, type ChangedFile } from '../../../../src/operations/proposal/brought-plans.ts';
import { labelsOf } from '../../../../src/operations/proposal/pull-request-text.ts';
import { renderTitle } from '../../../../src/model/review/title.ts';
import { isRunningOut, isSamePlan } from '../../../../src/operations/proposal/same-plan.ts';
import type { LedgerEntry } from '../../../../src/adapters/git/ledger.ts';
import { buildPlan, buildSource, buildSuspension } from '../../../support/plan-builder.ts';
import { buildMixed } from '../../../support/review-fixture-mixed.ts';

const changes = [buildSuspension('a@a.example')];
const plan = buildPlan({ changes });

describe('two plans', () => {
  it.each([
    ['the time they were made', { createdAt: '2026-11-24T10:15:00.000Z', expiresAt: '2026-11-27T10:15:00.000Z' }],
    ['the bytes of their sealed part', { sealed: 'YWdl' }],
    ['the server that answered', { source: [buildSource({ server: 'dc2.hospital.example', pages: 3 })] }],
  ])('are the same whatever %s', (_what, body) => {
    expect(isSamePlan(plan, buildPlan({ changes, ...body }))).toBe(true);
  });

  it.each([
    ['a change', { changes: [] }],
    ['the configuration', { configuration: `sha256:${'0'.repeat(64)}` }],
    ['what was applied before', { parent: `sha256:${'0'.repeat(64)}` }],
    ['what was read', { source: [buildSource({ entries: 1301 })] }],
    ['the desired files', { desired: { ...plan.body.desired, digest: `sha256:${'0'.repeat(64)}` } }],
  ])('differ if %s does', (_what, body) => {
    expect(isSamePlan(plan, buildPlan({ changes, ...body }))).toBe(false);
  });

  it('run out in the last quarter of their time', () => {
    expect(isRunningOut(plan, new Date('2026-11-25T16:15:00.000Z'))).toBe(false);
    expect(isRunningOut(plan, new Date('2026-11-25T16:15:00.001Z'))).toBe(true);
  });
});

describe('a pull request', () => {
  const brought: ChangedFile[] = [
    { status: 'A', path: 'plans/city/0012-0123abcd/plan.json' },
    { status: 'A', path: 'plans/city/0012-0123abcd/plan.md' },
    { status: 'M', path: 'desired/city/users/a@a.example.yaml' },
    { status: 'D', path: 'desired/city/functional/b@a.example.yaml' },
  ];

  it('brings the plan it adds', () => {
    expect(findBroughtPlans(brought)).toEqual([{ organisation: 'city', name: '0012-0123abcd' }]);
  });

  it('may bring no plan, and then anything else', () => {
    expect(findBroughtPlans([{ status: 'M', path: 'desired/city/organisation.yaml' }])).toEqual([]);
    expect(findBroughtPlans([{ status: 'D', path: 'plans/city/0001-0123abcd/plan.json' }])).toEqual([]);
  });

  it.each([
    ['M', 'desired/city/organisation.yaml'],
    ['M', '.github/workflows/apply.yml'],
    ['M', 'package-lock.json'],
    ['A', 'plans/city/0012-0123abcd/other.md'],
    ['M', 'desired/town/users/a@a.example.yaml'],
    ['A', 'desired/city/users/deeper/a@a.example.yaml'],
    ['D', 'plans/city/0011-0123abcd/plan.json'],
    ['A', 'plans/city/0013-0123abcd/plan.json'],
  ])('with a plan may not also bring %s %s', (status, path) => {
    expect(() => findBroughtPlans([...brought, { status, path }])).toThrow(
      expect.objectContaining({ code: 'PLAN_REVIEW_DISAGREES' }),
    );
  });

  it('may never change a plan that is there', () => {
    expect(() => findBroughtPlans([{ status: 'M', path: 'plans/city/0001-0123abcd/plan.md' }])).toThrow(
      expect.objectContaining({ code: 'PLAN_REVIEW_DISAGREES' }),
    );
  });

  it('is named and labelled after what it does', () => {
    expect(renderTitle(buildMixed())).toBe(
      'Plan 12 for city-hospital: 1 deletion, 5 suspensions, 1 reactivation, 12 updates, 4 new accounts',
    );
    expect(labelsOf(buildMixed()).slice(0, 2)).toEqual(['zivver: deletes', 'zivver: unexplained absence']);
    expect(renderTitle(buildPlan())).toBe('Plan 12 for city-hospital: no change in Zivver');
  });
});

describe('the report of an apply', () => {
  it('says that nothing was written when the ledger knows nothing', () => {
    expect(renderApplyReport('0012-0123abcd', null, 'https://ci.example/1')).toContain(
      'refused before the first write',
    );
  });

  it('names what failed, with texts that cannot change its shape', () => {
    const finished = {
      type: 'finished',
      change: '1',
      address: 'a@a.example',
      status: 'failed',
      detail: '<b>no</b> @everybody',
      cure: 'Try again.',
    };
    const entry = { records: [finished], end: { verdict: 'incomplete' } } as unknown as LedgerEntry;
    const report = renderApplyReport('0012-0123abcd', entry, null);
    expect(report).toContain('applied in part');
    expect(report).toContain('1 failed');
    expect(report).not.toMatch(/<b>|@everybody/);
  });
});
