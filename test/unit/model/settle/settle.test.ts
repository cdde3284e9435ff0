import { describe, expect, it } from 'vitest';
import type { ExistingAccount } from '../../../../src/model/account/account.ts';
import type { MappedAccount, MappedAccounts } from '../../../../src/model/mapping/mapped.ts';
import { settleAccounts } from '../../../../src/model/settle/settle.ts';
import type { Settlement } from '../../../../src/model/settle/settlement.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import {
  configure,
  desiredFunctional,
  desiredUser,
  DISABLED,
  dnOf,
  existingFunctional,
  existingUser,
  idFor,
  indexOf,
  keyFor,
  mappedFunctional,
  mappedUser,
} from '../../../support/account-builder.ts';

interface Given {
  readonly mapped?: MappedAccount[];
  readonly existing?: ExistingAccount[];
  /** Default: whoever carries a key of the source is managed. */
  readonly baseline?: DesiredAccount[];
  readonly excluded?: MappedAccounts['excluded'];
  readonly options?: string;
}

function settle({ mapped = [], existing = [], excluded = [], options = '', ...given }: Given): Settlement {
  const baseline = given.baseline ?? existing.flatMap((account) => managedBy(account, mapped));
  return settleAccounts({
    configuration: configure(options),
    mapped: { accounts: mapped, excluded, exclusions: [], notes: [], emptyAttributes: [] },
    index: indexOf(...existing),
    baseline,
    bootstrap: false,
  });
}

function managedBy({ externalAccountId, address }: ExistingAccount, mapped: MappedAccount[]): DesiredAccount[] {
  return mapped.flatMap(({ account }) => (account.key === externalAccountId ? [{ ...account, address }] : []));
}

/** Of everything that is left out or open. */
function reasonsOf({ exclusions, open }: Settlement): string[] {
  return [...exclusions, ...open].map(({ reason }) => reason).sort();
}

function howOf({ settled }: Settlement): string[] {
  return settled.map(({ how, existing }) => `${how} ${existing?.address ?? '-'}`);
}

const noIds = { externalAccountId: null };

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

describe('a leaver whose address another entry claims', () => {
  const anna = mappedUser('anna', {}, DISABLED);
  const given = { existing: [existingUser('anna')], baseline: [desiredUser('anna')] };

  it.each([
    ['as its address', mappedUser('bas', { address: 'anna@company.org' })],
    ['as an alias', mappedUser('bas', { aliases: ['anna@company.org'] })],
    ['with its key', mappedUser('bas', { key: keyFor('anna') })],
  ])('stays as it is, loudly, if one in use claims it %s', (_case, other) => {
    const settlement = settle({ mapped: [anna, other], ...given });
    expect(settlement.settled.filter(({ desired }) => desired.key === keyFor('anna'))).toEqual([]);
    expect(settlement.held).toEqual([desiredUser('anna')]);
    const told = settlement.open.filter(({ keepsAccess }) => keepsAccess);
    expect(told).toMatchObject([{ address: 'anna@company.org', entry: dnOf('anna'), zivverId: idFor('anna') }]);
  });

  it.each([
    ['its address', mappedUser('bas', { address: 'anna@company.org' }, DISABLED)],
    ['its key', mappedUser('bas', { key: keyFor('anna') }, DISABLED)],
  ])('is suspended if all who claim %s are disabled', (_case, other) => {
    const { settled, open } = settle({ mapped: [anna, other], ...given });
    expect(settled.map(({ desired }) => desired)).toMatchObject([{ key: keyFor('anna'), active: false }]);
    expect(open).toEqual([]);
  });

  it('is suspended if only an alias of it is claimed', () => {
    const leaver = mappedUser('anna', { aliases: ['a@company.org'] }, DISABLED);
    const mapped = [leaver, mappedUser('bas', { aliases: ['a@company.org'] })];
    const { settled } = settle({ mapped, existing: [existingUser('anna'), existingUser('bas')] });
    expect(settled.find(({ desired }) => desired.key === keyFor('anna'))?.desired).toMatchObject({ active: false });
  });
});

