import { fact } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { findFalseClaims, refuseFalseClaims } from '../../../../src/model/plan/file-claims.ts';
import { evaluateGuards } from '../../../../src/model/plan/guards.ts';
import { judgeAdministrators } from '../../../../src/model/plan/administrators.ts';
import type { LimitFinding, PlanBody } from '../../../../src/model/schema/generated/plan.ts';
import { configure, existingUser, indexOf } from '../../../support/account-builder.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildExclusion,
  buildPlan,
  buildSource,
  buildSuspension,
} from '../../../support/plan-builder.ts';

const configuration = configure(
  'protected: { administrators: [boss@company.org] }\noverrides: [{ rule: emptyAttribute, subject: mobile, observed: 30, reason: merger, expires: "2026-11-24T10:15:00Z" }]',
);
const desired = new Map([
  ['users/a@company.org.yaml', 'x'],
  ['users/b@company.org.yaml', 'x'],
  ['functional/c@company.org.yaml', 'x'],
  ['holds.yaml', 'x'],
]);
const index = indexOf(existingUser('boss'));

/** True in every respect, with the table of limits that it must have and `seen` after it. */
function bodyOf(given: Partial<PlanBody> = {}, seen: readonly LimitFinding[] = []): PlanBody {
  const { body } = buildPlan({
    sso: false,
    source: [buildSource({ name: 'office', kind: 'ldif' })],
    desired: { digest: 'x', users: 2, functional: 1, written: 0, removed: 0, adopted: 0 },
    ...given,
  });
  const derived = evaluateGuards(body, { configuration, now: new Date(body.createdAt), index: null });
  return { ...body, limits: [...derived, ...seen, ...judgeAdministrators(configuration, index)] };
}

function claimsOf(body: PlanBody): string[] {
  return findFalseClaims({ body, configuration, desired });
}

const empty = (given: Partial<LimitFinding> = {}): LimitFinding => ({
  rule: 'emptyAttribute',
  subject: 'mobile',
  observed: 30,
  limit: 0,
  of: 40,
  verdict: 'overridden',
  ...(given.verdict === undefined ? { override: { reason: 'merger', expires: '2026-11-24T10:15:00Z', by: null } } : {}),
  ...given,
});

const erasing = buildChange({ address: 'a@x', before: { aliases: [] }, after: { aliases: ['b@x'] } });

