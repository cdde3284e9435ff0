import { expect, test } from 'vitest';
import { accountsAfter } from '../../../../src/operations/audit/account-at.ts';
import { buildChange, buildCreation, buildPlan } from '../../../support/plan-builder.ts';

const key = '11111111-1111-5111-8111-111111111111';
const desired = {
  kind: 'user',
  key,
  address: 'new@office.example',
  fullName: 'New Name',
  active: false,
  aliases: ['old@office.example'],
  delegates: ['reader@office.example'],
} as const;
const accounts = [{ ...desired, aliases: [...desired.aliases], delegates: [...desired.delegates] }];

test('of a plan that was carried out, the accounts are its desired files', () => {
  const change = buildChange({
    address: 'old@office.example',
    key,
    before: { active: true },
    after: { active: false },
  });
  expect(accountsAfter(accounts, buildPlan({ changes: [change] }), new Set([change.id]))).toEqual([
    {
      kind: 'user',
      key,
      address: 'new@office.example',
      fullName: 'New Name',
      active: false,
      aliases: ['old@office.example'],
      readers: ['reader@office.example'],
    },
  ]);
});

test('what was not carried out is as before', () => {
  const change = buildChange({
    address: 'old@office.example',
    key,
    before: { active: true, address: 'old@office.example', aliases: [], delegates: [], fullName: 'Old Name' },
    after: { active: false, address: 'new@office.example' },
  });
  expect(accountsAfter(accounts, buildPlan({ changes: [change] }), new Set())).toEqual([
    {
      kind: 'user',
      key,
      address: 'old@office.example',
      fullName: 'Old Name',
      active: true,
      aliases: [],
      readers: [],
    },
  ]);
});

test('an account that was not created is not there; one that was not deleted still is', () => {
  const creation = buildCreation('new@office.example', {}, { key });
  const deletion = buildChange({ address: 'gone@office.example', action: 'delete', before: { active: true } });
  const found = accountsAfter(accounts, buildPlan({ changes: [creation, deletion] }), new Set());
  expect(found.map(({ address }) => address)).toEqual(['gone@office.example']);
});
