import { describe, expect, it } from 'vitest';
import type { ExistingAccount } from '../../../../src/model/account/account.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { invertPlan, type InvertInput, type Inversion } from '../../../../src/model/rollback/invert.ts';
import { formatSealedMobile } from '../../../../src/model/account/sealed-mobile.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import {
  addressOf,
  desiredUser,
  existingFunctional,
  existingUser,
  idFor,
  indexOf,
  keyFor,
} from '../../../support/account-builder.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildPlan,
  buildSuspension,
  type ChangeParts,
} from '../../../support/plan-builder.ts';

const anna = addressOf('anna');
const whoever = { key: keyFor('anna'), zivverId: idFor('anna') };

function invert(
  changes: readonly Change[],
  existing: readonly ExistingAccount[],
  given: Partial<InvertInput> = {},
): Inversion {
  return invertPlan({
    plan: buildPlan({ changes: [...changes] }),
    done: new Map(changes.map(({ id, zivverId }) => [id, zivverId ?? idFor('new')])),
    index: indexOf(...existing),
    desired: [],
    ssoEnabled: false,
    ssoKeys: new Map(),
    canSendMobile: () => true,
    ...given,
  });
}

const update = (before: ChangeParts['before'], after: ChangeParts['after'], more: Partial<ChangeParts> = {}): Change =>
  buildChange({ address: anna, ...whoever, before: before ?? {}, after: after ?? {}, ...more });

const renamed = update({ fullName: 'anna' }, { fullName: 'Anna' });
const now = existingUser('anna', { fullName: 'Anna' });

describe('a rollback', () => {
  it('says what it is, and of which plan', () => {
    const [change] = invert([renamed], [now]).changes;
    expect(change).toMatchObject({
      action: 'update',
      reason: 'rollback',
      address: anna,
      fullName: 'Anna',
      ...whoever,
      before: { fullName: 'Anna' },
      after: { fullName: 'anna' },
      evidence: { source: null, lookup: 'nowhere', attribute: 'plan', value: expect.stringMatching(/^0012-/) },
    });
  });

  it('undoes what was done, and counts what never was', () => {
    const other = buildSuspension(addressOf('bas'), { key: keyFor('bas'), zivverId: idFor('bas') });
    const { changes, leftovers } = invert([renamed, other], [now, existingUser('bas')], {
      done: new Map([[renamed.id, idFor('anna')]]),
    });
    expect(changes.map(({ address }) => address)).toEqual([anna]);
    expect(leftovers).toMatchObject({ neverDone: 1, irreversible: [], gone: [], changedSince: [], created: 0 });
  });

  it('has no change for what is as before already, and keeps the account on hold all the same', () => {
    const { changes, restoredKeys } = invert([renamed], [existingUser('anna')], { desired: [desiredUser('anna')] });
    expect(changes).toEqual([]);
    expect(restoredKeys).toEqual([keyFor('anna')]);
  });

  it('leaves alone what somebody changed since, and names it', () => {
    const { changes, leftovers } = invert([renamed], [existingUser('anna', { fullName: 'A. Other' })]);
    expect(changes).toEqual([]);
    expect(leftovers.changedSince).toEqual([{ address: anna, attributes: ['fullName'] }]);
  });

  it('keeps nobody on hold of whom it restores nothing', () => {
    const other = existingUser('anna', { fullName: 'A. Other' });
    const { restoredKeys, leftovers } = invert([renamed], [other], { desired: [desiredUser('anna')] });
    expect([restoredKeys, leftovers.withoutHold]).toEqual([[], []]);
    expect(invert([renamed], [other]).leftovers.withoutHold).toEqual([]);
  });

  it('cannot bring back who was deleted, or is not there, or is of another kind by now', () => {
    const deleted = buildDeletion(addressOf('bas'), { zivverId: idFor('bas') });
    const { changes, leftovers } = invert([deleted, renamed], []);
    expect(changes).toEqual([]);
    expect(leftovers.irreversible).toEqual([deleted]);
    expect(leftovers.gone).toEqual([renamed]);
    expect(invert([renamed], [existingFunctional('anna')]).leftovers.gone).toEqual([renamed]);
    expect(invert([renamed], [now], { done: new Map([[renamed.id, null]]) }).leftovers.gone).toEqual([renamed]);
  });

  it('never takes the key back by which the account is found', () => {
    const adopted = update(
      { externalAccountId: null, fullName: 'anna' },
      { externalAccountId: keyFor('anna'), fullName: 'Anna' },
    );
    expect(invert([adopted], [now]).changes).toMatchObject([{ after: { fullName: 'anna' } }]);
    const [change] = invert([adopted], [now]).changes;
    expect(Object.keys(change?.after ?? {})).toEqual(['fullName']);
  });

  it('brings a division back to the top where there was none', () => {
    const moved = update({ division: '' }, { division: 'care' });
    const { changes } = invert([moved], [existingUser('anna', { division: 'care' })]);
    expect(changes).toMatchObject([{ before: { division: 'care' }, after: { division: '' } }]);
    const first = update({ division: null }, { division: 'care' });
    expect(invert([first], [existingUser('anna', { division: 'care' })]).changes).toMatchObject([
      { after: { division: '/' } },
    ]);
  });
});

