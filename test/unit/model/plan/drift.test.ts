import { expect, test } from 'vitest';
import type { ExistingAccount } from '../../../../src/model/account/account.ts';
import { accountKeyOf } from '../../../../src/model/account/key.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { countDrift, findDrift, type Drift } from '../../../../src/model/plan/drift.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import { buildFunctional, buildUser, changeOf, indexOf } from '../../../support/day-two/account-store.ts';

const desired = (name: string, more: object = {}): DesiredAccount => ({
  kind: 'user',
  key: accountKeyOf(name),
  address: `${name}@office.example`,
  fullName: name,
  active: true,
  aliases: [],
  ...more,
});

function drift(
  wanted: readonly DesiredAccount[],
  existing: readonly ExistingAccount[],
  pending: readonly Change[] = [],
): Drift {
  return findDrift({
    desired: wanted,
    index: indexOf(existing),
    ssoEnabled: true,
    pending,
    knownUnmanaged: new Set(['known@office.example']),
  });
}

test('accounts that are as approved are no drift, and what cannot be read is said', () => {
  const found = drift([desired('anna')], [buildUser('anna')]);
  expect(countDrift(found)).toBe(0);
  expect(found).toMatchObject({ compared: 1, changed: [], unverifiable: { ssoKeys: 1, externalIds: 0 } });
});

test('each kind of drift is told apart', () => {
  const found = drift(
    [
      desired('anna'),
      desired('bram', { active: false }),
      desired('els'),
      desired('gone'),
      desired('ivo', { mobile: '+31612345678' }),
    ],
    [
      buildUser('anna', { active: false }),
      buildUser('bram'),
      buildUser('els', { address: 'renamed@office.example', aliases: ['els@office.example'] }),
      buildUser('ivo'),
      buildUser('known'),
      buildUser('stranger'),
    ],
  );
  expect(found.suspendedOutside.map(({ address }) => address)).toEqual(['anna@office.example']);
  expect(found.reactivatedOutside.map(({ address }) => address)).toEqual(['bram@office.example']);
  expect(found.missing.map(({ address }) => address)).toEqual(['gone@office.example']);
  expect(found.changed.map(({ address, desired: wanted, now }) => [address, wanted, now])).toEqual([
    [
      'renamed@office.example',
      { address: 'els@office.example', aliases: [] },
      { address: 'renamed@office.example', aliases: ['els@office.example'] },
    ],
    ['ivo@office.example', { mobile: '+31612345678' }, { mobile: null }],
  ]);
  expect(found.unmanaged.map(({ address, isNew }) => [address, isNew])).toEqual([
    ['known@office.example', false],
    ['stranger@office.example', true],
  ]);
  expect(countDrift(found)).toBe(5);
});

test('an account that was renamed outside is one drift, not one in every list it stands in', () => {
  const team: DesiredAccount = {
    kind: 'functional',
    key: accountKeyOf('team'),
    address: 'team@office.example',
    fullName: 'team',
    members: ['anna@office.example'],
  };
  const renamed = buildUser('anna', { address: 'renamed@office.example' });
  const found = drift([desired('anna'), team], [renamed, buildFunctional('team', ['id-anna'])]);
  expect(found.changed.map(({ address }) => address)).toEqual(['renamed@office.example']);
});

test('what a merged plan will still put right is no drift, but everything else is', () => {
  const existing = [buildUser('anna', { fullName: 'Old', mobile: '+31687654321' })];
  const pending = [changeOf(existing[0]!, { fullName: 'anna' }, { accounts: existing })];
  const found = drift([desired('anna', { mobile: '+31612345678' })], existing, pending);
  expect(found).toMatchObject({ pending: 1, changed: [{ desired: { mobile: '+31612345678' } }] });
  expect(drift([desired('anna')], existing, pending).changed).toEqual([]);
});

test('without keys in Zivver accounts are found by address, and that is said', () => {
  const found = drift([desired('anna')], [buildUser('anna', { externalAccountId: null })]);
  expect(found).toMatchObject({ changed: [], missing: [], unverifiable: { externalIds: 1 } });
});

test('sealed numbers are compared if one key sealed both, else they are counted as not verifiable', () => {
  const form = (key: string, fingerprint: string): string => `+31 6 •••• ••99 sealed:${key}:${fingerprint.repeat(16)}`;
  const users = ['same', 'other', 'foreign', 'clear'];
  const found = drift(
    [...users, 'lost'].map((name) => desired(name, { mobile: form('aaaaaa', '1') })),
    [
      buildUser('same', { mobile: form('aaaaaa', '1') }),
      buildUser('other', { mobile: form('aaaaaa', '2') }),
      buildUser('foreign', { mobile: form('bbbbbb', '2') }),
      buildUser('clear', { mobile: '+31612345678' }),
      buildUser('lost', { mobile: null }),
    ],
  );
  expect(found.changed.map(({ address }) => address)).toEqual(['other@office.example', 'lost@office.example']);
  expect(found.unverifiable.mobiles).toBe(2);
});
