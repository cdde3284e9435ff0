import { describe, expect, it } from 'vitest';
import { bindAccounts, measureExisting, smallerOf } from '../../../../src/model/plan/bound-accounts.ts';
import type { ExistingAccount } from '../../../../src/model/account/account.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import {
  desiredFunctional,
  desiredUser,
  existingFunctional,
  existingUser,
  idFor,
  indexOf,
  keyFor,
} from '../../../support/account-builder.ts';

const anna = desiredUser('anna');
/** Which account in Zivver the file of Anna is about. */
function boundOf(baseline: readonly DesiredAccount[], ...existing: ExistingAccount[]): string | undefined {
  const { ids, keys } = bindAccounts(baseline, indexOf(...existing));
  expect(new Map([...keys].map(([id, key]) => [key, id]))).toEqual(ids);
  return ids.get(keyFor('anna'));
}

describe('a desired file is about the account', () => {
  it('that has its key, whatever its address and the recorded id', () => {
    const moved = existingUser('new', { externalAccountId: keyFor('anna') });
    const recorded = { ...anna, zivverId: idFor('other') };
    const others = [existingUser('other', { externalAccountId: null })];
    expect(boundOf([recorded], moved, ...others)).toBe(idFor('new'));
  });

  it('else that has the recorded id, else that has its address', () => {
    const unkeyed = { externalAccountId: null };
    const other = existingUser('other', unkeyed);
    expect(boundOf([{ ...anna, zivverId: idFor('other') }], other, existingUser('anna', unkeyed))).toBe(idFor('other'));
    expect(boundOf([anna], other, existingUser('anna', unkeyed))).toBe(idFor('anna'));
    expect(boundOf([anna], existingUser('anna', { externalAccountId: 'of nobody here' }))).toBe(idFor('anna'));
    expect(boundOf([anna], other)).toBeUndefined();
  });

  it('but not at its address if that carries the key of another file', () => {
    const taken = existingUser('anna', { externalAccountId: keyFor('bas') });
    expect(boundOf([anna, desiredUser('bas')], taken)).toBeUndefined();
    expect(boundOf([anna], taken)).toBe(idFor('anna'));
  });

  it('by its key only where one account has that key', () => {
    const doubles = ['one', 'two'].map((name) => existingUser(name, { externalAccountId: keyFor('anna') }));
    expect(boundOf([anna], ...doubles)).toBeUndefined();
  });

  it('of its own kind, and one file an account', () => {
    expect(boundOf([anna], existingFunctional('anna'))).toBeUndefined();
    const first = desiredUser('first', { zivverId: idFor('anna') });
    const shared = existingUser('anna', { externalAccountId: null });
    expect(boundOf([first, anna], shared)).toBeUndefined();
    expect(boundOf([anna, first], shared)).toBe(idFor('anna'));
  });
});

it('populations are counted by kind, state and whether a file is about them', () => {
  const index = indexOf(
    existingUser('anna'),
    existingUser('bas', { active: false }),
    existingUser('guest'),
    existingFunctional('info'),
    existingFunctional('other'),
  );
  const bound = bindAccounts([anna, desiredUser('bas'), desiredFunctional('info')], index);
  expect(measureExisting(index, bound)).toEqual({
    users: 3,
    activeUsers: 2,
    functional: 2,
    managed: 3,
    activeManaged: 1,
  });
});

it('of two populations the smaller one counts, each number on its own', () => {
  const low = { users: 1, activeUsers: 2, functional: 3, managed: 4, activeManaged: 5 };
  const high = { users: 9, activeUsers: 9, functional: 9, managed: 9, activeManaged: 9 };
  expect(smallerOf(low, high)).toEqual(low);
  expect(smallerOf(high, low)).toEqual(low);
});
