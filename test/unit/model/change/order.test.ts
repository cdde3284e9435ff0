import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountAttributes, Change } from '../../../../src/model/change/change.ts';
import { orderChanges, scheduleWrites } from '../../../../src/model/change/order.ts';
import { contestedAddresses } from '../../../../src/model/change/release.ts';
import { addressOf } from '../../../support/account-builder.ts';
import { buildChange, buildCreation, buildDeletion, buildSuspension } from '../../../support/plan-builder.ts';

function rename(from: string, to: string, more: Partial<Change> = {}): Change {
  const { before, after, ...rest } = more;
  const addresses = { before: { address: addressOf(from), ...before }, after: { address: addressOf(to), ...after } };
  return buildChange({ address: addressOf(from), reason: 'renamed', ...addresses, ...rest });
}

function update(name: string, before: AccountAttributes, after: AccountAttributes, more: Partial<Change> = {}): Change {
  return buildChange({ address: addressOf(name), before, after, ...more });
}

function stepsOf(changes: readonly Change[]): string[] {
  return scheduleWrites(changes).map(
    ({ name, writes }) =>
      `${name}: ${writes.map(({ change, attributes }) => `${change.address.split('@')[0]} ${Object.keys(attributes).join('+')}`).join(', ')}`,
  );
}

describe('scheduleWrites', () => {
  it('creates before it updates, and takes away last', () => {
    const changes = [
      buildDeletion(addressOf('f')),
      buildSuspension(addressOf('e')),
      update('d', { active: false }, { active: true }, { action: 'reactivate' }),
      update('c', { fullName: 'x' }, { fullName: 'y' }),
      buildCreation(addressOf('b'), {}, { kind: 'functional' }),
      buildCreation(addressOf('a')),
    ];
    expect(scheduleWrites(changes).map(({ name }) => name)).toEqual([
      'create users',
      'create functional accounts',
      'update',
      'reactivate',
      'suspend',
      'delete',
    ]);
  });

  it('gives new users their delegates after everybody exists', () => {
    const anna = buildCreation(addressOf('anna'), { delegates: [addressOf('bas')] });
    expect(stepsOf([anna, buildCreation(addressOf('bas'), { delegates: [] })])).toEqual([
      'create users: anna address+fullName+active+externalAccountId, bas address+fullName+active+externalAccountId+delegates',
      'delegates: anna delegates',
    ]);
  });

  it('sets delegates after the renames, and reactivations, that give them their address', () => {
    const boss = update('boss', { delegates: [], fullName: 'x' }, { delegates: [addressOf('new')], fullName: 'y' });
    expect(stepsOf([boss, rename('old', 'new')])).toEqual([
      'update: boss fullName, old address',
      'delegates: boss delegates',
    ]);
    const returning = rename('old', 'new', {
      action: 'reactivate',
      before: { active: false },
      after: { active: true },
    });
    expect(stepsOf([boss, returning])).toEqual([
      'update: boss fullName',
      'reactivate: old address+active',
      'delegates: boss delegates',
    ]);
  });

  it('lets an alias go before another account takes it, and sends a pure release once', () => {
    const from = update('a', { aliases: [addressOf('x')] }, { aliases: [] });
    const to = update('b', { aliases: [] }, { aliases: [addressOf('x')] });
    expect(stepsOf([to, from])).toEqual(['release: a aliases', 'update: b aliases']);
  });

  it('exchanges aliases: both let go, then both take', () => {
    const a = update('a', { aliases: [addressOf('x')] }, { aliases: [addressOf('y')] });
    const b = update('b', { aliases: [addressOf('y')] }, { aliases: [addressOf('x')] });
    expect(stepsOf([a, b])).toEqual(['release: a aliases, b aliases', 'update: a aliases, b aliases']);
  });

  it('renames along a chain from its free end', () => {
    expect(stepsOf([rename('a', 'b'), rename('b', 'c'), rename('c', 'd')])).toEqual([
      'release: c address',
      'release: b address',
      'update: a address',
    ]);
  });

  it('lets the aliases of an account go before it waits for its own new address', () => {
    const anna = rename('anna', 'iris');
    const kim = rename('kim', 'anna');
    const lars = rename('lars', 'kim', { before: { aliases: [addressOf('iris')] }, after: { aliases: [] } });
    const jan = update('jan', { aliases: [] }, { aliases: [addressOf('lars')] });
    expect(stepsOf([anna, kim, lars, jan])).toEqual([
      'release: lars aliases',
      'release: anna address',
      'release: kim address',
      'release: lars address+aliases',
      'update: jan aliases',
    ]);
  });

  it('renames in a circle together: no order of requests could do it', () => {
    expect(stepsOf([rename('a', 'b'), rename('b', 'a'), rename('c', 'd'), rename('e', 'c')])).toEqual([
      'release: c address',
      'release: a address, b address',
      'update: e address',
    ]);
  });

  it('lets go no more than what others take, and keeps what stays', () => {
    const names = (...list: string[]): string[] => list.map(addressOf);
    const from = update('a', { aliases: names('x', 'y', 'z') }, { aliases: names('w', 'y') });
    const to = update('b', { aliases: [] }, { aliases: names('x') });
    const [release] = scheduleWrites([from, to])[0]?.writes ?? [];
    expect(release).toMatchObject({ part: 'release', attributes: { aliases: names('y') } });
  });

  it('frees an address by a rename to an own alias, which is no alias any more', () => {
    const before = { address: addressOf('a'), aliases: [addressOf('x'), addressOf('y')] };
    const from = update('a', before, { address: addressOf('x'), aliases: [addressOf('y'), addressOf('z')] });
    const steps = scheduleWrites([from, rename('b', 'a')]);
    expect(steps.map(({ name }) => name)).toEqual(['release', 'update']);
    expect(steps[0]?.writes.map(({ attributes }) => attributes)).toEqual([
      { address: addressOf('x'), aliases: [addressOf('y')] },
    ]);
  });

  it('sends delegates at once where their addresses are there by then', () => {
    const boss = update('boss', { delegates: [] }, { delegates: [addressOf('new')] });
    expect(stepsOf([boss, buildCreation(addressOf('new'))])).toEqual([
      'create users: new address+fullName+active+externalAccountId',
      'update: boss delegates',
    ]);
    expect(stepsOf([boss, rename('old', 'new'), buildCreation(addressOf('old'))])).toEqual([
      'release: old address',
      'create users: old address+fullName+active+externalAccountId',
      'update: boss delegates',
    ]);
  });

  it('sends nothing before delegates that must wait, if there is nothing else', () => {
    const boss = update('boss', { delegates: [] }, { delegates: [addressOf('new')] });
    expect(stepsOf([boss, rename('old', 'new')])).toEqual(['update: old address', 'delegates: boss delegates']);
  });

  it('frees an address before it is given to a new account', () => {
    expect(stepsOf([buildCreation(addressOf('a')), rename('a', 'b')])).toEqual([
      'release: a address',
      'create users: a address+fullName+active+externalAccountId',
    ]);
  });

  it('does not count on the addresses of accounts that are deleted', () => {
    expect(
      contestedAddresses([
        buildDeletion(addressOf('a'), { before: { address: addressOf('a') } }),
        buildCreation(addressOf('a')),
      ]).size,
    ).toBe(0);
  });

  it('does not depend on the order of the changes, apart from the order within a step', () => {
    const changes = [
      rename('a', 'b'),
      rename('b', 'c'),
      buildCreation(addressOf('a')),
      buildSuspension(addressOf('z')),
    ];
    const sorted = (list: readonly Change[]): string[] => stepsOf(orderChanges(list));
    fc.assert(
      fc.property(fc.shuffledSubarray(changes, { minLength: changes.length }), (shuffled) => {
        expect(sorted(shuffled)).toEqual(sorted(changes));
        expect(orderChanges(shuffled)).toEqual(orderChanges(changes));
      }),
    );
  });

  it('sends all of every change, and none of it after its last step', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const list = fc.uniqueArray(name.map(addressOf), { maxLength: 3 });
    const change = fc.record({ from: name, to: name, aliasesBefore: list, aliasesAfter: list, delegates: list });
    fc.assert(
      fc.property(fc.uniqueArray(change, { selector: ({ from }) => from, maxLength: 6 }), (drawn) => {
        const changes = drawn.map(({ from, to, aliasesBefore, aliasesAfter, delegates }) =>
          rename(from, to, {
            before: { aliases: aliasesBefore.sort(), delegates: [] },
            after: { aliases: aliasesAfter.sort(), delegates: delegates.sort() },
          }),
        );
        const sent = new Map<string, AccountAttributes>();
        for (const { writes } of scheduleWrites(changes))
          for (const { change: one, attributes } of writes) sent.set(one.id, { ...sent.get(one.id), ...attributes });
        for (const one of changes) expect(sent.get(one.id)).toEqual(one.after);
      }),
    );
  });
});