describe('a number or a sign-on key', () => {
  const given = update({ mobile: '+31611111111' }, { mobile: '+31622222222' });

  it('is brought back, unless somebody changed the number since', () => {
    const restored = invert([given], [existingUser('anna', { mobile: '+31622222222' })]);
    expect(restored.changes).toMatchObject([{ after: { mobile: '+31611111111' } }]);
    const changed = invert([given], [existingUser('anna', { mobile: '+31633333333' })]);
    expect(changed.changes).toEqual([]);
    expect(changed.leftovers.changedSince).toEqual([{ address: anna, attributes: ['mobile'] }]);
  });

  it('that is sealed otherwise than the one of now cannot be compared with it, and all the rest can', () => {
    const sealed = {
      before: { mobile: formatSealedMobile('+31611111111', '5f0c2a', '1'.repeat(16)) },
      after: { mobile: formatSealedMobile('+31622222222', '5f0c2a', '2'.repeat(16)) },
    };
    const both = update({ ...sealed.before, fullName: 'anna' }, { ...sealed.after, fullName: 'Anna' });
    const stored = existingUser('anna', { mobile: '+31622222222', fullName: 'A. Other' });
    const { changes, leftovers } = invert([both], [stored]);
    expect(changes).toEqual([]);
    expect(leftovers.changedSince).toEqual([{ address: anna, attributes: ['fullName'] }]);
    expect(leftovers.unsendable).toEqual([{ address: anna, attributes: ['mobile'] }]);
  });

  it('which only Zivver knows is not brought back', () => {
    const replaced = update({ signOnKey: 'a' }, { signOnKey: 'b' }, { sealed: true });
    const { changes, leftovers } = invert([replaced], [existingUser('anna')]);
    expect(changes).toEqual([]);
    expect(leftovers.changedSince).toEqual([]);
  });
});

