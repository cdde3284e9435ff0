import { describe, expect, it } from 'vitest';
import type { ExistingAccount } from '../../../../src/model/account/account.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { effectOf } from '../../../../src/model/change/effect.ts';
import { judgeProtected } from '../../../../src/model/plan/protection.ts';
import { addressOf, configure, existingUser, idFor, indexOf } from '../../../support/account-builder.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildSuspension,
  type ChangeParts,
} from '../../../support/plan-builder.ts';

const GUARDED = configure('protected: { addresses: [boss@company.org, info@company.org] }');
const boss = addressOf('boss');
const info = addressOf('info');

function isRefused(change: Change, ...accounts: ExistingAccount[]): boolean {
  const index = accounts.length === 0 ? null : indexOf(...accounts);
  const context = { configuration: GUARDED, now: new Date('2026-11-23T10:00:00.000Z'), index };
  const [finding, ...others] = judgeProtected([{ change, effect: effectOf(change) }], context);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ rule: 'protected', subject: null, limit: 0, of: 2 });
  expect(finding?.observed).toBe(finding?.verdict === 'exceeded' ? 1 : 0);
  return finding?.verdict === 'exceeded';
}

const box = (parts: Partial<ChangeParts>): Change => buildChange({ address: info, kind: 'functional', ...parts });

describe('a protected account', () => {
  it.each<[string, Change]>([
    ['suspended', buildSuspension(boss)],
    ['deleted', buildDeletion(boss)],
    ['renamed', buildChange({ address: boss, before: { address: boss }, after: { address: 'b@x' } })],
    ['read by somebody new', buildChange({ address: boss, before: { delegates: [] }, after: { delegates: ['b@x'] } })],
    ['emptied', box({ before: { members: ['b@x'] }, after: { members: [] } })],
  ])('is not %s', (_case, change) => {
    expect(isRefused(change)).toBe(true);
  });

  it.each<[string, Change]>([
    ['be called otherwise', buildChange({ address: boss, before: { fullName: 'a' }, after: { fullName: 'b' } })],
    ['lose a reader', buildChange({ address: boss, before: { delegates: ['b@x'] }, after: { delegates: [] } })],
    ['have other members', box({ before: { members: ['b@x'] }, after: { members: ['c@x'] } })],
    ['be created, with readers', buildCreation(boss, { delegates: ['b@x'] })],
  ])('may %s', (_case, change) => {
    expect(isRefused(change)).toBe(false);
  });

  it('is known by all addresses that it has in Zivver, whatever a plan calls it', () => {
    const suspension = buildSuspension('new@x', { zivverId: idFor('someone') });
    expect(isRefused(suspension, existingUser('someone', { address: boss }))).toBe(true);
    expect(isRefused(suspension, existingUser('someone', { aliases: [boss] }))).toBe(true);
    expect(isRefused(suspension, existingUser('someone'))).toBe(false);
    expect(isRefused(suspension)).toBe(false);
    expect(isRefused(buildCreation('new@x'), existingUser('someone', { aliases: [boss] }))).toBe(false);
  });

  it('keeps its protected address, also where it is only an alias', () => {
    const robbed = buildChange({ address: 'a@x', before: { aliases: ['c@x', boss] }, after: { aliases: ['c@x'] } });
    const other = buildChange({ address: 'a@x', before: { aliases: ['c@x', boss] }, after: { aliases: [boss] } });
    expect(isRefused(robbed)).toBe(true);
    expect(isRefused(other)).toBe(false);
  });
});

it('administrators are protected too, and without anybody protected there is nothing to tell', () => {
  const change = buildSuspension(boss);
  const judge = (settings: string) =>
    judgeProtected([{ change, effect: effectOf(change) }], {
      configuration: configure(settings),
      now: new Date('2026-11-23T10:00:00.000Z'),
      index: null,
    });
  expect(judge('protected: { administrators: [boss@company.org] }')).toMatchObject([{ verdict: 'exceeded', of: 1 }]);
  expect(judge('')).toEqual([]);
});
