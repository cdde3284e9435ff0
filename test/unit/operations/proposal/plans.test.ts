import { describe, expect, it } from 'vitest';
import { renderApplyReport } from '../../../../src/operations/proposal/apply-report.ts';
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
    const begin = { approval: { signatures: null, reviews: null, distinctPeople: false } };
    const entry = { begin, records: [finished], end: { verdict: 'incomplete' } } as unknown as LedgerEntry;
    const report = renderApplyReport('0012-0123abcd', entry, null);
    expect(report).toContain('applied in part');
    expect(report).toContain('1 failed');
    expect(report).toContain('Approval: **one pair of eyes: nothing proves that a second person looked**.');
    expect(report).not.toMatch(/<b>|@everybody/);
  });
});
