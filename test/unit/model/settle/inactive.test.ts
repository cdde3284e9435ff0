import { describe, expect, it } from 'vitest';
import { DISABLED, existingUser, keyFor, mappedUser } from '../../../support/account-builder.ts';
import { settle, reasonsOf } from '../../../support/settle-builder.ts';

describe('a disabled account', () => {
  const disabled = mappedUser('anna', { address: 'new@company.org', aliases: ['n@company.org'] }, DISABLED);
  const anna = existingUser('anna', { aliases: ['a@company.org'] });

  it('keeps the addresses it has in Zivver', () => {
    const { settled } = settle({ mapped: [disabled], existing: [anna] });
    expect(settled[0]?.desired).toMatchObject({
      address: 'anna@company.org',
      aliases: ['a@company.org'],
      active: false,
    });
  });

  it('is suspended even if the address that the directory gives it is held by another', () => {
    const held = existingUser('bas', { address: 'new@company.org' });
    const { settled } = settle({
      mapped: [disabled, mappedUser('bas', { address: 'new@company.org' })].slice(0, 1),
      existing: [anna, held],
    });
    expect(settled.map(({ desired }) => desired)).toMatchObject([{ key: keyFor('anna'), active: false }]);
  });

  it('is suspended even if addresses go round in a circle', () => {
    const mapped = [
      mappedUser('anna', { address: 'bas@company.org' }, DISABLED),
      mappedUser('bas', { address: 'anna@company.org' }),
    ];
    const { settled } = settle({ mapped, existing: [existingUser('anna'), existingUser('bas')] });
    expect(settled.map(({ desired }) => desired)).toMatchObject([
      { key: keyFor('anna'), address: 'anna@company.org', active: false },
    ]);
  });

  it('lets go of an address that somebody else takes over', () => {
    const { settled } = settle({
      mapped: [disabled, mappedUser('bas', { address: 'anna@company.org' })],
      existing: [anna],
    });
    expect(settled[0]?.desired).toMatchObject({ address: 'new@company.org', aliases: ['a@company.org'] });
  });

  it('lets go of an alias that somebody else takes over, and gets none for it', () => {
    const { settled } = settle({
      mapped: [disabled, mappedUser('bas', { aliases: ['a@company.org'] })],
      existing: [anna],
    });
    expect(settled[0]?.desired).toMatchObject({ address: 'anna@company.org', aliases: [] });
  });

  it('gets no account if it has none', () => {
    const settlement = settle({ mapped: [disabled] });
    expect(settlement.settled).toEqual([]);
    expect(reasonsOf(settlement)).toEqual(['disabled-without-account']);
  });
});
