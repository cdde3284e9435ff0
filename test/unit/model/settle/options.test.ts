import { describe, expect, it } from 'vitest';
import { desiredUser, DISABLED, existingUser, mappedFunctional, mappedUser } from '../../../support/account-builder.ts';
import { settle, reasonsOf } from '../../../support/settle-builder.ts';

describe('options', () => {
  it.each([
    ['users: { create: false }', mappedUser('anna')],
    ['functional: { create: false }', mappedFunctional('anna')],
  ])('%s leaves new accounts out', (options, mapped) => {
    const settlement = settle({ mapped: [mapped], options });
    expect(settlement.settled).toEqual([]);
    expect(reasonsOf(settlement)).toEqual(['creation-off']);
  });

  it('update: false desires what is there, and leaves lists unmanaged', () => {
    const anna = mappedUser(
      'anna',
      { fullName: 'New', address: 'new@company.org', delegates: [], division: 'x' },
      DISABLED,
    );
    const { settled } = settle({
      mapped: [anna],
      existing: [existingUser('anna')],
      options: 'users: { update: false }',
    });
    expect(settled[0]?.desired).toEqual(desiredUser('anna', { active: false, aliases: [] }));
  });

  it('reactivate: false leaves suspended accounts suspended', () => {
    const settlement = settle({
      mapped: [mappedUser('anna')],
      existing: [existingUser('anna', { active: false })],
      options: 'users: { reactivate: false }',
    });
    expect(settlement.settled[0]?.desired).toMatchObject({ active: false });
    expect(reasonsOf(settlement)).toEqual(['reactivation-off']);
  });
});