describe('a hand-over', () => {
  const options = (from: string, to: string) =>
    `handovers: [{ from: ${keyFor(from)}, to: ${keyFor(to)}, reason: rehired }]`;
  const given = { existing: [existingUser('old')], baseline: [desiredUser('old')] };
  const heir = mappedUser('new', { address: 'old@company.org' });

  it('gives the account to the entry with the other key; nothing is left of the old one', () => {
    const settlement = settle({ mapped: [heir], ...given, options: options('old', 'new') });
    expect(howOf(settlement)).toEqual(['handed-over old@company.org']);
    expect(settlement).toMatchObject({ missing: [], held: [], gone: [], open: [], notes: [] });
    expect([...settlement.handedOver]).toEqual([keyFor('old')]);
    expect(settlement.settled.map(({ isAdopted }) => isAdopted)).toEqual([false]);
  });

  it('leaves out the entry that had the account, if it is disabled', () => {
    const former = mappedUser('old', {}, DISABLED);
    const settlement = settle({ mapped: [heir, former], ...given, options: options('old', 'new') });
    expect(howOf(settlement)).toEqual(['handed-over old@company.org']);
    expect(reasonsOf(settlement)).toContain('handed-over');
  });

  it('is not carried out while the entry that has the account is in use, nor without an entry that gets it', () => {
    const inUse = settle({ mapped: [heir, mappedUser('old')], ...given, options: options('old', 'new') });
    expect(inUse.settled.map(({ desired }) => desired.key)).toEqual([keyFor('old')]);
    expect(inUse.notes).toEqual([expect.stringMatching(/is in use/)]);
    const nobody = settle({ mapped: [], ...given, options: options('old', 'new') });
    expect(nobody.missing.map(({ key }) => key)).toEqual([keyFor('old')]);
    expect(nobody.notes).toEqual([expect.stringMatching(/no source has an entry/)]);
  });
});

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

describe('what is not in the sources any more', () => {
  it('is missing if it is managed and in Zivver, and gone if it is in neither', () => {
    const baseline = [desiredUser('anna'), desiredUser('bas')];
    const settlement = settle({ existing: [existingUser('anna')], baseline });
    expect(settlement.missing.map(({ key }) => key)).toEqual([keyFor('anna')]);
    expect(settlement.gone.map(({ key }) => key)).toEqual([keyFor('bas')]);
  });

  it('is unmanaged if the branch has no file for it', () => {
    const existing = [existingUser('anna'), existingFunctional('info')];
    expect(settle({ existing }).unmanaged).toEqual(existing);
    expect(settle({ existing }).missing).toEqual([]);
  });

  it('is missing too with unmanaged: missing, if it is an active user of whom nobody is in doubt', () => {
    const options = 'users: { unmanaged: missing }';
    const existing = [existingUser('anna', noIds), existingUser('off', { active: false }), existingFunctional('info')];
    expect(settle({ existing, options }).missing.map(({ existing: { address } }) => address)).toEqual([
      'anna@company.org',
    ]);
    const doubtful = [
      mappedUser('a', { aliases: ['anna@company.org'] }),
      mappedUser('b', { aliases: ['anna@company.org'] }),
    ];
    expect(settle({ existing, options, mapped: doubtful }).missing).toEqual([]);
  });

  it('is spared with unmanaged: missing if it carries the key of somebody in doubt', () => {
    const doubtful = [
      mappedUser('anna', { address: 'x@company.org' }),
      mappedUser('bas', { address: 'x@company.org' }),
    ];
    const existing = [existingUser('anna')];
    expect(settle({ existing, mapped: doubtful, options: 'users: { unmanaged: missing }' }).missing).toEqual([]);
  });

  it('is held if its entry can be seen but not understood', () => {
    const held = {
      key: keyFor('anna'),
      effect: 'held',
      reason: null,
      evidence: { source: 'office', lookup: 'selection', entry: dnOf('anna'), attribute: 'name', value: null },
      exclusion: { source: 'office', subject: dnOf('anna'), address: null, reason: 'no-name', detail: 'name is empty' },
    } as const;
    const settlement = settle({ existing: [existingUser('anna')], baseline: [desiredUser('anna')], excluded: [held] });
    expect(settlement.held).toEqual([desiredUser('anna')]);
    expect(settlement.missing).toEqual([]);
  });

  it('has a file that follows a rename by hand, so that its name never is that of another', () => {
    const mapped = [mappedUser('anna'), mappedUser('bas', { key: keyFor('anna') })];
    const existing = [existingUser('anna', { address: 'renamed@company.org' })];
    const settlement = settle({ existing, mapped, baseline: [desiredUser('anna')] });
    expect(settlement.held.map(({ address }) => address)).toEqual(['renamed@company.org']);
  });

  it('gives up its file to a new account of that name if Zivver has none for it', () => {
    const mapped = [
      mappedUser('anna', { address: 'held@company.org' }),
      mappedUser('new', { address: 'anna@company.org' }),
    ];
    const existing = [existingUser('holder', { address: 'held@company.org' })];
    const baseline = [desiredUser('anna'), desiredUser('holder', { address: 'held@company.org' })];
    const settlement = settle({ existing, mapped, baseline });
    expect(settlement.settled.map(({ desired }) => desired.address)).toEqual(['anna@company.org']);
    expect([settlement.held, settlement.gone.map(({ key }) => key)]).toEqual([[], [keyFor('anna')]]);
  });

  it("is not found by an address that is now another one's", () => {
    const existing = [existingUser('bas', { address: 'anna@company.org' })];
    const settlement = settle({ existing, baseline: [desiredUser('anna')] });
    expect(settlement.missing).toEqual([]);
    expect(settlement.unmanaged.map(({ zivverId }) => zivverId)).toEqual([idFor('bas')]);
  });

  it('of another kind is not its account', () => {
    const existing = [existingUser('info', noIds)];
    expect(settle({ existing, baseline: [desiredFunctional('info')] }).missing).toEqual([]);
  });
});

