import { describe, expect, it } from 'vitest';
import { existingUser, keyFor, mappedFunctional, mappedUser } from '../../../support/account-builder.ts';
import { type Given, settle, reasonsOf, noIds } from '../../../support/settle-builder.ts';

describe('members and delegates', () => {
  const team = (...members: string[]) =>
    mappedFunctional('team', { members: members.map((name) => `${name}@company.org`) });

  function membersOf(given: Given): readonly string[] | undefined {
    const found = settle(given).settled.find(({ desired }) => desired.kind === 'functional');
    return found?.desired.kind === 'functional' ? found.desired.members : undefined;
  }

  it('are left out without an account', () => {
    const settlement = settle({ mapped: [team('anna'), mappedUser('anna')], options: 'users: { create: false }' });
    expect(reasonsOf(settlement)).toEqual(['creation-off', 'member-left-out']);
  });

  it('are never the account of another that holds their new address', () => {
    const mapped = [team('anna'), mappedUser('anna')];
    const existing = [
      existingUser('anna', { address: 'before@company.org' }),
      existingUser('stranger', { address: 'anna@company.org' }),
    ];
    expect(membersOf({ mapped, existing })).toEqual(['before@company.org']);
  });

  it('stay with their own accounts while they are ambiguous', () => {
    const mapped = [team('anna'), mappedUser('anna'), mappedUser('bas', { address: 'anna@company.org' })];
    expect(membersOf({ mapped, existing: [existingUser('anna'), existingUser('bas')] })).toEqual(['anna@company.org']);
  });

  it('are nobody if two entries share their key', () => {
    const mapped = [team('anna'), mappedUser('anna'), mappedUser('bas', { key: keyFor('anna') })];
    expect(membersOf({ mapped, existing: [existingUser('anna')] })).toEqual([]);
  });

  it('may be accounts that nobody manages', () => {
    const anna = mappedUser('anna', { delegates: ['outside@company.org'] });
    const { settled } = settle({ mapped: [anna], existing: [existingUser('outside', noIds)] });
    expect(settled[0]?.desired).toMatchObject({ delegates: ['outside@company.org'] });
  });
});
