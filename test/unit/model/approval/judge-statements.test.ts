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
});
