import { describe, expect, it } from 'vitest';
import type { ExistingUser } from '../../../../src/model/account/account.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { invertPlan, type Inversion } from '../../../../src/model/rollback/invert.ts';
import { addressOf, existingUser, idFor, indexOf, keyFor } from '../../../support/account-builder.ts';
import { buildChange, buildPlan, buildSuspension } from '../../../support/plan-builder.ts';

const SECRET = 'sso key of anna';
const whoever = { key: keyFor('anna'), zivverId: idFor('anna') };

function invert(change: Change, now: ExistingUser, given: { enabled?: boolean; hasKey?: boolean } = {}): Inversion {
  return invertPlan({
    plan: buildPlan({ changes: [change] }),
    done: new Map([[change.id, idFor('anna')]]),
    index: indexOf(now),
    desired: [],
    ssoEnabled: given.enabled ?? true,
    ssoKeys: given.hasKey === false ? new Map() : new Map([[change.id, SECRET]]),
    canSendMobile: () => true,
  });
}

const aliasGiven = buildChange({
  address: addressOf('anna'),
  ...whoever,
  before: { aliases: [] },
  after: { aliases: ['a@company.org'] },
});
const withAlias = existingUser('anna', { aliases: ['a@company.org'] });
const suspended = buildSuspension(addressOf('anna'), whoever);
const asleep = existingUser('anna', { active: false });
const renamed = buildChange({
  address: addressOf('anna'),
  ...whoever,
  before: { fullName: 'anna' },
  after: { fullName: 'Anna' },
});
const withName = existingUser('anna', { fullName: 'Anna' });

describe('a rollback carries the single sign-on key', () => {
  it.each([
    ['takes an alias back', aliasGiven, withAlias],
    ['lets a suspended person in again', suspended, asleep],
  ])('where it %s', (_case, change, now) => {
    const { changes, ssoKeys } = invert(change, now);
    expect(changes).toMatchObject([{ sealed: true }]);
    expect([...ssoKeys]).toEqual([[changes[0]?.id, SECRET]]);
  });

  it('but has not the one that a change replaced: it is told', () => {
    const making = { before: { signOnKey: 'objectGUID as base64' }, after: { signOnKey: 'objectGUID as guid' } };
    const replaced = buildChange({
      address: addressOf('anna'),
      ...whoever,
      ...making,
      reason: 'sign-on',
      sealed: true,
    });
    const { changes, leftovers } = invert(replaced, existingUser('anna'));
    expect(changes).toEqual([]);
    expect(leftovers.unsendable).toEqual([{ address: addressOf('anna'), attributes: ['signOnKey'] }]);
  });

  it('not where a name is all that changes', () => {
    const { changes, ssoKeys } = invert(renamed, withName);
    expect(changes).toMatchObject([{ sealed: false, after: { fullName: 'anna' } }]);
    expect(ssoKeys.size).toBe(0);
  });

  it.each([
    ['takes an alias back', aliasGiven, withAlias],
    ['lets a suspended person in again', suspended, asleep],
  ])('nowhere without single sign-on: it %s', (_case, change, now) => {
    const { changes, ssoKeys } = invert(change, now, { enabled: false });
    expect(changes).toMatchObject([{ sealed: false }]);
    expect(ssoKeys.size).toBe(0);
  });

  it('and leaves out what would erase a key that is not known here', () => {
    const { changes, ssoKeys, leftovers } = invert(aliasGiven, withAlias, { hasKey: false });
    expect(changes).toEqual([]);
    expect(ssoKeys.size).toBe(0);
    expect(leftovers.unsendable).toEqual([{ address: addressOf('anna'), attributes: ['aliases'] }]);
  });

  it('but does not need it for a name', () => {
    const { changes, leftovers } = invert(renamed, withName, { hasKey: false });
    expect(changes).toMatchObject([{ sealed: false, after: { fullName: 'anna' } }]);
    expect(leftovers.unsendable).toEqual([]);
  });
});
