import { describe, expect, it } from 'vitest';
import { desiredPath } from '../../../../src/model/desired/desired-file-name.ts';
import type { Hold } from '../../../../src/model/desired/holds.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { evaluateGuards } from '../../../../src/model/plan/guards.ts';
import { judge } from '../../../../src/model/plan/limit-verdict.ts';
import { verifyMeasuredPlan } from '../../../../src/model/plan/verify-measured-plan.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import type { AdoptedAccount, LimitFinding, PlanBody } from '../../../../src/model/schema/generated/plan.ts';
import {
  addressOf,
  configure,
  desiredUser,
  existingUser,
  idFor,
  indexOf,
  keyFor,
} from '../../../support/account-builder.ts';
import { buildPlan, buildSource, buildSuspension } from '../../../support/plan-builder.ts';

/** Twenty managed people; Guest has an account that nobody manages. */
const NAMES = Array.from({ length: 20 }, (_, number) => `p${number + 10}`);
const baseline = NAMES.map((name) => desiredUser(name));
const index = indexOf(...[...NAMES, 'guest'].map((name) => existingUser(name)));
const configuration = configure();

interface Told {
  readonly body?: Partial<PlanBody>;
  readonly seen?: readonly LimitFinding[];
  /** Left out: the table that follows from the rest. */
  readonly limits?: PlanBody['limits'];
  readonly rendered?: readonly DesiredAccount[];
  readonly holds?: readonly Hold[];
}

/** What apply says of a plan whose table of limits is as its changes give it. */
function refusalOf({ body = {}, seen = [], limits, rendered = [], holds = [] }: Told): ReconcileError | null {
  const files = [...baseline, ...rendered].map(({ kind, address }) => [desiredPath(kind, address), 'blob'] as const);
  const accounts = { users: files.length, functional: 0, written: 0, removed: 0, adopted: 0 };
  const changed = body.changes?.filter(({ key }) => key !== null).length ?? 0;
  const plan = buildPlan({
    sso: false,
    source: [buildSource({ name: 'office', kind: 'ldif' })],
    existing: { users: 21, activeUsers: 21, functional: 0, managed: 20, activeManaged: 20 },
    accounting: {
      entries: { equal: 0, changed: 0, open: 0, excluded: 0 },
      managed: { equal: 20 - changed, changed, open: 0, excluded: 0 },
    },
    ...body,
    desired: { ...buildPlan().body.desired, ...accounts, ...body.desired },
  }).body;
  const now = new Date(plan.createdAt);
  const table = [...evaluateGuards(plan, { configuration, now, index: null }), ...seen];
  try {
    verifyMeasuredPlan({
      body: { ...plan, limits: limits ?? table },
      file: 'plan.json',
      configuration,
      now,
      index,
      baseline,
      holds,
      rendered,
      desired: new Map(files),
      taken: [],
      signOnBefore: null,
      ssoKeys: new Map(),
      claims: [],
    });
    return null;
  } catch (error) {
    if (error instanceof ReconcileError) return error;
    throw error;
  }
}

const suspensions = (count: number) =>
  NAMES.slice(0, count).map((name) => buildSuspension(addressOf(name), { key: keyFor(name), zivverId: idFor(name) }));
const adoptedOf = (name: string): AdoptedAccount => ({ key: keyFor(name), zivverId: idFor(name) }) as AdoptedAccount;
const NAMED = 'the accounts that it adopts are not those for which it writes desired files';
const whats = (refused: ReconcileError | null): string[] => (refused?.problems ?? []).map(({ what }) => what);

it('a plan that says what is so is accepted', () => {
  expect(refusalOf({})).toBeNull();
  expect(refusalOf({ body: { changes: suspensions(5) } })).toBeNull();
});

describe('limits', () => {
  const many = { users: 2000, activeUsers: 2000, functional: 0, managed: 2000, activeManaged: 2000 };

  it('are measured on the accounts that there are, whatever the plan says of them', () => {
    const body = { changes: suspensions(6), existing: many };
    expect(refusalOf({ body })).toMatchObject({ code: 'PLAN_LIMIT' });
    expect(whats(refusalOf({ body }))).toEqual(['suspend: 6 of 20, at most 5 allowed']);
  });

  it('that only the planner could measure hold as it measured them', () => {
    const subject = { rule: 'emptyAttribute', subject: 'mobile', observed: 20, limit: 0, of: 20 } as const;
    const now = new Date();
    expect(refusalOf({ seen: [judge(subject, [], now)] })).toMatchObject({ code: 'SOURCE_IMPLAUSIBLE' });
    expect(refusalOf({ seen: [judge({ ...subject, observed: 0 }, [], now)] })).toBeNull();
  });

  it('count whom the plan brings under management, whatever it says', () => {
    const rendered = Array.from({ length: 6 }, (_, number) => desiredUser(`new${number}`));
    const refused = refusalOf({ rendered });
    expect(refused).toMatchObject({ code: 'PLAN_LIMIT' });
    expect(whats(refused)).toEqual(['adopt: 6 of 20, at most 5 allowed']);
  });

  it('are the table that follows from the changes', () => {
    expect(refusalOf({ limits: [] })).toMatchObject({ code: 'PLAN_CLAIM_FALSE' });
  });
});

describe('whom a plan names as adopted', () => {
  const rendered = [desiredUser('guest')];
  const find = (adopted: number, ...names: string[]): ReconcileError | null =>
    refusalOf({
      rendered,
      body: {
        adopted: names.map(adoptedOf),
        desired: { ...buildPlan().body.desired, users: 21, functional: 0, adopted },
      },
    });

  it('is who gets a desired file', () => expect(find(1, 'guest')).toBeNull());

  it.each([
    ['nobody', 0, []],
    ['nobody, of one', 1, []],
    ['one, of none', 0, ['guest']],
    ['one, of two', 2, ['guest']],
    ['somebody else', 1, ['p10']],
    ['the same twice', 2, ['guest', 'guest']],
  ])('is not %s', (_whom, adopted, names) => {
    const refused = find(adopted, ...names);
    expect(refused).toMatchObject({ code: 'PLAN_CLAIM_FALSE' });
    expect(whats(refused)).toEqual([NAMED]);
  });
});

it('an account on hold is known by what the branch binds to it, though the change names no key', () => {
  const hold = { key: keyFor('p10'), address: addressOf('p10'), reason: 'on leave', expires: '2026-12-31' };
  const change = buildSuspension(addressOf('p10'), { key: null, zivverId: idFor('p10') });
  const refused = refusalOf({ body: { changes: [change] }, holds: [hold] });
  expect(whats(refused)).toContain(`change ${change.id}: the account of ${addressOf('p10')} is on hold`);
});
