import { describe, expect, it } from 'vitest';
import { bindAccounts } from '../../../../src/model/plan/bound-accounts.ts';
import {
  findDroppedFiles,
  listAdoptedKeys,
  findForeignAccounts,
  findForeignFiles,
  type IdentityContext,
} from '../../../../src/model/plan/identity-claims.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import {
  addressOf,
  configure,
  desiredUser,
  existingUser,
  idFor,
  indexOf,
  keyFor,
} from '../../../support/account-builder.ts';
import { buildChange, buildCreation, buildDeletion } from '../../../support/plan-builder.ts';

/** Anna and Bas are managed; Guest has an account that nobody manages. */
const existing = ['anna', 'bas', 'guest'].map((name) => existingUser(name));
const index = indexOf(...existing);
const baseline = [desiredUser('anna'), desiredUser('bas')];
const bound = bindAccounts(baseline, index);

function context(options = '', ...files: DesiredAccount[]): IdentityContext {
  const rendered = new Map(files.map((account) => [account.key, account]));
  return { configuration: configure(options), index, bound, rendered };
}

function rekey(name: string, to: string, reason: Change['reason']): Change {
  return buildChange({
    address: addressOf(name),
    zivverId: idFor(name),
    key: keyFor(to),
    reason,
    before: { externalAccountId: keyFor(name) },
    after: { externalAccountId: keyFor(to) },
  });
}

const FORMER = '    mapping: { accountKey: employeeID, formerAccountKey: objectGUID }';

/** While organisation.yaml says which key accounts had before. */
function rekeying(...files: DesiredAccount[]): IdentityContext {
  return { ...context('', ...files), configuration: configure('', FORMER) };
}

const handedOver = `handovers: [{ from: ${keyFor('anna')}, to: ${keyFor('heir')}, reason: she follows him }]`;

describe('an account under another key than the branch binds to it', () => {
  it.each<[string, Change, string, string | null]>([
    ['is foreign', rekey('anna', 'heir', 'handed-over'), '', 'the branch binds this account to another key'],
    ['is right by a hand-over', rekey('anna', 'heir', 'handed-over'), handedOver, null],
    ['is foreign to a third key', rekey('anna', 'third', 'handed-over'), handedOver, 'another key'],
    ['is foreign by the hand-over of somebody else', rekey('bas', 'heir', 'handed-over'), handedOver, 'another key'],
    ['must be told as what it is', rekey('anna', 'heir', 'renamed'), handedOver, 'it does not say'],
  ])('%s', (_case, change, options, fault) => {
    const found = findForeignAccounts([change], context(options, desiredUser('heir')));
    expect(found).toEqual(fault === null ? [] : [expect.stringContaining(fault)]);
  });

  it('counts as adopted by nobody', () => {
    const given = { ...context(handedOver, desiredUser('heir')), baseline: new Set(baseline.map(({ key }) => key)) };
    expect(listAdoptedKeys([rekey('anna', 'heir', 'handed-over')], given).size).toBe(0);
    expect(listAdoptedKeys([], given).size).toBe(1);
  });
});

