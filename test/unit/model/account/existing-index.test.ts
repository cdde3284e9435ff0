import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveIndex } from '../../../../src/model/account/existing-index.ts';
import { attributesOf } from '../../../../src/model/account/attributes-of.ts';
import { existingFunctional, existingUser, idFor, indexOf, keyFor } from '../../../support/account-builder.ts';

const NOBODY = new Map<string, string>();

describe('LiveIndex', () => {
  it('finds an account by id, address, alias and key', () => {
    const anna = existingUser('anna', { aliases: ['a@company.org'] });
    const index = indexOf(anna, existingFunctional('info'));
    expect(index.byId(idFor('anna'))).toBe(anna);
    expect(index.byAddress('anna@company.org')).toBe(anna);
    expect(index.byAddress('a@company.org')).toBeUndefined();
    expect(index.holderOf('a@company.org')).toBe(anna);
    expect(index.byExternalId(keyFor('anna'))).toEqual([anna]);
    expect(index.byExternalId(keyFor('nobody'))).toEqual([]);
    expect([...index.all].length).toBe(2);
  });

  it('prefers the primary address if the lists contradict each other', () => {
    const anna = existingUser('anna', { aliases: ['bas@company.org'] });
    const bas = existingUser('bas');
    expect(indexOf(bas, anna).holderOf('bas@company.org')).toBe(bas);
  });

  it('gives all accounts that carry one key', () => {
    const twins = ['anna', 'bas'].map((name) => existingUser(name, { externalAccountId: 'k' }));
    expect(indexOf(...twins).byExternalId('k')).toEqual(twins);
  });

  it('knows whether Zivver returns ids at all', () => {
    expect(indexOf(existingUser('anna', { externalAccountId: null })).returnsExternalIds).toBe(false);
    expect(indexOf(existingUser('anna')).returnsExternalIds).toBe(true);
  });

  it('remembers that Zivver returns ids when the last account with one is gone', () => {
    const index = indexOf(existingUser('anna'));
    index.forget(idFor('anna'));
    expect(index.returnsExternalIds).toBe(true);
  });

  it('follows a rename: the old address is free', () => {
    const index = indexOf(existingUser('anna', { aliases: ['old@company.org'] }));
    index.remember(existingUser('anna', { address: 'anna2@company.org' }));
    expect(index.holderOf('anna@company.org')).toBeUndefined();
    expect(index.holderOf('old@company.org')).toBeUndefined();
    expect(index.byAddress('anna2@company.org')?.zivverId).toBe(idFor('anna'));
  });

  it('keeps an address with its new holder when the old one is forgotten later', () => {
    const index = indexOf(existingUser('anna'));
    index.remember(existingUser('bas', { address: 'anna@company.org' }));
    index.forget(idFor('anna'));
    expect(index.byAddress('anna@company.org')?.zivverId).toBe(idFor('bas'));
  });

  it('gives all accounts with one primary address, while they are several', () => {
    const [anna, twin, third] = ['anna', 'twin', 'third'].map((name) =>
      existingUser(name, { address: 'a@company.org' }),
    );
    const index = indexOf(anna!, twin!, existingUser('bas', { aliases: ['a@company.org'] }));
    expect(index.namesakes('a@company.org')).toEqual([anna, twin]);
    expect(index.namesakes('bas@company.org')).toEqual([]);
    index.remember(third!);
    expect(index.namesakes('a@company.org')).toEqual([anna, twin, third]);
    index.remember({ ...twin!, address: 'twin@company.org' });
    expect(index.namesakes('a@company.org')).toEqual([anna, third]);
    index.forget(third!.zivverId);
    expect(index.namesakes('a@company.org')).toEqual([]);
    expect(index.byAddress('a@company.org')).toBe(anna);
    index.forget(anna!.zivverId);
    expect(index.byAddress('a@company.org')).toBeUndefined();
  });

  it('has no namesakes of an account that is only read again', () => {
    const index = indexOf(existingUser('anna'));
    index.remember(existingUser('anna', { fullName: 'Anna' }));
    expect(index.namesakes('anna@company.org')).toEqual([]);
  });

  it('does not mind forgetting somebody it never knew', () => {
    const index = indexOf(existingUser('anna'));
    index.forget('unknown');
    expect([...index.all].length).toBe(1);
  });

  it('is after any sequence what a fresh index of the same accounts is', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.record({ name, address: name, aliases: fc.uniqueArray(name), forget: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const live = new LiveIndex({ users: [], functional: [] });
        for (const { name: who, address, aliases, forget } of steps) {
          const others = [...live.all].filter(({ zivverId }) => zivverId !== idFor(who));
          const isFree = (one: string): boolean =>
            !others.some((other) => other.address === one || other.aliases.includes(one));
          if (forget) live.forget(idFor(who));
          else if (isFree(address))
            live.remember(
              existingUser(who, { address, aliases: aliases.filter((one) => one !== address && isFree(one)) }),
            );
        }
        const fresh = indexOf(...live.all);
        for (const one of ['a', 'b', 'c', 'd']) expect(live.holderOf(one)).toEqual(fresh.holderOf(one));
      }),
    );
  });
});

describe('memberAddresses', () => {
  const index = indexOf(existingUser('bas'), existingUser('anna'), existingFunctional('info'));

  it('sorts, drops doubles and ids of nobody, and takes functional accounts too', () => {
    const ids = [idFor('bas'), 'unknown', idFor('info'), idFor('anna'), idFor('anna')];
    expect(index.memberAddresses(ids, NOBODY)).toEqual(['anna@company.org', 'bas@company.org', 'info@company.org']);
  });

  it('names people by the address they get in the plan', () => {
    const renamed = new Map([[idFor('anna'), 'zoe@company.org']]);
    expect(index.memberAddresses([idFor('anna'), idFor('bas')], renamed)).toEqual([
      'bas@company.org',
      'zoe@company.org',
    ]);
  });
});

describe('attributesOf', () => {
  it('sorts lists and calls a functional account active', () => {
    const info = existingFunctional('info', {
      aliases: ['z@company.org', 'b@company.org'],
      memberIds: [idFor('anna')],
    });
    expect(attributesOf(info, indexOf(info, existingUser('anna')), NOBODY)).toEqual({
      address: 'info@company.org',
      fullName: 'info',
      active: true,
      aliases: ['b@company.org', 'z@company.org'],
      delegates: [],
      members: ['anna@company.org'],
      mobile: null,
      division: '/',
      externalAccountId: keyFor('info'),
    });
  });
});
