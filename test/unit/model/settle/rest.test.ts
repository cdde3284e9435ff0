import { factAbout } from '../../../support/plan-builder.ts';
import { describe, expect, it } from 'vitest';
import {
  desiredFunctional,
  desiredUser,
  dnOf,
  existingFunctional,
  existingUser,
  idFor,
  keyFor,
  mappedUser,
} from '../../../support/account-builder.ts';
import { settle, noIds } from '../../../support/settle-builder.ts';

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
      exclusion: { source: 'office', subject: dnOf('anna'), address: null, reason: 'no-name', detail: factAbout('x') },
    } as const;
    const settlement = settle({ existing: [existingUser('anna')], baseline: [desiredUser('anna')], excluded: [held] });
    expect(settlement.held).toEqual([desiredUser('anna')]);
    expect(settlement.missing).toEqual([]);
  });

  it.each([
    ['no-address', 1],
    ['no-name', 1],
    ['unknown-state', 1],
    ['lost-rights', 1],
    ['unclaimed-address', 0],
    ['not-a-person', 0],
  ] as const)('is open if its entry can be seen, has no account and can get none: %s', (reason, count) => {
    const value = 'proxyAddresses = SMTP:rené@company.org';
    const held = {
      key: keyFor('rene'),
      effect: 'held',
      reason: null,
      evidence: { source: 'office', lookup: 'selection', entry: dnOf('rene'), attribute: 'proxyAddresses', value },
      exclusion: { source: 'office', subject: dnOf('rene'), address: null, reason, detail: factAbout(value) },
    } as const;
    const told = { reason, entry: dnOf('rene'), key: keyFor('rene'), zivverId: null, keepsAccess: false };
    expect(settle({ excluded: [held] }).open).toMatchObject(Array.from({ length: count }, () => told));
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
