import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/model/configuration/configuration.ts';
import { evaluateGuards } from '../../../../src/model/plan/guards.ts';
import type { LimitFinding } from '../../../../src/model/schema/generated/plan.ts';
import { buildChange, buildPlan } from '../../../support/plan-builder.ts';

const CONFIGURATION = parseConfiguration(
  'zivver: { url: https://zivver.example/scim, claimedDomains: [hospital.example] }\n' +
    'sources: [{ name: a, ldif: { files: [a.ldif] } }]\n',
  'city-hospital',
  '/nowhere',
);

function judgeSameAttribute(bootstrap: boolean): LimitFinding | undefined {
  const changes = Array.from({ length: 11 }, (_, number) =>
    buildChange({
      address: `p${number}@hospital.example`,
      before: { division: '/' },
      after: { division: 'care' },
    }),
  );
  const existing = { users: 11, activeUsers: 11, functional: 0, managed: 0, activeManaged: 0 };
  const { body } = buildPlan({ changes, bootstrap, existing });
  return evaluateGuards(body, { configuration: CONFIGURATION, now: new Date(body.createdAt), index: null }).find(
    ({ rule }) => rule === 'sameAttribute',
  );
}

test('the first plan may align any number of the accounts it adopts', () => {
  expect(judgeSameAttribute(true)).toMatchObject({ observed: 11, limit: null, verdict: 'within' });
});

test('a later plan may not change one attribute of more accounts than the limit', () => {
  expect(judgeSameAttribute(false)).toMatchObject({ observed: 11, limit: 10, verdict: 'exceeded' });
});