describe('adoption', () => {
  const found = { aliases: ['old@company.org'], delegates: ['bas@company.org'], mobile: '+31612345678' };
  const existing = [existingUser('anna', { ...found, externalAccountId: 'of another program' }), existingUser('bas')];
  const wanted = { fullName: 'Anna B', aliases: ['new@company.org'], delegates: [], division: 'north' };

  it('desires what Zivver has, as far as the source gives it, and binds the account by its id', () => {
    const [settled] = settle({ mapped: [mappedUser('anna', wanted, DISABLED)], existing, baseline: [] }).settled;
    expect(settled).toMatchObject({ how: 'address', isAdopted: true });
    expect(settled?.desired).toEqual({
      kind: 'user',
      key: keyFor('anna'),
      zivverId: idFor('anna'),
      address: 'anna@company.org',
      fullName: 'anna',
      active: true,
      aliases: ['old@company.org'],
      delegates: ['bas@company.org'],
      division: '/',
    });
  });

  it('is over once there is a desired file, however the account is called by then', () => {
    const baseline = [desiredUser('anna', { zivverId: idFor('anna') })];
    const moved = [existingUser('anna', { externalAccountId: 'of another program', address: 'moved@company.org' })];
    const [settled] = settle({ mapped: [mappedUser('anna', wanted)], existing: moved, baseline }).settled;
    expect(settled).toMatchObject({ how: 'recorded-id', isAdopted: false, desired: { fullName: 'Anna B' } });
  });

  it('takes no account that is recorded for somebody else', () => {
    const baseline = [desiredUser('bas', { address: 'was.bas@company.org', zivverId: idFor('anna') })];
    const mapped = [mappedUser('anna'), mappedUser('bas')];
    const settlement = settle({ mapped, existing: [existingUser('anna', noIds)], baseline });
    expect(settlement.settled.map(({ how, desired }) => `${how} ${desired.key}`)).toEqual(
      [`recorded-id ${keyFor('bas')}`, `new ${keyFor('anna')}`].sort(),
    );
  });

  it.each([
    ['in the source', [mappedUser('anna')]],
    ['gone from the source', []],
  ])('leaves somebody alone whose key and recorded id are two accounts: %s', (_where, mapped) => {
    const baseline = [desiredUser('anna', { zivverId: idFor('bas') })];
    const two = [existingUser('anna'), existingUser('bas', noIds)];
    const settlement = settle({ mapped, existing: two, baseline });
    expect(settlement.settled).toEqual([]);
    expect(settlement.missing).toEqual([]);
    expect(settlement.held.map(({ key }) => key)).toEqual([keyFor('anna')]);
    expect(reasonsOf(settlement)).toEqual(['ambiguous']);
  });

  it('knows an account that was just created by the record of its creation', () => {
    const settlement = settleAccounts({
      configuration: configure(),
      mapped: { accounts: [mappedUser('anna')], excluded: [], exclusions: [], notes: [], emptyAttributes: [] },
      index: indexOf(existingUser('anna', { ...noIds, address: 'moved@company.org' })),
      baseline: [desiredUser('anna')],
      facts: { createdIds: new Map([[keyFor('anna'), idFor('anna')]]) },
      bootstrap: false,
    });
    expect(howOf(settlement)).toEqual(['recorded-id moved@company.org']);
  });
});
