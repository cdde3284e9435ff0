import { expect, it } from 'vitest';
import type { DatedCertification } from '../../../../../src/model/certify/decisions.ts';
import type { Finding, RunFinding } from '../../../../../src/model/notify/finding.ts';
import { buildFindingParts } from '../../../../../src/operations/audit/report/finding-parts.ts';
import type { ReportFacts } from '../../../../../src/operations/audit/report/report-facts.ts';

function partsOf(findings: readonly Finding[], certifications: readonly DatedCertification[] = []) {
  const facts: Partial<ReportFacts> = {
    from: new Date('2026-11-01T00:00:00Z'),
    to: new Date('2026-11-30T23:59:59.999Z'),
    findings,
    certifications,
  };
  const [refused, drift, told, certified] = buildFindingParts(facts as ReportFacts);
  return { refused, drift, told, certified };
}

const run = (during: RunFinding['during'], code: number, at: string, plan: string | null = null): RunFinding => ({
  type: 'run',
  at: `2026-${at}:00.000Z`,
  during,
  code,
  plan,
  runUrl: null,
});

it('a refusal lasts until the same job is well again, whatever other jobs do', () => {
  const { refused } = partsOf([
    run('plan', 10, '10-31T08:00'),
    run('plan', 0, '11-01T08:00'),
    run('plan', 32, '11-02T08:00'),
    run('apply', 30, '11-02T09:00', '0007-abcdef01'),
    run('plan', 0, '11-03T10:00'),
  ]);
  expect(refused?.rows.map(({ time, subject, what, took, outcome }) => [time, subject, what, took, outcome])).toEqual([
    ['2026-11-02 08:00', '', 'no plan could be made', '1 d 2 h', 'well again 2026-11-03 10:00'],
    ['2026-11-02 09:00', '0007-abcdef01', 'refused before the first write', '', 'still so at the end'],
  ]);
  expect(refused?.rows[0]?.why).toBe('exit 32, PLAN_LIMIT');
});

it('drift is what the daily job found, and nothing else that went wrong there', () => {
  const { drift } = partsOf([
    run('daily', 50, '11-02T05:41'),
    run('daily', 42, '11-03T05:41'),
    run('daily', 0, '11-04T05:41'),
  ]);
  expect(drift?.rows.map(({ outcome }) => outcome)).toEqual(['gone 2026-11-03 05:41']);
  expect(drift?.summary).toContain('Drift was found once. From the branch zivver-gitops/findings');
});

it('who was told is told, and whom it did not reach', () => {
  const told = { type: 'told' as const, event: 'open' as const, about: 'x', at: '2026-11-05T06:00:00.000Z' };
  const parts = partsOf([
    { ...told, to: 'ict@company.org', failure: null },
    { ...told, to: 'teams', failure: 'answers with status 403' },
    { ...told, to: 'early@company.org', failure: null, at: '2026-10-05T06:00:00.000Z' },
  ]);
  expect(parts.told?.summary).toMatch(/^2 messages, 1 of them not taken\./);
  expect(parts.told?.rows.map(({ subject, outcome }) => `${subject}: ${outcome}`)).toEqual([
    'ict@company.org: taken by the server',
    'teams: answers with status 403',
  ]);
});

it('what owners decided in the time is told with whose word it is', () => {
  const reader = { name: 'Anna', evidence: '', by: 'Vera' };
  const certification = (decidedAt: string): DatedCertification => ({
    campaign: '2026-11-30-functional',
    decidedAt,
    certification: {
      mailbox: 'complaints@company.org',
      key: 'k',
      kind: 'functional',
      fullName: 'Complaints',
      started: '2026-11-01',
      due: '2026-11-30',
      readers: [
        { ...reader, reader: 'anna@company.org', decision: 'keep' },
        { ...reader, reader: 'bram@company.org', decision: 'remove', note: 'left' },
        { ...reader, reader: 'chris@company.org', decision: null, by: null },
      ],
    },
  });
  const { certified } = partsOf([], [certification('2026-11-10T09:00:00.000Z')]);
  expect(certified?.summary).toBe('2 readers decided about, 1 of them refused; 1 undecided at the end.');
  expect(certified?.rows.map(({ what, approved, why }) => [what, approved, why])).toEqual([
    ['anna@company.org kept', 'certified by Vera', ''],
    ['bram@company.org refused', 'certified by Vera', 'left'],
  ]);
  expect(partsOf([], [certification('2026-12-10T09:00:00.000Z')]).certified?.rows).toEqual([]);
  expect(partsOf([]).certified?.summary).toBe('No recertification was started.');
});
