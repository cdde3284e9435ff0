import { factText } from '../../../../src/model/facts/fact.ts';
import { describe, expect, it } from 'vitest';
import { refuseChangedKeys } from '../../../../src/model/settle/changed-keys.ts';
import { settleAccounts } from '../../../../src/model/settle/settle.ts';
import type { MappedUser } from '../../../../src/model/mapping/mapped.ts';
import {
  configure,
  desiredUser,
  existingUser,
  idFor,
  indexOf,
  keyFor,
  mappedUser,
} from '../../../support/account-builder.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const names = ['anna', 'bas', 'carla', 'dirk', 'els', 'floor'];
const before = names.map((name) => desiredUser(name, { zivverId: idFor(name) }));
/** The same person at the same address under another key. */
const anew = (name: string): MappedUser => mappedUser(name, { key: keyFor(`new ${name}`) });

describe('another account key than before', () => {
  it('of half of all people is no leaving: it is refused, and says what it is', async () => {
    const refused = await refusalOf(() => refuseChangedKeys({ accounts: names.map(anew), excluded: [] }, before));
    expect(refused.code).toBe('SOURCE_IMPLAUSIBLE');
    expect(refused.problems[0]).toEqual({
      where: 'anna@company.org',
      what: `${keyFor('anna')} before, now another key at ${anew('anna').dn}`,
    });
  });

  it.each([
    ['a few people', [...names.slice(0, 4).map(anew), ...names.slice(4).map((name) => mappedUser(name))]],
    ['people whose addresses went too', names.map((name) => mappedUser(`new ${name}`))],
    ['people who have both keys', names.map((name) => ({ ...anew(name), formerKey: keyFor(name) }))],
  ])('of %s is not', (_who, accounts) => {
    expect(() => refuseChangedKeys({ accounts, excluded: [] }, before)).not.toThrow();
  });
});

describe('an account key that is changed for everybody', () => {
  const settle = (mapped: readonly MappedUser[]) =>
    settleAccounts({
      configuration: configure(),
      mapped: { accounts: mapped, excluded: [], exclusions: [], notes: [], emptyAttributes: [] },
      index: indexOf(...names.map((name) => existingUser(name))),
      baseline: before,
      bootstrap: false,
    });

  it('takes each account along with its entry, and changes nothing else of it yet', () => {
    const changed = names.map((name) => ({ ...anew(name), formerKey: keyFor(name) }));
    const { settled, open, missing, handedOver, notes } = settle(changed);
    expect([open, missing]).toEqual([[], []]);
    expect(handedOver.size).toBe(names.length);
    expect(settled.map(({ how, isAdopted, isRecordOnly }) => [how, isAdopted, isRecordOnly])).toEqual(
      names.map(() => ['rekeyed', false, true]),
    );
    expect(settled[0]?.desired).toEqual({ ...before[0], key: keyFor('new anna') });
    expect(notes.map(factText).join()).toContain('6 accounts get another key');
  });

  it('takes nobody along whose former key another entry has', () => {
    const [anna, ...others] = names.map((name) => ({ ...anew(name), formerKey: keyFor(name) }));
    if (anna === undefined) throw new Error('nobody');
    const { settled } = settle([anna, ...others, mappedUser('stray', { key: keyFor('anna') })]);
    expect(settled.find(({ desired }) => desired.key === anna.account.key)?.how).not.toBe('rekeyed');
  });

  it('is over when nobody has a former key any more', () => {
    const { notes } = settle(names.map((name) => ({ ...mappedUser(name), formerKey: keyFor(`former ${name}`) })));
    expect(notes.map(factText)).toEqual([
      'mapping.formerAccountKey is no longer needed: no account has a key of it any more. Remove the line.',
    ]);
  });
});
