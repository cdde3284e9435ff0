import { describe, expect, it } from 'vitest';
import {
  desiredFunctional,
  desiredUser,
  dnOf,
  existingFunctional,
  existingUser,
  keyFor,
  mappedFunctional,
  mappedUser,
} from '../../../support/account-builder.ts';
import { settle, reasonsOf, howOf, noIds } from '../../../support/settle-builder.ts';

describe('a mapped account', () => {
  it('is first of all the account that carries its key, wherever that has moved', () => {
    const existing = [
      existingUser('anna', { address: 'old@company.org' }),
      existingUser('stray', { address: 'anna@company.org', ...noIds }),
    ];
    const settlement = settle({ mapped: [mappedUser('anna')], existing, baseline: [desiredUser('anna')] });
    expect(reasonsOf(settlement)).toEqual(['address-held']);
    const free = settle({ mapped: [mappedUser('anna')], existing: existing.slice(0, 1) });
    expect(howOf(free)).toEqual(['external-id old@company.org']);
  });

  it('is then the account that its desired file names: a changed address is a rename', () => {
    const mapped = [mappedUser('anna', { address: 'new@company.org' })];
    expect(howOf(settle({ mapped, existing: [existingUser('anna', noIds)], baseline: [desiredUser('anna')] }))).toEqual(
      ['desired-file anna@company.org'],
    );
  });

  it('is then the account with its address: adopted, even from another tool', () => {
    const ids = [null, 'id of another tool'];
    for (const externalAccountId of ids)
      expect(
        howOf(settle({ mapped: [mappedUser('anna')], existing: [existingUser('anna', { externalAccountId })] })),
      ).toEqual(['address anna@company.org']);
  });

  it('is new if nobody has its key or address', () => {
    expect(howOf(settle({ mapped: [mappedUser('anna')], existing: [existingUser('bas')] }))).toEqual(['new -']);
  });

  it.each([
    [
      'two accounts of Zivver carry its key',
      [
        existingUser('a', { externalAccountId: keyFor('anna') }),
        existingUser('b', { externalAccountId: keyFor('anna') }),
      ],
      [],
      'ambiguous',
    ],
    [
      'its file names an account with the key of another',
      [existingUser('anna', { externalAccountId: keyFor('bas') })],
      [desiredUser('anna'), desiredUser('bas')],
      'ambiguous',
    ],
    ['its address belongs to a functional account', [existingFunctional('anna', noIds)], [], 'wrong-kind'],
    [
      'its key is on a functional account',
      [existingFunctional('x', { externalAccountId: keyFor('anna') })],
      [],
      'wrong-kind',
    ],
    [
      'its address is that of somebody managed',
      [existingUser('bas', { address: 'anna@company.org' })],
      [desiredUser('bas', { address: 'anna@company.org' })],
      'address-held',
    ],
    [
      'its address is an alias of another',
      [existingUser('bas', { aliases: ['anna@company.org'] })],
      [],
      'address-held',
    ],
  ] as const)('is left alone if %s', (_case, existing, baseline, reason) => {
    const settlement = settle({ mapped: [mappedUser('anna')], existing: [...existing], baseline: [...baseline] });
    expect(settlement.settled).toEqual([]);
    expect(new Set(reasonsOf(settlement))).toEqual(new Set([reason]));
  });

  it.each([
    {
      what: 'a person becomes a shared mailbox',
      mapped: mappedFunctional('info'),
      existing: existingUser('info'),
      baseline: desiredUser('info'),
    },
    {
      what: 'a shared mailbox becomes a person',
      mapped: mappedUser('info'),
      existing: existingFunctional('info'),
      baseline: desiredFunctional('info'),
    },
  ])('keeps account and file as they are if $what: people alone can change the type', (given) => {
    const { mapped, existing, baseline } = given;
    const settlement = settle({ mapped: [mapped], existing: [existing], baseline: [baseline] });
    expect(settlement).toMatchObject({ settled: [], missing: [], gone: [], unmanaged: [], held: [baseline] });
    expect(reasonsOf(settlement)).toEqual(['wrong-kind']);
  });

  it('goes on as the other kind once somebody changed the type in Zivver by hand', () => {
    const existing = [existingFunctional('info', { externalAccountId: null })];
    const settlement = settle({ mapped: [mappedFunctional('info')], existing, baseline: [desiredUser('info')] });
    expect(howOf(settlement)).toEqual(['desired-file info@company.org']);
    expect(settlement).toMatchObject({ missing: [], held: [], gone: [] });
  });

  it('that shares its key with another stays as it is, and so does the other', () => {
    const mapped = [mappedUser('anna'), mappedUser('bas', { key: keyFor('anna') })];
    const settlement = settle({ mapped, existing: [existingUser('anna')], baseline: [desiredUser('anna')] });
    expect(settlement).toMatchObject({ settled: [], missing: [], held: [desiredUser('anna')] });
    expect(reasonsOf(settlement)).toEqual(['ambiguous', 'ambiguous']);
  });

  it.each([
    ['address', mappedUser('bas', { address: 'anna@company.org' })],
    ['address, across kinds', mappedFunctional('bas', { address: 'anna@company.org' })],
  ])(
    'keeps an %s that another claims too, and goes on in everything else; the other gets no account',
    (_case, other) => {
      const mapped = [mappedUser('anna', { fullName: 'Anna' }), other];
      const settlement = settle({ mapped, existing: [existingUser('anna')], baseline: [desiredUser('anna')] });
      expect(settlement.settled.map(({ desired }) => desired)).toEqual([desiredUser('anna', { fullName: 'Anna' })]);
      expect(settlement.open).toMatchObject([
        { entry: dnOf('anna'), value: 'anna@company.org', reason: 'ambiguous', keepsAccess: false },
        { entry: dnOf('bas'), value: null, reason: 'ambiguous', zivverId: null },
      ]);
    },
  );

  it('gets everything but an alias that another claims too, and so does the other; who has it keeps it', () => {
    const x = ['x@company.org'];
    const mapped = [mappedUser('anna', { aliases: [...x, 'a@company.org'] }), mappedUser('bas', { aliases: x })];
    const existing = [existingUser('anna'), existingUser('bas', { aliases: x })];
    const { settled, open } = settle({ mapped, existing, baseline: [desiredUser('anna'), desiredUser('bas')] });
    expect(settled.map(({ desired }) => desired.aliases)).toEqual([['a@company.org'], x]);
    expect(open.map(({ value }) => value)).toEqual([...x, ...x]);
  });
});