describe('a plan', () => {
  it.each<[string, PlanBody]>([
    ['as it is made', bodyOf()],
    ['with a limit that only the planner saw, and people lifted', bodyOf({}, [empty()])],
    ['with one that it kept', bodyOf({}, [empty({ observed: 0, verdict: 'within' })])],
    [
      'with a floor of a selection that it kept',
      bodyOf({}, [{ rule: 'sourceFloor', subject: null, observed: 1, limit: 1, of: 40, verdict: 'within' }]),
    ],
    [
      'that is the first, and creates and aligns',
      bodyOf({ bootstrap: true, changes: [buildCreation('a@x'), update()] }),
    ],
    [
      'that tells of the keys it erases',
      bodyOf({ changes: [erasing], notes: [fact('keys-erased', { addresses: ['a@x'], why: 'off' })] }),
    ],
    ['that undoes another, and read no source', bodyOf({ source: [], changes: [update({ reason: 'rollback' })] })],
  ])('%s says nothing false', (_case, body) => {
    expect(claimsOf(body)).toEqual([]);
  });

  it.each<[string, PlanBody, RegExp]>([
    ['lives longer', bodyOf({ expiresAt: '2026-11-26T10:15:00.001Z' }), /expiresAt/],
    ['lives shorter', bodyOf({ expiresAt: '2026-11-26T10:14:59.999Z' }), /expiresAt/],
    ['says sso', bodyOf({ sso: true }), /sso/],
    ['counts users wrongly', bodyOf({ desired: { ...bodyOf().desired, users: 3 } }), /counted/],
    ['counts functional accounts wrongly', bodyOf({ desired: { ...bodyOf().desired, functional: 2 } }), /counted/],
    ['is the first and suspends', bodyOf({ bootstrap: true, changes: [buildSuspension('a@x')] }), /creates and adopts/],
    [
      'is the first, creates and suspends',
      bodyOf({ bootstrap: true, changes: [buildCreation('b@x'), buildSuspension('a@x')] }),
      /creates and adopts/,
    ],
    ['is the first and deletes', bodyOf({ bootstrap: true, changes: [buildDeletion('a@x')] }), /creates and adopts/],
    ['read no source', bodyOf({ source: [], changes: [update()] }), /sources/],
    ['hides that it erases keys', bodyOf({ changes: [erasing] }), /notes on deletions and single sign-on keys/],
    [
      'plays down what is deleted',
      bodyOf({ notes: [fact('leavers-deleted', { options: ['users.missing'], count: 0, milder: 'suspend' })] }),
      /notes on deletions/,
    ],
    [
      'read none, and undoes in part',
      bodyOf({ source: [], changes: [update({ reason: 'rollback' }), update({ address: 'b@x' })] }),
      /sources/,
    ],
    [
      'undoes, and read another',
      bodyOf({ source: [buildSource({ name: 'other' })], changes: [update({ reason: 'rollback' })] }),
      /sources/,
    ],
    [
      'left somebody out by a setting that there is not',
      bodyOf({ exclusions: [buildExclusion({ source: 'office', reason: 'creation-off' })] }),
      /left out by a setting/,
    ],
    ['read one more', bodyOf({ source: [...bodyOf().source, buildSource({ name: 'more' })] }), /sources/],
    ['leaves a limit out', { ...bodyOf(), limits: bodyOf().limits.slice(1) }, /limits/],
    ['leaves all of them out', { ...bodyOf(), limits: [] }, /limits/],
    ['says another number', { ...bodyOf(), limits: bodyOf().limits.map((limit) => ({ ...limit, of: 1 })) }, /limits/],
    ['leaves the administrators out', { ...bodyOf(), limits: bodyOf().limits.slice(0, -1) }, /limits/],
    ['has them twice', { ...bodyOf(), limits: [...bodyOf().limits, bodyOf().limits.at(-1)!] }, /limits/],
    ['counts other administrators', withLast({ of: 2 }), /limits/],
    ['allows them a limit', withLast({ limit: 1 }), /limits/],
    ['names one of them', withLast({ subject: 'boss' }), /limits/],
    ['lifts an empty attribute that nobody lifted', bodyOf({}, [empty({ subject: 'name' })]), /limits/],
    ['lifts it for another number', bodyOf({}, [empty({ observed: 31 })]), /limits/],
    ['says that it is within', bodyOf({}, [empty({ verdict: 'within' })]), /limits/],
    ['allows it', bodyOf({}, [empty({ limit: 100, verdict: 'within' })]), /limits/],
    ['names no attribute', bodyOf({}, [empty({ subject: null })]), /limits/],
    [
      'adds a floor of its own',
      bodyOf({}, [{ rule: 'sourceFloor', subject: null, observed: 1, limit: 0, of: 1, verdict: 'within' }]),
      /limits/,
    ],
    [
      'adds a floor of a source',
      bodyOf({}, [{ rule: 'sourceFloor', subject: 'office', observed: 1, limit: 1, of: 1, verdict: 'within' }]),
      /limits/,
    ],
    [
      'adds a limit of its own',
      bodyOf({}, [{ rule: 'suspend', subject: null, observed: 0, limit: 9, of: 9, verdict: 'within' }]),
      /limits/,
    ],
    [
      'adds a protection of its own',
      bodyOf({}, [{ rule: 'protected', subject: null, observed: 0, limit: 1, of: 1, verdict: 'within' }]),
      /limits/,
    ],
  ])('that %s is caught, and in nothing else', (_case, body, claim) => {
    expect(claimsOf(body)).toEqual([expect.stringMatching(claim)]);
  });
});

it('false claims are refused together, and none is no refusal', () => {
  expect(() => refuseFalseClaims([], 'plan.json')).not.toThrow();
  expect(() => refuseFalseClaims(['one', 'two'], 'plan.json')).toThrow(
    expect.objectContaining({
      code: 'PLAN_CLAIM_FALSE',
      problems: [
        { where: 'plan.json', what: 'one' },
        { where: 'plan.json', what: 'two' },
      ],
    }),
  );
});

function update(given: Parameters<typeof buildChange>[0] | object = {}) {
  return buildChange({ address: 'u@x', before: { fullName: 'a' }, after: { fullName: 'b' }, ...given });
}

function withLast(given: Partial<LimitFinding>): PlanBody {
  const body = bodyOf();
  return {
    ...body,
    limits: body.limits.map((limit, place, all) => (place === all.length - 1 ? { ...limit, ...given } : limit)),
  };
}
