import { settleAccounts } from '../../../../src/model/settle/settle.ts';
import { describe, expect, it } from 'vitest';
import {
  configure,
  desiredUser,
  DISABLED,
  existingUser,
  idFor,
  indexOf,
  keyFor,
  mappedUser,
} from '../../../support/account-builder.ts';
import { settle, reasonsOf, howOf, noIds } from '../../../support/settle-builder.ts';

describe('adoption', () => {
  const found = { aliases: ['old@company.org'], delegates: ['bas@company.org'], mobile: '+31612345678' };
  const existing = [existingUser('anna', { ...found, externalAccountId: 'of another program' }), existingUser('bas')];
  const wanted = { fullName: 'Anna B', aliases: ['new@company.org'], delegates: [], division: 'north' };

  it('desires what Zivver has, as far as the source gives it, and binds the account by its id', () => {
    const [settled] = settle({ mapped: [mappedUser('anna', wanted, DISABLED)], existing, baseline: [] }).settled;
    expect(settled).toMatchObject({ how: 'address', isAdopted: true });
    expect(settled?.desired).toEqual({
      kind: 'user',
      key: keyFor('anna'),
      zivverId: idFor('anna'),
      address: 'anna@company.org',
      fullName: 'anna',
      active: true,
      aliases: ['old@company.org'],
      delegates: ['bas@company.org'],
      division: '/',
    });
  });

  it('is over once there is a desired file, however the account is called by then', () => {
    const baseline = [desiredUser('anna', { zivverId: idFor('anna') })];
    const moved = [existingUser('anna', { externalAccountId: 'of another program', address: 'moved@company.org' })];
    const [settled] = settle({ mapped: [mappedUser('anna', wanted)], existing: moved, baseline }).settled;
    expect(settled).toMatchObject({ how: 'recorded-id', isAdopted: false, desired: { fullName: 'Anna B' } });
  });

  it('takes no account that is recorded for somebody else', () => {
    const baseline = [desiredUser('bas', { address: 'was.bas@company.org', zivverId: idFor('anna') })];
    const mapped = [mappedUser('anna'), mappedUser('bas')];
    const settlement = settle({ mapped, existing: [existingUser('anna', noIds)], baseline });
    expect(settlement.settled.map(({ how, desired }) => `${how} ${desired.key}`)).toEqual(
      [`recorded-id ${keyFor('bas')}`, `new ${keyFor('anna')}`].sort(),
    );
  });

  it.each([
    ['in the source', [mappedUser('anna')]],
    ['gone from the source', []],
  ])('leaves somebody alone whose key and recorded id are two accounts: %s', (_where, mapped) => {
    const baseline = [desiredUser('anna', { zivverId: idFor('bas') })];
    const two = [existingUser('anna'), existingUser('bas', noIds)];
    const settlement = settle({ mapped, existing: two, baseline });
    expect(settlement.settled).toEqual([]);
    expect(settlement.missing).toEqual([]);
    expect(settlement.held.map(({ key }) => key)).toEqual([keyFor('anna')]);
    expect(reasonsOf(settlement)).toEqual(['ambiguous']);
  });

  it('knows an account that was just created by the record of its creation', () => {
    const settlement = settleAccounts({
      configuration: configure(),
      mapped: { accounts: [mappedUser('anna')], excluded: [], exclusions: [], notes: [], emptyAttributes: [] },
      index: indexOf(existingUser('anna', { ...noIds, address: 'moved@company.org' })),
      baseline: [desiredUser('anna')],
      facts: { createdIds: new Map([[keyFor('anna'), idFor('anna')]]) },
      bootstrap: false,
    });
    expect(howOf(settlement)).toEqual(['recorded-id moved@company.org']);
  });
});
