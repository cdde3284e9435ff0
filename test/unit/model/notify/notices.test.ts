import { expect, it } from 'vitest';
import { buildAppliedNotices } from '../../../../src/model/notify/apply-notices.ts';
import {
  formatFindings,
  parseFindings,
  type RunFinding,
  type ToldFinding,
} from '../../../../src/model/notify/finding.ts';
import { buildPlanNotices } from '../../../../src/model/notify/plan-notices.ts';
import { buildOpenNotices, buildRunNotices } from '../../../../src/model/notify/state-notices.ts';
import { listUndelivered } from '../../../../src/model/notify/undelivered.ts';
import type { EndRecord, FinishedRecord } from '../../../../src/model/schema/generated/ledger.ts';
import { buildPlan, buildSuspension } from '../../../support/plan-builder.ts';

const links = { proposals: 'https://forge.example/pulls', run: 'https://forge.example/run/7' };
const plan = buildPlan({ changes: [buildSuspension('a.jansen@hospital.example', { fullName: 'Anna Jansen' })] });

it('a plan waits from the beginning, and expires in its last 24 hours, not before and not after', () => {
  const eventsAt = (now: string) => buildPlanNotices(plan, { now: new Date(now), links }).map(({ event }) => event);
  expect(eventsAt('2026-11-23T10:16:00Z')).toEqual(['waiting']);
  expect(eventsAt('2026-11-25T10:14:59Z')).toEqual(['waiting']);
  expect(eventsAt('2026-11-25T10:15:00Z')).toEqual(['waiting', 'expiring']);
  expect(eventsAt('2026-11-26T10:15:00Z')).toEqual([]);
});

it('of a plan only the names name people', () => {
  const [waiting] = buildPlanNotices(plan, { now: new Date('2026-11-23T11:00:00Z'), links });
  expect(waiting?.title).toBe('Plan 12 for city-hospital: 1 suspension: waits for a review');
  expect([waiting?.title, ...(waiting?.lines ?? [])].join()).not.toMatch(/jansen/i);
  expect(waiting?.names).toEqual([expect.stringMatching(/Anna Jansen.*a\.jansen@hospital\.example.*disabled/)]);
  expect(waiting?.links).toEqual([{ label: 'Pull requests', url: links.proposals }]);
});

function finish(change: string, more: Partial<FinishedRecord>): FinishedRecord {
  const record = { type: 'finished', at: '2026-11-24T08:00:00.000Z', change, address: `${change}@hospital.example` };
  return { ...record, status: 'applied', detail: null, ...more } as FinishedRecord;
}

it('what failed stands first, and what ended a week ago is no news', () => {
  const end = { type: 'end', at: '2026-11-24T08:00:01.000Z', verdict: 'incomplete', totals: {}, unconfirmed: ['b'] };
  const records = [
    finish('a', {}),
    finish('b', { status: 'failed', detail: 'first' }),
    finish('b', { status: 'failed', detail: 'refused' }),
  ];
  const applied = { name: '0012-abc', records, end: end as unknown as EndRecord, head: 'sha256:1' };
  const [notice] = buildAppliedNotices('city-hospital', applied, new Date('2026-11-24T09:00:00Z'));
  expect(notice?.title).toBe('Plan 0012-abc for city-hospital: applied in part');
  expect(notice?.lines).toEqual([
    '1 change is NOT done: 1 failed.',
    '1 change not seen in Zivver afterwards.',
    '1 change done. Ended 2026-11-24 08:00 UTC.',
  ]);
  expect(notice?.names).toEqual(['failed: b@hospital.example: refused']);
  expect(buildAppliedNotices('city-hospital', applied, new Date('2026-12-02T09:00:00Z'))).toEqual([]);
  expect(buildAppliedNotices('city-hospital', { ...applied, end: null }, new Date('2026-11-24T09:00:00Z'))).toEqual([]);
});

it('open accounts are another thing when they are others', () => {
  const line = {
    address: 'a@b.example',
    kind: 'user' as const,
    key: 'k',
    reason: 'claimed',
    keepsAccess: true,
    since: '2026-11-01',
  };
  const aboutOf = (lines: readonly (typeof line)[]) => buildOpenNotices('org', lines, links)[0]?.about;
  expect(aboutOf([line])).toBe(aboutOf([{ ...line, since: '2026-11-02' }]));
  expect(aboutOf([line])).not.toBe(aboutOf([line, { ...line, key: 'l' }]));
  expect(buildOpenNotices('org', [line], links)[0]?.title).toBe(
    'org: 1 account or entry is open, 1 with access although the source does not say so',
  );
  expect(buildOpenNotices('org', [], links)).toEqual([]);
});

const run = (during: RunFinding['during'], code: number): RunFinding => ({
  type: 'run',
  at: '2026-11-24T06:00:00.000Z',
  during,
  code,
  plan: during === 'apply' ? '0012-abc' : null,
  runUrl: null,
});

it.each([
  [
    'plan',
    32,
    '2026-11-25T05:00:00Z',
    '2026-11-25T07:00:00Z',
    'refused',
    'org: no plan could be made (exit 32, PLAN_LIMIT)',
  ],
  [
    'apply',
    30,
    '2026-11-25T05:00:00Z',
    '2026-11-25T07:00:00Z',
    'refused',
    'org: plan 0012-abc was refused before the first write (exit 30, APPROVAL_MISSING)',
  ],
  ['daily', 50, '2026-12-01T05:00:00Z', '2026-12-01T07:00:00Z', 'drift', 'org: Zivver is not as approved'],
] as const)('%s that ends %i is told, and again while it lasts', (during, code, same, later, event, title) => {
  const tell = (now: string) => buildRunNotices('org', { runs: [run(during, code)], text: [], now: new Date(now) })[0];
  expect(tell('2026-11-24T06:00:00Z')).toMatchObject({ event, title });
  expect(tell(same)?.about).toBe(tell('2026-11-24T06:00:00Z')?.about);
  expect(tell(later)?.about).not.toBe(tell(same)?.about);
});

it('nothing is told of a job that is well again, and of a daily check that ended otherwise than with drift', () => {
  const now = new Date('2026-11-24T07:00:00Z');
  expect(buildRunNotices('org', { runs: [run('plan', 32), run('plan', 0)], text: [], now })).toEqual([]);
  expect(buildRunNotices('org', { runs: [run('daily', 42)], text: [], now })).toEqual([]);
});

const told = (to: string, failure: string | null): ToldFinding => ({
  type: 'told',
  at: '2026-11-24T06:00:00.000Z',
  event: 'open',
  about: 'x',
  to,
  failure,
});

it('whom the last message did not reach is undelivered', () => {
  const findings = [told('a', 'down'), told('b', null), told('a', null), told('b', 'down'), run('plan', 32)];
  expect(listUndelivered(findings).map(({ to }) => to)).toEqual(['b']);
});

it('findings come back as they were written, without lines that are none', () => {
  const findings = [run('plan', 32), told('a', null)];
  const text = formatFindings(findings);
  expect(parseFindings(text)).toEqual(findings);
  expect(parseFindings(`{"type":"told"}\nnonsense\n${text}`)).toEqual(findings);
});
