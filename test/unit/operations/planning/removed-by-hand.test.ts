import { expect, test } from 'vitest';
import { LiveIndex } from '../../../../src/model/account/existing-index.ts';
import { tellRemoved } from '../../../../src/operations/planning/removed-by-hand.ts';
import { desiredUser, existingUser } from '../../../support/account-builder.ts';

const account = desiredUser('p012');
const index = new LiveIndex({ users: [existingUser('p012')], functional: [] });
const nobody = new LiveIndex({ users: [], functional: [] });

test('whoever is in no source and no desired file any more, but in Zivver, is told', () => {
  const told = tellRemoved([account], () => false, index);
  expect(told).toMatchObject([{ subject: account.address, reason: 'unrecorded' }]);
});

test('whoever a source or another desired file still has is settled as everybody else', () => {
  expect(tellRemoved([account], () => true, index)).toEqual([]);
});

test('whoever has no account in Zivver is nobody to tell of', () => {
  expect(tellRemoved([account], () => false, nobody)).toEqual([]);
});