describe('an account that the plan created', () => {
  const creation = buildCreation(anna, {}, { key: keyFor('anna') });
  const made = existingUser('anna', { zivverId: idFor('new'), aliases: [addressOf('a'), addressOf('b')] });

  it('is suspended, and told', () => {
    const { changes, leftovers } = invert([creation], [made]);
    expect(changes).toMatchObject([{ action: 'suspend', before: { active: true }, after: { active: false } }]);
    expect(Object.keys(changes[0]?.after ?? {})).toEqual(['active']);
    expect(leftovers).toMatchObject({ created: 1, changedSince: [], leftSuspended: [] });
  });

  it('keeps the aliases that its file says where nobody had them before', () => {
    const { desired } = invert([creation], [made], { desired: [desiredUser('anna')] });
    expect(desired).toEqual([desiredUser('anna', { active: false })]);
  });

  it('gives back the alias that another one had before, and no other', () => {
    const taken = { aliases: [addressOf('a'), addressOf('b')] };
    const creating = buildCreation(anna, taken, { key: keyFor('anna') });
    const giver = buildChange({
      address: addressOf('bas'),
      key: keyFor('bas'),
      zivverId: idFor('bas'),
      before: { aliases: [addressOf('a')] },
      after: { aliases: [] },
    });
    const { changes } = invert([creating, giver], [made, existingUser('bas')]);
    expect(changes).toMatchObject([
      { action: 'suspend', after: { active: false, aliases: [addressOf('b')] } },
      { action: 'update', address: addressOf('bas'), after: { aliases: [addressOf('a')] } },
    ]);
  });

  it('is emptied if it is a functional one', () => {
    const box = buildCreation(anna, { members: [addressOf('bas')] }, { key: keyFor('anna'), kind: 'functional' });
    const stored = existingFunctional('anna', { zivverId: idFor('new'), memberIds: [idFor('bas')] });
    const { changes } = invert([box], [stored, existingUser('bas')]);
    expect(changes).toMatchObject([{ before: { members: [addressOf('bas')] }, after: { members: [] } }]);
  });
});

describe('a reactivation', () => {
  const returned = update(
    { active: false, fullName: 'anna', aliases: [addressOf('a')] },
    { active: true, fullName: 'Anna', aliases: [addressOf('b')] },
    { action: 'reactivate', reason: 'returned' },
  );

  it('is undone by a suspension that changes nothing else but what it gives up', () => {
    const awake = existingUser('anna', { fullName: 'Anna', aliases: [addressOf('b')] });
    const { changes, leftovers } = invert([returned], [awake]);
    expect(changes).toMatchObject([{ action: 'suspend', after: { active: false, aliases: [] } }]);
    expect(changes[0]?.after.fullName).toBeUndefined();
    expect(leftovers.leftSuspended).toEqual([{ address: anna, attributes: ['fullName', 'aliases'] }]);
  });

  it('keeps of the aliases those that the account has and had before, and tells only what is other than before', () => {
    const given = update(
      { active: false, fullName: 'anna', aliases: [addressOf('a'), addressOf('b')] },
      { active: true, fullName: 'Anna', aliases: [addressOf('b'), addressOf('c')] },
      { action: 'reactivate', reason: 'returned' },
    );
    const awake = existingUser('anna', { aliases: [addressOf('b'), addressOf('c')] });
    const { changes, leftovers } = invert([given], [awake]);
    expect(changes).toMatchObject([{ action: 'suspend', after: { active: false, aliases: [addressOf('b')] } }]);
    expect(leftovers.leftSuspended).toEqual([{ address: anna, attributes: ['aliases'] }]);
  });

  it('of somebody who is suspended already is undone in all the rest', () => {
    const asleep = existingUser('anna', { active: false, fullName: 'Anna', aliases: [addressOf('b')] });
    const { changes, leftovers } = invert([returned], [asleep]);
    expect(changes).toMatchObject([{ action: 'update', after: { fullName: 'anna', aliases: [addressOf('a')] } }]);
    expect(leftovers.leftSuspended).toEqual([]);
  });

  it('gives back the address that the account had before', () => {
    const moved = update(
      { active: false, address: anna },
      { active: true, address: addressOf('anne') },
      { action: 'reactivate', reason: 'returned' },
    );
    const { changes } = invert([moved], [existingUser('anna', { address: addressOf('anne') })]);
    expect(changes).toMatchObject([{ action: 'suspend', after: { active: false, address: anna } }]);
  });

  it('leaves nothing to tell where the rest is as before', () => {
    const plain = update({ active: false }, { active: true }, { action: 'reactivate' });
    const { changes, leftovers } = invert([plain], [existingUser('anna')]);
    expect(changes).toMatchObject([{ action: 'suspend', after: { active: false } }]);
    expect(leftovers.leftSuspended).toEqual([]);
  });
});