describe('a desired file for the account of another key', () => {
  const fileOf = (name: string, more: Partial<DesiredAccount>): DesiredAccount =>
    ({ ...desiredUser(name), ...more }) as DesiredAccount;

  it.each<[string, DesiredAccount, readonly Change[], boolean]>([
    ['by its id', fileOf('heir', { zivverId: idFor('anna') }), [], true],
    ['by its address', fileOf('heir', { address: addressOf('anna') }), [], true],
    ['by both', fileOf('heir', { zivverId: idFor('anna'), address: addressOf('anna') }), [], true],
    ['of a managed person', fileOf('bas', { zivverId: idFor('anna') }), [], true],
    [
      'of a person about whom something else changes',
      fileOf('bas', { zivverId: idFor('anna') }),
      [buildChange({ address: addressOf('bas'), key: keyFor('bas'), zivverId: idFor('bas') })],
      true,
    ],
    [
      'of a new account at an address that becomes free',
      fileOf('heir', { address: addressOf('anna') }),
      [buildCreation(addressOf('anna'), {}, { key: keyFor('heir') })],
      false,
    ],
    [
      'of a change that says so',
      fileOf('heir', { zivverId: idFor('anna') }),
      [rekey('anna', 'heir', 'handed-over')],
      false,
    ],
    ['of an account that nobody manages', fileOf('guest', { zivverId: idFor('guest') }), [], false],
    ['of nobody who is in Zivver', fileOf('nobody', {}), [], false],
    ['of the person herself', fileOf('anna', { zivverId: idFor('anna') }), [], false],
  ])('%s', (_case, file, changes, isForeign) => {
    expect(findForeignFiles(changes, context('', file))).toHaveLength(Number(isForeign));
  });

  it.each<[string, DesiredAccount, IdentityContext, boolean]>([
    [
      'by its other key at its address',
      fileOf('heir', { zivverId: idFor('anna'), address: addressOf('anna') }),
      rekeying(),
      false,
    ],
    ['by its other key at another address', fileOf('heir', { zivverId: idFor('anna') }), rekeying(), true],
    ['by its address alone', fileOf('heir', { address: addressOf('anna') }), rekeying(), true],
    [
      'where one source of two changes its key',
      fileOf('heir', { zivverId: idFor('anna'), address: addressOf('anna') }),
      { ...context(), configuration: configure('', `${FORMER}\n  - name: annex\n    ldif: { files: [annex.ldif] }`) },
      false,
    ],
  ])('while organisation.yaml changes the account key: %s', (_case, file, given, isForeign) => {
    const rendered = new Map([[file.key, file]]);
    expect(findForeignFiles([], { ...given, rendered })).toHaveLength(Number(isForeign));
    const adopted = listAdoptedKeys([], { ...given, rendered, baseline: new Set() });
    expect(adopted.size).toBe(Number(isForeign));
  });
});

describe('a desired file that is dropped', () => {
  const pathOf = (name: string): string => `users/${addressOf(name)}.yaml`;
  const both = new Map(['anna', 'bas'].map((name) => [pathOf(name), 'blob']));
  const withoutAnna = new Map([[pathOf('bas'), 'blob']]);
  const renamed = { ...desiredUser('anna'), address: 'ann@company.org' } as DesiredAccount;
  const another = { ...desiredUser('heir'), address: addressOf('anna') } as DesiredAccount;
  const deletion = buildDeletion(addressOf('anna'), { key: keyFor('anna'), zivverId: idFor('anna') });
  const gone = indexOf(existingUser('bas'));

  it.each<[string, ReadonlyMap<string, string>, readonly Change[], IdentityContext, boolean]>([
    ['by nobody', both, [], context(), false],
    ['in silence', withoutAnna, [], context(), true],
    [
      'for one under another name',
      new Map([...withoutAnna, ['users/ann@company.org.yaml', 'x']]),
      [],
      context('', renamed),
      false,
    ],
    ['for that of another key', both, [], context('', another), true],
    ['with the account', withoutAnna, [deletion], context(), false],
    ['with another account', withoutAnna, [{ ...deletion, key: keyFor('bas') } as Change], context(), true],
    ['by a hand-over', withoutAnna, [], context(handedOver), false],
    ['in silence, while the account key changes', withoutAnna, [], rekeying(), true],
    ['while the key of another changes', withoutAnna, [rekey('bas', 'heir', 'attributes')], rekeying(), true],
    [
      'with the account and others beside it',
      withoutAnna,
      [buildCreation(addressOf('new')), deletion],
      context(),
      false,
    ],
    [
      'with a change of the same key, while it changes',
      withoutAnna,
      [rekey('anna', 'anna', 'attributes')],
      rekeying(),
      true,
    ],
    ['for that of its other key, while it changes', both, [], rekeying(another), false],
    [
      'for another address and key, while it changes',
      withoutAnna,
      [rekey('anna', 'heir', 'attributes')],
      rekeying(),
      false,
    ],
    [
      'of an account that is gone',
      withoutAnna,
      [],
      { ...context(), index: gone, bound: bindAccounts(baseline, gone) },
      false,
    ],
  ])('%s', (_case, desired, changes, given, isTold) => {
    const found = findDroppedFiles(changes, baseline, { ...given, desired });
    expect(found).toEqual(isTold ? [`the desired file of ${addressOf('anna')} is gone, and its account is not`] : []);
  });
});

