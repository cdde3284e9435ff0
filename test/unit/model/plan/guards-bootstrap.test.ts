import { expect, test } from 'vitest';
import { COUNT_RULE_NAMES, type CountLimitRule } from '../../../../src/model/configuration/limit-rules.ts';
import { evaluateGuards } from '../../../../src/model/plan/guards.ts';
import { buildPlan } from '../../../support/plan-builder.ts';
import { configure } from '../../../support/account-builder.ts';
import { GUARDED_WITH, populationOf } from '../../../support/guarded.ts';

/** So many of what a rule counts, in an organisation of twenty. */
function verdictOf(rule: CountLimitRule, bootstrap: boolean): unknown {
  const { body } = buildPlan({ ...populationOf(rule, 20), bootstrap });
  const given = GUARDED_WITH[rule](100, 100);
  const findings = evaluateGuards(
    { ...body, ...given },
    { configuration: configure(), now: new Date(body.createdAt), index: null },
  );
  const { limit, of, verdict } = findings.find((one) => one.rule === rule) ?? {};
  return { limit, of, verdict };
}

const LIFTED: ReadonlySet<string> = new Set(['create', 'adopt', 'openAccess']);

test.each(COUNT_RULE_NAMES.filter((rule) => LIFTED.has(rule)))('the first plan has no limit of %s', (rule) => {
  expect(verdictOf(rule, true)).toEqual({ limit: null, of: 20, verdict: 'within' });
  expect(verdictOf(rule, false)).toMatchObject({ verdict: expect.not.stringMatching('within') });
});

test.each(COUNT_RULE_NAMES.filter((rule) => !LIFTED.has(rule)))(
  'the limit of %s holds in the first plan as in any other: it changes nothing that is there',
  (rule) => {
    expect(verdictOf(rule, true)).toEqual(verdictOf(rule, false));
    expect(verdictOf(rule, true)).toMatchObject({ verdict: 'exceeded' });
  },
);
