import { expect, test } from 'vitest';
import type { ExistingUser } from '../../../../src/model/account/account.ts';
import { LiveIndex } from '../../../../src/model/account/existing-index.ts';
import { judgePrecondition } from '../../../../src/operations/apply/precondition.ts';
import { buildRenames } from '../../../../src/model/change/renames.ts';
import { buildChange } from '../../../support/plan-builder.ts';

const KEY = '6f7c1b52-6d0c-5b4e-8a3f-0a9d3c1e2b4f';
const HANDOVER = buildChange({
  address: 'a@hospital.example',
  zivverId: '11111111-1111-4111-8111-111111111111',
  reason: 'handed-over',
  before: { externalAccountId: null },
  after: { externalAccountId: KEY },
});

function judge(externalAccountId: string | null): string {
  const existing: ExistingUser = {
    kind: 'user',
    zivverId: '11111111-1111-4111-8111-111111111111',
    address: 'a@hospital.example',
    fullName: 'A',
    active: false,
    aliases: [],
    delegates: [],
    mobile: null,
    division: '/',
    externalAccountId,
    created: null,
  };
  const index = new LiveIndex({ users: [existing], functional: [] });
  return judgePrecondition({ change: HANDOVER, index, contested: new Set(), renames: buildRenames([]) }).verdict;
}

test('an adoption that only writes the id is sent even if Zivver has shown no id yet', () => {
  expect(judge(null)).toBe('ready');
});

test('an adoption whose id is there is already applied', () => {
  expect(judge(KEY)).toBe('already-applied');
});
