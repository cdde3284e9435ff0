import { expect, it } from 'vitest';
import type { ExistingUser } from '../../../../src/model/account/account.ts';
import type { AccountReader } from '../../../../src/model/account/target.ts';
import { LiveTarget } from '../../../../src/operations/apply/live-target.ts';
import { addressOf, existingUser, idFor } from '../../../support/account-builder.ts';

const AGE_MS = 300_000;

function start(...lists: ExistingUser[][]) {
  const state = { now: 1_000_000, reads: 0, found: undefined as ExistingUser | undefined };
  const reader: AccountReader = {
    readAccounts: () =>
      Promise.resolve({ users: lists[Math.min(state.reads++, lists.length - 1)] ?? [], functional: [] }),
    findByAddress: () => Promise.resolve(state.found),
    findById: () => Promise.resolve(state.found),
  };
  return { state, target: new LiveTarget(reader, () => state.now) };
}

it('lists are read again when they are older than they may be, and not a moment before', async () => {
  const { state, target } = start([existingUser('anna')], [existingUser('bas')]);
  await target.refresh();
  state.now += AGE_MS;
  expect(await target.refreshIfOlder(AGE_MS)).toBe(false);
  expect(state.reads).toBe(1);
  expect(target.index.byAddress(addressOf('anna'))).toBeDefined();
  state.now += 1;
  expect(await target.refreshIfOlder(AGE_MS)).toBe(true);
  expect(state.reads).toBe(2);
  expect(target.index.byAddress(addressOf('anna'))).toBeUndefined();
  expect(await target.refreshIfOlder(AGE_MS)).toBe(false);
  expect(state.reads).toBe(2);
});

it('lists that were never read are too old', async () => {
  const { state, target } = start([]);
  expect(await target.refreshIfOlder(AGE_MS)).toBe(true);
  expect(state.reads).toBe(1);
});

it('what a look finds is known from then on, and what it does not find by its id is forgotten', async () => {
  const { state, target } = start([existingUser('anna')]);
  await target.refresh();
  state.found = existingUser('bas');
  expect(await target.findByAddress('user', addressOf('bas'))).toBe(state.found);
  expect(target.index.byId(idFor('bas'))).toBe(state.found);
  state.found = existingUser('anna', { fullName: 'Anna' });
  expect(await target.findById('user', idFor('anna'))).toBe(state.found);
  expect(target.index.byId(idFor('anna'))).toBe(state.found);
  state.found = undefined;
  expect(await target.findByAddress('user', addressOf('anna'))).toBeUndefined();
  expect(target.index.byId(idFor('anna'))).toBeDefined();
  expect(await target.findById('user', idFor('anna'))).toBeUndefined();
  expect(target.index.byId(idFor('anna'))).toBeUndefined();
});
