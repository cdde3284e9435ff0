import { describe, expect, it } from 'vitest';
import type { ExistingAccount } from '../../../../src/model/account/account.ts';
import { isDelegatesBetween } from '../../../../src/operations/apply/delegates-between.ts';
import { differences, judgePrecondition } from '../../../../src/operations/apply/precondition.ts';
import { assessChanges } from '../../../../src/operations/apply/replay.ts';
import { LiveTarget } from '../../../../src/operations/apply/live-target.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { contestedAddresses } from '../../../../src/model/change/release.ts';
import { buildRenames, renamesOf } from '../../../../src/model/change/renames.ts';
import {
  addressOf,
  existingFunctional,
  existingUser,
  idFor,
  indexOf,
  keyFor,
} from '../../../support/account-builder.ts';
import { buildChange, buildCreation } from '../../../support/plan-builder.ts';
import { anna, CHANGES, of, STATES, TABLE, witness } from '../../../support/precondition-table.ts';

function judge(change: Change, existing: readonly ExistingAccount[], plan: readonly Change[] = [change]): string {
  const common = { contested: contestedAddresses(plan), renames: renamesOf(plan) };
  return judgePrecondition({ change, index: indexOf(...existing), ...common }).verdict;
}

describe('judgePrecondition', () => {
  const cells = Object.entries(TABLE).flatMap(([action, row]) =>
    Object.entries(row).map(([state, verdict]) => ({ action, state, verdict })),
  );

  it('has a verdict for every action in every state', () => {
    expect(cells.length).toBe(Object.keys(CHANGES).length * Object.keys(STATES).length);
  });

  it.each(cells)('says of $action while Zivver is $state: $verdict', ({ action, state, verdict }) => {
    expect(judge(CHANGES[action] as Change, STATES[state] ?? [])).toBe(verdict);
  });

  it('sends the key again where Zivver returns none: it stands for the SSO key too', () => {
    const after = { externalAccountId: keyFor('anna') };
    const adopt = buildChange({ address: anna, ...of, before: { externalAccountId: null }, after });
    expect(judge(adopt, [existingUser('anna', { externalAccountId: null })])).toBe('ready');
    expect(judge(adopt, [existingUser('anna')])).toBe('already-applied');
    expect(judge(adopt, [existingUser('anna', { externalAccountId: 'other' })])).toBe('conflicted');
  });

  it('takes an account for created by this plan by its name only where Zivver returns no keys', () => {
    const create = CHANGES['create'] as Change;
    const existing = existingUser('anna', { zivverId: 'new', fullName: 'Anna', externalAccountId: null });
    expect(judge(create, [existing])).toBe('already-applied');
    expect(judge(create, [existing, witness])).toBe('conflicted');
  });

  it('takes no account for created by this plan that has the address as an alias, or is of the other kind', () => {
    const create = CHANGES['create'] as Change;
    const ours = { externalAccountId: create.key };
    expect(judge(create, [existingUser('x', { ...ours, fullName: 'Anna', aliases: [anna] })])).toBe('conflicted');
    expect(judge(create, [existingFunctional('anna', { ...ours, fullName: 'Anna' })])).toBe('conflicted');
  });

  it('takes nobody of another name for created by this plan where Zivver returns no keys', () => {
    const create = CHANGES['create'] as Change;
    const stranger = existingUser('anna', { zivverId: 'new', fullName: 'Somebody', externalAccountId: null });
    const plan = { contested: new Set<string>(), renames: renamesOf([create]) };
    const judged = judgePrecondition({ change: create, index: indexOf(stranger), ...plan });
    expect(judged).toEqual({ verdict: 'conflicted', detail: expect.stringContaining('has appeared in Zivver') });
  });

  it('creates at an address that this very plan takes from somebody, whoever has it still', () => {
    const create = CHANGES['create'] as Change;
    const judgeFreed = (holder: ExistingAccount) =>
      judgePrecondition({
        change: create,
        index: indexOf(holder, witness),
        contested: new Set([anna]),
        renames: renamesOf([create]),
      }).verdict;
    expect(judgeFreed(existingUser('stranger', { address: anna, fullName: 'Anna' }))).toBe('ready');
    expect(judgeFreed(existingUser('stranger', { aliases: [anna], fullName: 'Anna' }))).toBe('ready');
  });

  it('takes nobody of the same name for created who has the address as an alias, where Zivver returns no keys', () => {
    const create = CHANGES['create'] as Change;
    const namesake = existingUser('x', { aliases: [anna], fullName: 'Anna', externalAccountId: null });
    const plan = { contested: new Set([anna]), renames: renamesOf([create]) };
    expect(judgePrecondition({ change: create, index: indexOf(namesake), ...plan }).verdict).toBe('ready');
  });

  it.each(['update', 'suspend', 'delete'])('leaves alone what cannot be read: %s', (action) => {
    const unreadable = existingUser('anna', { malformed: 'two addresses' });
    expect(judge(CHANGES[action] as Change, [unreadable])).toBe('conflicted');
  });

  it('sees every other difference where Zivver returns no keys', () => {
    const after = { fullName: 'Anna', externalAccountId: keyFor('anna') };
    const adopt = buildChange({ address: anna, ...of, before: { fullName: 'anna', externalAccountId: null }, after });
    const found = existingUser('anna', { externalAccountId: null });
    const given = { index: indexOf(found), renames: renamesOf([]) };
    expect(differences(adopt, found, given)).toEqual(['fullName']);
    expect(differences(adopt, found, { ...given, index: indexOf(found, witness) })).toEqual([
      'fullName',
      'externalAccountId',
    ]);
  });

  it('sends a single sign-on key to whoever is otherwise as wanted: nobody can see whether it is there', () => {
    const pair = { before: { fullName: 'a', signOnKey: 'unknown' }, after: { fullName: 'anna', signOnKey: 'mail' } };
    const replace = buildChange({ address: anna, ...of, ...pair, sealed: true });
    expect(judge(replace, [existingUser('anna')])).toBe('ready');
    expect(judge(replace, [existingUser('anna', { fullName: 'b' })])).toBe('conflicted');
    const pairOfErasure = {
      before: { fullName: 'a', signOnKey: 'mail' },
      after: { fullName: 'anna', signOnKey: null },
    };
    expect(judge(buildChange({ address: anna, ...of, ...pairOfErasure }), [existingUser('anna')])).toBe(
      'already-applied',
    );
  });

  it('goes on with a creation of which Zivver refused some aliases', () => {
    const aliases = ['a', 'b'].map(addressOf);
    const create = buildCreation(
      anna,
      { fullName: 'Anna', aliases, externalAccountId: keyFor('anna') },
      { key: of.key },
    );
    const made = (...has: string[]): ExistingAccount => existingUser('anna', { fullName: 'Anna', aliases: has });
    expect(judge(create, [made(aliases[0] ?? '')])).toBe('ready');
    expect(judge(create, [made(addressOf('foreign'))])).toBe('conflicted');
  });

  it('goes on with a creation whose delegates are still to come', () => {
    const after = { address: anna, fullName: 'Anna', active: true, delegates: [addressOf('bas')] };
    const create = buildChange({
      address: anna,
      action: 'create',
      key: keyFor('anna'),
      after: { ...after, externalAccountId: keyFor('anna') },
    });
    expect(judge(create, [existingUser('anna', { fullName: 'Anna' }), existingUser('bas')])).toBe('ready');
    expect(judge(create, [existingUser('anna', { fullName: 'Other' }), existingUser('bas')])).toBe('conflicted');
  });

  it('goes on with an account that this plan has renamed already', () => {
    const move = buildChange({
      address: anna,
      ...of,
      before: { address: anna, fullName: 'anna' },
      after: { address: addressOf('new'), fullName: 'Anna' },
    });
    const renamed = { address: addressOf('new') };
    expect(judge(move, [existingUser('anna', renamed)])).toBe('ready');
    expect(judge(move, [existingUser('anna', { ...renamed, fullName: 'Anna' })])).toBe('already-applied');
    expect(judge(move, [existingUser('anna', { address: addressOf('third') })])).toBe('conflicted');
  });

  it('knows what one of its own requests leaves half-way', () => {
    const aliases = (...names: string[]) => names.map(addressOf);
    const give = buildChange({
      address: anna,
      ...of,
      before: { aliases: aliases('a', 'b', 'c') },
      after: { aliases: aliases('c', 'd') },
    });
    const found = (...names: string[]) => judge(give, [existingUser('anna', { aliases: aliases(...names) })]);
    expect(found('a', 'b', 'c')).toBe('ready');
    expect(found('c')).toBe('ready');
    expect(found('a', 'c')).toBe('ready');
    expect(found('c', 'd')).toBe('already-applied');
    expect(found('a', 'b')).toBe('conflicted');
    expect(found('c', 'foreign')).toBe('conflicted');
  });

  it('knows that the holder of a new address will be renamed by this very plan', () => {
    const create = CHANGES['create'] as Change;
    const move = buildChange({
      address: anna,
      zivverId: idFor('old'),
      before: { address: anna },
      after: { address: addressOf('new') },
    });
    const holder = existingUser('old', { address: anna, fullName: 'Anna', externalAccountId: null });
    expect(judge(create, [holder], [create, move])).toBe('ready');
    expect(judge(create, [holder], [create])).toBe('already-applied');
  });

  it('knows members by who they are, before and after others are renamed', () => {
    const rename = buildChange({
      address: addressOf('bas'),
      zivverId: idFor('bas'),
      before: { address: addressOf('bas') },
      after: { address: addressOf('zoe') },
    });
    const team = buildChange({
      address: addressOf('team'),
      kind: 'functional',
      zivverId: idFor('team'),
      before: { members: [anna, addressOf('zoe')] },
      after: { members: [addressOf('zoe')] },
    });
    const info = existingFunctional('team', { memberIds: [idFor('anna'), idFor('bas')] });
    for (const address of ['bas', 'zoe'].map(addressOf))
      expect(judge(team, [info, existingUser('anna'), existingUser('bas', { address })], [rename, team])).toBe('ready');
    const impostor = [
      existingUser('bas', { address: addressOf('x') }),
      existingUser('other', { address: addressOf('bas') }),
    ];
    const infiltrated = existingFunctional('team', { memberIds: [idFor('anna'), idFor('other')] });
    expect(judge(team, [infiltrated, existingUser('anna'), ...impostor], [rename, team])).toBe('conflicted');
  });

  it('lets delegates follow the renames of the plan, or not', () => {
    const renames = ['bas', 'carla'].map((name) =>
      buildChange({
        address: addressOf(name),
        zivverId: idFor(name),
        before: { address: addressOf(name) },
        after: { address: addressOf(`${name}2`) },
      }),
    );
    const list = (...names: string[]): string[] => names.map(addressOf);
    const boss = buildChange({
      address: anna,
      ...of,
      before: { delegates: list('bas', 'carla') },
      after: { delegates: list('bas2', 'carla2') },
    });
    const plan = [...renames, boss];
    const found = (...names: string[]): string =>
      judge(
        boss,
        [existingUser('anna', { delegates: list(...names) }), existingUser('bas'), existingUser('carla')],
        plan,
      );
    expect(found('bas', 'carla')).toBe('ready');
    expect(found('bas2', 'carla')).toBe('ready');
    expect(found('bas2', 'carla2'), 'the renames are still to come').toBe('ready');
    expect(found('bas')).toBe('conflicted');
    expect(found('bas', 'carla', 'spy')).toBe('conflicted');
  });
});

