import { describe, expect, it } from 'vitest';
import type { ExistingAccount } from '../../../../src/model/account/account.ts';
import { diffAccount, type DiffOptions } from '../../../../src/model/plan/diff.ts';
import { buildRenames, type Rename } from '../../../../src/model/change/renames.ts';
import type { SettledAccount } from '../../../../src/model/settle/settlement.ts';
import {
  DISABLED,
  existingFunctional,
  existingUser,
  idFor,
  indexOf,
  keyFor,
  mappedFunctional,
  mappedUser,
  settle,
} from '../../../support/account-builder.ts';

interface Given {
  readonly others?: ExistingAccount[];
  readonly renames?: Rename[];
  readonly options?: Partial<DiffOptions>;
}

function diff(settled: SettledAccount, { others = [], renames = [], options = {} }: Given = {}) {
  const index = indexOf(...(settled.existing ? [settled.existing] : []), ...others);
  const base = { ssoEnabled: true, bootstrap: false, wasActive: () => false, diffSignOn: () => null };
  return diffAccount(settled, { index, renames: buildRenames(renames), ...base, ...options });
}

function rename(name: string, to: string): Rename {
  return { zivverId: idFor(name), from: `${name}@company.org`, to };
}

const same = { aliases: [], mobile: '+31612345678', division: 'north', delegates: [] };
const existing = existingUser('anna', same);

describe('diffAccount', () => {
  it('finds nothing where nothing differs, whatever the order of lists', () => {
    const lists = { aliases: ['b@company.org', 'a@company.org'] };
    const sorted = { aliases: ['a@company.org', 'b@company.org'] };
    expect(
      diff(settle(mappedUser('anna', { ...same, ...sorted }), existingUser('anna', { ...same, ...lists }))),
    ).toBeNull();
  });

  it('shows an account that passes to another key, also where nothing else differs', () => {
    const former = existingUser('anna', { ...same, externalAccountId: keyFor('former') });
    const change = diff(settle(mappedUser('anna', same), former, 'handed-over'));
    expect(change).toMatchObject({
      action: 'update',
      reason: 'handed-over',
      before: { externalAccountId: keyFor('former') },
      after: { externalAccountId: keyFor('anna') },
      sealed: true,
    });
  });

  it('sends the single sign-on key, and no mark, with a suspension that gives an alias up', () => {
    const unmarked = existingUser('anna', { ...same, aliases: ['a@company.org'], externalAccountId: null });
    const change = diff(settle(mappedUser('anna', { ...same, aliases: [] }, DISABLED), unmarked));
    expect(change).toMatchObject({ action: 'suspend', sealed: true });
    expect(change?.after).toEqual({ active: false, aliases: [] });
  });

  it('leaves alone what is not managed', () => {
    expect(diff(settle(mappedUser('anna'), existingUser('anna', { ...same, aliases: ['x@company.org'] })))).toBeNull();
  });

  it.each([
    [{ fullName: 'Anna' }, { fullName: 'anna' }, 'attributes', false],
    [{ address: 'a@company.org' }, { address: 'anna@company.org' }, 'renamed', false],
    [{ mobile: '+31687654321' }, { mobile: '+31612345678' }, 'attributes', false],
    [{ division: 'south' }, { division: 'north' }, 'attributes', false],
    [{ aliases: ['a@company.org'] }, { aliases: [] }, 'attributes', true],
    [{ delegates: ['bas@company.org'] }, { delegates: [] }, 'attributes', true],
  ])('touches only %j, and seals the SSO key if Zivver would erase it', (after, before, reason, sealed) => {
    const change = diff(settle(mappedUser('anna', { ...same, ...after }), existing), { others: [existingUser('bas')] });
    expect(change).toMatchObject({ action: 'update', reason, sealed, before, after, address: 'anna@company.org' });
    expect(Object.keys(change?.after ?? {})).toEqual(Object.keys(after));
  });

  it('seals nothing without single sign-on', () => {
    const settled = settle(mappedUser('anna', { ...same, aliases: ['a@company.org'] }), existing);
    expect(diff(settled, { options: { ssoEnabled: false } })?.sealed).toBe(false);
  });

  it('creates with everything, the key and the SSO key', () => {
    const change = diff(settle(mappedUser('anna', same), null));
    expect(change).toMatchObject({ action: 'create', reason: 'new', zivverId: null, before: {}, sealed: true });
    expect(change?.after).toEqual({
      address: 'anna@company.org',
      fullName: 'anna',
      active: true,
      ...same,
      externalAccountId: keyFor('anna'),
    });
    expect(diff(settle(mappedFunctional('info'), null))?.sealed).toBe(false);
  });

  it('suspends with the reason and the evidence of the source, and nothing else', () => {
    const change = diff(settle(mappedUser('anna', { ...same, fullName: 'Other' }, DISABLED), existing));
    expect(change).toMatchObject({
      action: 'suspend',
      reason: 'disabled',
      sealed: false,
      evidence: { attribute: 'userAccountControl', value: '514', entry: 'CN=anna,OU=Staff,DC=company,DC=org' },
    });
    expect(change?.after).toEqual({ active: false });
  });

  it.each([
    [[], 'returned'],
    [[keyFor('anna')], 'suspended-outside'],
  ])('reactivates, and tells who suspended (active on the branch: %j)', (wasActive, reason) => {
    const options = { wasActive: (key: string) => wasActive.includes(key) };
    const change = diff(settle(mappedUser('anna', same), { ...existing, active: false }), { options });
    expect(change).toMatchObject({ action: 'reactivate', reason, sealed: true, after: { active: true } });
  });

  it('writes nothing when an account is adopted', () => {
    const adopted = {
      ...settle(mappedUser('anna', { ...same, fullName: 'Anna' }, DISABLED), existing),
      isAdopted: true,
      isRecordOnly: true,
    };
    expect(diff(adopted)).toBeNull();
  });

  it('takes no division and / for the same', () => {
    const settled = settle(mappedUser('anna', { ...same, division: '/' }), { ...existing, division: null });
    expect(diff(settled)).toBeNull();
  });

  describe('and the key in Zivver', () => {
    const without = existingUser('anna', { ...same, externalAccountId: null });

    it('is not worth a write of its own', () => {
      expect(diff(settle(mappedUser('anna', same), without), { others: [existingUser('bas')] })).toBeNull();
      const renamed = settle(mappedUser('anna', { ...same, fullName: 'Anna' }), without);
      expect(diff(renamed)?.after).toEqual({ fullName: 'Anna' });
    });

    it('travels with what sends the extension anyway, also over that of another program', () => {
      const foreign = { ...without, externalAccountId: 'id of another program' };
      for (const existing of [without, foreign])
        expect(diff(settle(mappedUser('anna', { ...same, aliases: ['a@company.org'] }), existing))).toMatchObject({
          sealed: true,
          before: { externalAccountId: existing.externalAccountId },
          after: { aliases: ['a@company.org'], externalAccountId: keyFor('anna') },
        });
    });
  });
});