describe('the desired files', () => {
  const others: DesiredAccount = desiredUser('bas');

  it('follow it, and those of others stay', () => {
    const file = desiredUser('anna', { fullName: 'Anna' });
    const { desired, restoredKeys, leftovers } = invert([renamed], [now], { desired: [file, others] });
    expect(desired).toEqual([desiredUser('anna'), others]);
    expect(restoredKeys).toEqual([keyFor('anna')]);
    expect(leftovers.withoutHold).toEqual([]);
  });

  it('leave out an attribute that has no value again, and never hold a key of Zivver', () => {
    const given = update(
      { mobile: null, externalAccountId: null },
      { mobile: '+31612345678', externalAccountId: keyFor('anna') },
    );
    const file = desiredUser('anna', { mobile: '+31612345678' });
    const stored = existingUser('anna', { mobile: '+31612345678' });
    expect(invert([given], [stored], { desired: [file] }).desired).toEqual([desiredUser('anna')]);
  });

  it('that are not there keep nobody from being planned again, which is told', () => {
    const { restoredKeys, leftovers } = invert([renamed], [now], { desired: [others] });
    expect(restoredKeys).toEqual([]);
    expect(leftovers.withoutHold).toEqual([anna]);
  });
});

it.each([
  ['disabled', true],
  ['unexplained', true],
  ['deleted', true],
  ['rollback', false],
] as const)('whoever was suspended as %s keeps access by the rollback alone: %s', (reason, isUnwanted) => {
  const suspended = buildSuspension(anna, { ...whoever, reason });
  const { unwantedKeys, changes } = invert([suspended], [existingUser('anna', { active: false })]);
  expect(changes).toMatchObject([{ action: 'reactivate', after: { active: true } }]);
  expect([...unwantedKeys]).toEqual(isUnwanted ? [keyFor('anna')] : []);
});

it('members are named by the addresses that they have after the rollback', () => {
  const moved = update({ address: anna }, { address: addressOf('anne') });
  const info = buildChange({
    address: addressOf('info'),
    kind: 'functional',
    key: keyFor('info'),
    zivverId: idFor('info'),
    before: { members: [] },
    after: { members: [addressOf('anne'), addressOf('bas')] },
  });
  const bas = buildChange({
    address: addressOf('bas'),
    key: keyFor('bas'),
    zivverId: idFor('bas'),
    before: { fullName: 'bas' },
    after: { fullName: 'Bas' },
  });
  const accounts = [
    existingUser('anna', { address: addressOf('anne') }),
    existingUser('bas', { fullName: 'Bas' }),
    existingFunctional('info', { memberIds: [idFor('anna'), idFor('bas')] }),
  ];
  expect(invert([moved, info, bas], accounts).changes).toMatchObject([
    { before: { address: addressOf('anne') }, after: { address: anna } },
    { before: { members: [anna, addressOf('bas')] }, after: { members: [] } },
    { after: { fullName: 'bas' } },
  ]);
});

describe('single sign-on', () => {
  const aliasGiven = update({ aliases: [] }, { aliases: [addressOf('a')] });
  const stored = existingUser('anna', { aliases: [addressOf('a')] });
  const seal = { ssoEnabled: true, ssoKeys: new Map([[aliasGiven.id, 'secret']]) };

  it('sends the value of the account key beside its own where they differ', () => {
    const with2 = invert([aliasGiven], [stored], { ...seal, accountKeys: new Map([[aliasGiven.id, 'identity']]) });
    const [change] = with2.changes;
    expect([...with2.ssoKeys]).toEqual([[change?.id, 'secret']]);
    expect([...with2.accountKeys]).toEqual([[change?.id, 'identity']]);
    expect(invert([aliasGiven], [stored], seal).accountKeys.size).toBe(0);
  });

  it('sends neither with what needs no key', () => {
    const given = { ssoEnabled: true, ssoKeys: new Map([[renamed.id, 'secret']]) };
    const inversion = invert([renamed], [now], { ...given, accountKeys: new Map([[renamed.id, 'identity']]) });
    expect(inversion.changes).toMatchObject([{ sealed: false }]);
    expect([inversion.ssoKeys.size, inversion.accountKeys.size]).toEqual([0, 0]);
  });
});