describe('isDelegatesBetween', () => {
  const renames = buildRenames([{ zivverId: '1', from: 'a', to: 'b' }]);

  it.each([
    [['a'], ['a'], true],
    [['b'], ['a'], true],
    [['a'], ['b'], true],
    [[], [], true],
    [[], ['a'], false],
    [['a'], [], false],
    [['c'], ['a'], false],
    [['a', 'c'], ['b', 'c'], true],
  ])('of %j and %j is %s', (now, before, verdict) => {
    expect(isDelegatesBetween(now, before, renames)).toBe(verdict);
  });
});

describe('assessChanges', () => {
  async function assess(changes: readonly Change[], users: ExistingAccount[]) {
    const lists = { users: users.filter((user) => user.kind === 'user'), functional: [] };
    const reader = {
      readAccounts: async () => lists,
      findByAddress: async () => undefined,
      findById: async () => undefined,
    };
    const target = new LiveTarget(reader, () => 0);
    await target.refresh();
    return assessChanges(changes, target);
  }

  it.each(['suspend', 'delete'])('calls a conflicted %s stale: it stops everything', async (action) => {
    const { stale } = await assess(
      [CHANGES[action] as Change],
      [existingUser('anna', { address: addressOf('elsewhere') })],
    );
    expect(stale.length).toBe(1);
  });

  it('of what is done already names the account, and never calls it stale', async () => {
    const done = await assess([CHANGES['suspend'] as Change], [existingUser('anna', { active: false })]);
    expect(done.stale).toEqual([]);
    expect(done.settled).toMatchObject([{ status: 'already-applied', zivverId: idFor('anna') }]);
    const gone = await assess([CHANGES['delete'] as Change], [existingUser('bas')]);
    expect(gone.settled).toMatchObject([{ status: 'already-applied', zivverId: null }]);
  });

  it('lets other conflicts be reported one by one', async () => {
    const { stale, settled, ready } = await assess([CHANGES['update'] as Change], []);
    expect([stale.length, settled.map(({ status }) => status), ready.size]).toEqual([0, ['conflicted'], 0]);
  });
});