describe('members', () => {
  const info = existingFunctional('info', { memberIds: [idFor('anna'), 'nobody'] });
  const team = (...members: string[]) => settle(mappedFunctional('info', { members }), info);

  it('that are in no list count for nothing', () => {
    expect(diff(team('anna@company.org'), { others: [existingUser('anna')] })).toBeNull();
  });

  it('that only get another address are no change', () => {
    const given = { others: [existingUser('anna')], renames: [rename('anna', 'zoe@company.org')] };
    expect(diff(team('zoe@company.org'), given)).toBeNull();
  });

  it('are a change if their address goes to another, though the list reads the same', () => {
    const given = {
      others: [existingUser('anna'), existingUser('bas')],
      renames: [rename('anna', 'zoe@company.org'), rename('bas', 'anna@company.org')],
    };
    expect(diff(team('anna@company.org'), given)).toMatchObject({
      before: { members: ['zoe@company.org'] },
      after: { members: ['anna@company.org'] },
    });
  });
});

describe('delegates', () => {
  const boss = existingUser('boss', { delegates: ['anna@company.org'] });
  const settled = (...delegates: string[]) => settle(mappedUser('boss', { delegates }), boss);

  it('that get another address are sent again: nobody knows whether Zivver follows', () => {
    const given = { others: [existingUser('anna')], renames: [rename('anna', 'zoe@company.org')] };
    expect(diff(settled('zoe@company.org'), given)).toMatchObject({
      before: { delegates: ['anna@company.org'] },
      after: { delegates: ['zoe@company.org'] },
    });
  });

  it('are a change if their address goes to another, though the list reads the same', () => {
    const given = {
      others: [existingUser('anna'), existingUser('bas')],
      renames: [rename('anna', 'zoe@company.org'), rename('bas', 'anna@company.org')],
    };
    expect(diff(settled('anna@company.org'), given)).toMatchObject({
      before: { delegates: ['zoe@company.org'] },
      after: { delegates: ['anna@company.org'] },
    });
  });
});

describe('the id of a change', () => {
  it('follows from its content alone', () => {
    const change = diff(settle(mappedUser('anna', { ...same, fullName: 'Anna' }), existing));
    const again = diff(settle(mappedUser('anna', { ...same, fullName: 'Anna' }), existing));
    const other = diff(settle(mappedUser('anna', { ...same, fullName: 'Bea' }), existing));
    expect(change?.id).toMatch(/^[0-9a-f]{10}$/);
    expect(change?.id).toBe(again?.id);
    expect(change?.id).not.toBe(other?.id);
  });
});