describe('orderChanges', () => {
  it('puts a creation where the account appears, and everything else where it ends', () => {
    const zoe = buildCreation(addressOf('zoe'), { delegates: [addressOf('bas')] });
    const bas = update('bas', { fullName: 'a' }, { fullName: 'b' });
    expect(orderChanges([bas, zoe])).toEqual([zoe, bas]);
    const boss = update('boss', { delegates: [], fullName: 'a' }, { delegates: [addressOf('new')], fullName: 'b' });
    const old = rename('old', 'new');
    const back = update('carl', { active: false }, { active: true }, { action: 'reactivate' });
    expect(orderChanges([boss, back, old])).toEqual([old, back, boss]);
  });

  it('puts what frees an address before the creations', () => {
    const move = rename('z', 'y');
    const creations = [buildCreation(addressOf('0')), buildCreation(addressOf('z'), { delegates: [addressOf('0')] })];
    expect(orderChanges([...creations, move])).toEqual([move, ...creations]);
  });

  it('sorts by kind and address within a step', () => {
    const names = ['b', 'a', 'c'].map((name) => update(name, { fullName: 'x' }, { fullName: 'y' }));
    const info = update('0', { fullName: 'x' }, { fullName: 'y' }, { kind: 'functional' });
    expect(orderChanges([info, ...names]).map(({ address }) => address[0])).toEqual(['a', 'b', 'c', '0']);
  });
});