describe('whom a change is about', () => {
  const change = (name: string, parts: Partial<Parameters<typeof buildChange>[0]> = {}): Change =>
    buildChange({
      address: addressOf(name),
      zivverId: idFor(name),
      key: keyFor(name),
      before: { fullName: 'a' },
      after: { fullName: 'b' },
      ...parts,
    });
  const faultsOf = (one: Change, given: IdentityContext = context()): string[] =>
    findForeignAccounts([one], given).map((fault) => fault.replace(`change ${one.id}: `, ''));
  const unmanaged = context('users: { unmanaged: missing }');
  const leaving = { action: 'suspend', before: { active: true }, after: { active: false } } as const;
  const NOT_MANAGED = 'the account is not managed, and the branch has no desired file for it';

  it.each<[string, Change, IdentityContext, readonly string[]]>([
    ['a managed account under its own key', change('anna'), context(), []],
    ['an account that is not in Zivver', change('nobody'), context(), []],
    ['a new account under a new key', buildCreation(addressOf('new'), {}, { key: keyFor('new') }), context(), []],
    [
      'a new account under the key of another',
      buildCreation(addressOf('new'), {}, { key: keyFor('anna') }),
      context(),
      ['its key has an account already'],
    ],
    [
      'an account of the other kind',
      change('anna', { kind: 'functional' }),
      context(),
      ['the account is of the other kind'],
    ],
    [
      'an account that nobody manages under the key of another',
      change('guest', { key: keyFor('bas') }),
      context(),
      ['the branch binds its key to another account'],
    ],
    ['one that carries the key in Zivver', change('guest'), context(), []],
    ['one under a key that no file has', change('guest', { key: keyFor('heir') }), context(), [NOT_MANAGED]],
    [
      'one under a key whose file is at its address',
      change('guest', { key: keyFor('heir') }),
      context('', desiredUser('heir', { address: addressOf('guest') })),
      [],
    ],
    [
      'one that is moved as it is adopted',
      change('guest', {
        key: keyFor('heir'),
        before: { address: addressOf('guest') },
        after: { address: addressOf('heir') },
      }),
      context('', desiredUser('heir', { address: addressOf('guest') })),
      [NOT_MANAGED],
    ],
    [
      'one that was renamed outside, which is left to the preconditions',
      change('guest', { key: keyFor('heir'), address: addressOf('elsewhere') }),
      context(),
      [],
    ],
    [
      'a managed account without a key',
      change('anna', { ...leaving, key: null }),
      unmanaged,
      ['the branch binds this account to a key'],
    ],
    ['one that nobody manages', change('guest', { ...leaving, key: null }), context(), ['the account is not managed']],
    ['one that counts as missing', change('guest', { ...leaving, key: null }), unmanaged, []],
    ['one that would be renamed', change('guest', { key: null }), unmanaged, ['the account is not managed']],
    ['one that is as before again', change('guest', { key: null, reason: 'rollback' }), context(), []],
  ])('is %s', (_case, one, given, faults) => {
    expect(faultsOf(one, given)).toEqual(faults);
  });
});

describe('keys that come under management', () => {
  const adoptedBy = (changes: readonly Change[], given: IdentityContext): string[] =>
    [...listAdoptedKeys(changes, { ...given, baseline: new Set(baseline.map(({ key }) => key)) })].sort();
  const guest = desiredUser('guest');

  it('are those of files that the branch did not have, unless the account is created or passes over', () => {
    expect(adoptedBy([], context('', guest))).toEqual([keyFor('guest')]);
    expect(adoptedBy([], context('', desiredUser('anna')))).toEqual([]);
    const known = desiredUser('guest', { zivverId: idFor('guest') });
    expect(adoptedBy([], rekeying(known))).toEqual([keyFor('guest')]);
    const created = buildCreation(addressOf('guest'), {}, { key: keyFor('guest') });
    expect(adoptedBy([created], context('', guest))).toEqual([]);
    expect(adoptedBy([rekey('anna', 'guest', 'handed-over')], context('', guest))).toEqual([]);
  });

  it('are those of changes of accounts that nobody managed, with a file or without', () => {
    const change = buildChange({ address: addressOf('guest'), zivverId: idFor('guest'), key: keyFor('guest') });
    expect(adoptedBy([change], context())).toEqual([keyFor('guest')]);
    expect(adoptedBy([change], context('', guest))).toEqual([keyFor('guest')]);
    expect(adoptedBy([{ ...change, key: null } as Change], context())).toEqual([]);
    expect(adoptedBy([rekey('anna', 'anna', 'attributes')], context())).toEqual([]);
  });
});
