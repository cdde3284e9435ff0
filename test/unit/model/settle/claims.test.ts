import { describe, expect, it } from 'vitest';
import { existingUser, mappedUser } from '../../../support/account-builder.ts';
import { settle, reasonsOf } from '../../../support/settle-builder.ts';

describe('addresses that change hands', () => {
  it('go to the next one if the holder lets them go in the same plan', () => {
    const mapped = [
      mappedUser('anna', { address: 'bas@company.org' }),
      mappedUser('bas', { address: 'carla@company.org' }),
      mappedUser('carla', { address: 'free@company.org' }),
    ];
    const existing = ['anna', 'bas', 'carla'].map((name) => existingUser(name));
    expect(settle({ mapped, existing }).settled.length).toBe(3);
    const stuck = settle({ mapped: mapped.slice(0, 2), existing });
    expect(stuck.settled).toEqual([]);
    expect(reasonsOf(stuck)).toEqual(['address-held', 'address-held']);
  });

  it.each([2, 3, 4])('in a circle of %i stay where they are', (length) => {
    const names = ['anna', 'bas', 'carla', 'daan'].slice(0, length);
    const mapped = names.map((name, index) =>
      mappedUser(name, { address: `${names[(index + 1) % length] ?? ''}@company.org` }),
    );
    const settlement = settle({ mapped, existing: names.map((name) => existingUser(name)) });
    expect(settlement.settled).toEqual([]);
    expect(reasonsOf(settlement)).toEqual(names.map(() => 'circular-addresses'));
  });

  it('are left out if they are aliases that another one keeps', () => {
    const mapped = [mappedUser('anna', { aliases: ['x@company.org', 'y@company.org'] }), mappedUser('bas')];
    const existing = [existingUser('anna'), existingUser('bas', { aliases: ['x@company.org'] })];
    const settlement = settle({ mapped, existing });
    expect(settlement.settled[0]?.desired.aliases).toEqual(['y@company.org']);
    expect(reasonsOf(settlement)).toEqual(['alias-held']);
  });

  it('go over if the holder manages its aliases and no longer has it', () => {
    const mapped = [mappedUser('anna', { aliases: ['x@company.org'] }), mappedUser('bas', { aliases: [] })];
    const existing = [existingUser('anna'), existingUser('bas', { aliases: ['x@company.org'] })];
    expect(settle({ mapped, existing }).settled[0]?.desired.aliases).toEqual(['x@company.org']);
  });
});
