import { describe, expect, it } from 'vitest';
import { judgeStatements } from '../../../../src/model/approval/judge-statements.ts';
import { subjectOf } from '../../../../src/model/approval/statement.ts';
import { buildPlan } from '../../../support/plan-builder.ts';
import { buildStatementCases, completeCase, type StatementCase } from '../../../support/statement-cases.ts';

const PLAN = buildPlan();
const SUBJECT = subjectOf(PLAN, '# Plan 12\n');
const { approved, refused, twice, now: usual } = buildStatementCases(SUBJECT);

function judge(given: StatementCase) {
  const { createdAt, expiresAt } = PLAN.body;
  const { authors, classes, ...input } = completeCase(given);
  const now = new Date(given.now ?? usual);
  return judgeStatements({
    ...input,
    plan: { subject: SUBJECT, classes: new Set(classes), authors, createdAt, expiresAt, now },
  });
}

describe('signed statements', () => {
  it('are decided in more than a hundred cases', () => {
    expect(approved.length + refused.length).toBeGreaterThanOrEqual(100);
  });

  it.each(approved)('approve with %s', (_name, given) => {
    expect(judge(given)).toMatchObject({ approved: true });
  });

  it.each(refused)('do not approve with %s', (_name, given, why) => {
    const judged = judge(given);
    expect(judged.approved).toBe(false);
    expect(judged.approved ? '' : judged.reasons.map(({ what }) => what).join('\n')).toMatch(why);
  });

  it('count each person once, with the latest statement', () => {
    const judged = judge(twice);
    expect(judged.counted.map(({ signer, signed }) => [signer.name, signed.statement.at])).toEqual([
      ['Rita Roos', '2026-11-23T12:30:00.000Z'],
      ['Koen Kok', usual.replace('T13', 'T12')],
    ]);
  });

  it.each([
    ['a rejection beside enough approvals', ['Rita Roos'], ['Koen Kok rejects the plan']],
    [
      'one of two, the other is the author',
      ['Rita Roos'],
      ['has 1 of 2 signatures that count', 'Anna Aal made or committed the plan, and cannot approve it'],
    ],
  ])('count, and tell what is missing: %s', (name, counted, reasons) => {
    const judged = judge(refused.find(([one]) => one === name)?.[1] ?? {});
    expect(judged.counted.map(({ signer }) => signer.name)).toEqual(counted);
    expect(judged.approved ? [] : judged.reasons.map(({ what }) => what)).toEqual(reasons);
  });

  it('that do not count are no reason where a rejection is', () => {
    const [, rejected] = refused.find(([name]) => name === 'a rejection beside enough approvals') ?? [];
    const [, unlisted] = refused.find(([name]) => name === 'a key that is not listed') ?? [];
    const judged = judge({ ...rejected, files: [...(rejected?.files ?? []), ...(unlisted?.files ?? [])] });
    expect(judged.approved ? [] : judged.reasons.map(({ what }) => what)).toEqual(['Koen Kok rejects the plan']);
  });
});
