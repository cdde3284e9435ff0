import { describe, expect, it } from 'vitest';
import {
  desiredUser,
  DISABLED,
  dnOf,
  existingUser,
  idFor,
  keyFor,
  mappedUser,
} from '../../../support/account-builder.ts';
import { settle, reasonsOf, howOf } from '../../../support/settle-builder.ts';

describe('a leaver whose address another entry claims', () => {
  const anna = mappedUser('anna', {}, DISABLED);
  const given = { existing: [existingUser('anna')], baseline: [desiredUser('anna')] };

  it.each([
    ['as its address', mappedUser('bas', { address: 'anna@company.org' })],
    ['as an alias', mappedUser('bas', { aliases: ['anna@company.org'] })],
    ['with its key', mappedUser('bas', { key: keyFor('anna') })],
  ])('stays as it is, loudly, if one in use claims it %s', (_case, other) => {
    const settlement = settle({ mapped: [anna, other], ...given });
    expect(settlement.settled.filter(({ desired }) => desired.key === keyFor('anna'))).toEqual([]);
    expect(settlement.held).toEqual([desiredUser('anna')]);
    const told = settlement.open.filter(({ keepsAccess }) => keepsAccess);
    expect(told).toMatchObject([{ address: 'anna@company.org', entry: dnOf('anna'), zivverId: idFor('anna') }]);
  });

  it.each([
    ['its address', mappedUser('bas', { address: 'anna@company.org' }, DISABLED)],
    ['its key', mappedUser('bas', { key: keyFor('anna') }, DISABLED)],
  ])('is suspended if all who claim %s are disabled', (_case, other) => {
    const { settled, open } = settle({ mapped: [anna, other], ...given });
    expect(settled.map(({ desired }) => desired)).toMatchObject([{ key: keyFor('anna'), active: false }]);
    expect(open).toEqual([]);
  });

  it('is suspended if only an alias of it is claimed', () => {
    const leaver = mappedUser('anna', { aliases: ['a@company.org'] }, DISABLED);
    const mapped = [leaver, mappedUser('bas', { aliases: ['a@company.org'] })];
    const { settled } = settle({ mapped, existing: [existingUser('anna'), existingUser('bas')] });
    expect(settled.find(({ desired }) => desired.key === keyFor('anna'))?.desired).toMatchObject({ active: false });
  });
});

describe('a hand-over', () => {
  const options = (from: string, to: string) =>
    `handovers: [{ from: ${keyFor(from)}, to: ${keyFor(to)}, reason: rehired }]`;
  const given = { existing: [existingUser('old')], baseline: [desiredUser('old')] };
  const heir = mappedUser('new', { address: 'old@company.org' });

  it('gives the account to the entry with the other key; nothing is left of the old one', () => {
    const settlement = settle({ mapped: [heir], ...given, options: options('old', 'new') });
    expect(howOf(settlement)).toEqual(['handed-over old@company.org']);
    expect(settlement).toMatchObject({ missing: [], held: [], gone: [], open: [], notes: [] });
    expect([...settlement.handedOver]).toEqual([keyFor('old')]);
    expect(settlement.settled.map(({ isAdopted }) => isAdopted)).toEqual([false]);
  });

  it('leaves out the entry that had the account, if it is disabled', () => {
    const former = mappedUser('old', {}, DISABLED);
    const settlement = settle({ mapped: [heir, former], ...given, options: options('old', 'new') });
    expect(howOf(settlement)).toEqual(['handed-over old@company.org']);
    expect(reasonsOf(settlement)).toContain('handed-over');
  });

  it('is not carried out while the entry that has the account is in use, nor without an entry that gets it', () => {
    const inUse = settle({ mapped: [heir, mappedUser('old')], ...given, options: options('old', 'new') });
    expect(inUse.settled.map(({ desired }) => desired.key)).toEqual([keyFor('old')]);
    expect(inUse.notes).toMatchObject([{ says: 'handover-in-use' }]);
    const nobody = settle({ mapped: [], ...given, options: options('old', 'new') });
    expect(nobody.missing.map(({ key }) => key)).toEqual([keyFor('old')]);
    expect(nobody.notes).toMatchObject([{ says: 'handover-waits' }]);
  });
});
