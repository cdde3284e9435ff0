import { expect, test } from 'vitest';
import { findAccountHistories } from '../../../../src/operations/audit/account-history.ts';
import type { PlanEvent } from '../../../../src/operations/audit/plan-events.ts';
import { viewApproval } from '../../../../src/operations/audit/approval-view.ts';
import type { ApprovalFacts } from '../../../../src/model/schema/generated/ledger.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import { buildChange, buildCreation } from '../../../support/plan-builder.ts';

const event = (sequence: number, change: Change, more: Partial<PlanEvent> = {}): PlanEvent => ({
  plan: `000${sequence}-00000000`,
  at: `2026-11-0${sequence}T08:00:00.000Z`,
  change,
  sso: true,
  outcome: 'applied',
  zivverId: change.zivverId,
  detail: null,
  isUnconfirmed: false,
  approval: null,
  runUrl: null,
  record: null,
  ...more,
});

const rename = (from: string, to: string, key: string): Change =>
  buildChange({
    address: from,
    key,
    zivverId: 'z1',
    reason: 'renamed',
    before: { address: from, aliases: [] },
    after: { address: to, aliases: [`alias.${to}`] },
  });

const key = '11111111-1111-5111-8111-111111111111';
const story = [
  event(1, buildCreation('a@office.example', {}, { key }), { zivverId: 'z1' }),
  event(2, rename('a@office.example', 'b@office.example', key)),
  event(3, rename('b@office.example', 'c@office.example', key)),
];

test.each(['a@office.example', 'B@office.example', 'c@office.example', 'alias.c@office.example', key, 'z1'])(
  'a person renamed twice is found under %s',
  (wanted) => {
    const [found, ...others] = findAccountHistories(wanted, story, []);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ address: 'c@office.example', events: [{ plan: '0001-00000000' }, {}, {}] });
  },
);

test('an address that passed from one account to another tells both stories', () => {
  const heir = event(4, buildCreation('a@office.example', {}, { key: '22222222-2222-5222-8222-222222222222' }), {
    zivverId: 'z2',
  });
  const found = findAccountHistories('a@office.example', [...story, heir], []);
  expect(found.map(({ zivverId, events }) => [zivverId, events.length])).toEqual([
    ['z1', 3],
    ['z2', 1],
  ]);
});

test('an account whose key changed is followed by its Zivver id', () => {
  const other = rename('c@office.example', 'd@office.example', '33333333-3333-5333-8333-333333333333');
  expect(findAccountHistories('a@office.example', [...story, event(4, other)], [])[0]?.events).toHaveLength(4);
});

test('a managed account that no plan ever changed is known too', () => {
  const desired = {
    kind: 'user',
    key,
    address: 'x@office.example',
    fullName: 'X',
    active: true,
    aliases: ['y@office.example'],
  } as const;
  expect(findAccountHistories('y@office.example', [], [{ ...desired, aliases: [...desired.aliases] }])).toMatchObject([
    { isManaged: true, events: [] },
  ]);
  expect(findAccountHistories('nobody@office.example', story, [])).toEqual([]);
});

test('who reviewed is told where GitHub was asked', () => {
  const merge = { branch: 'main', gitRemote: null, commit: 'c', planCommit: 'p' };
  const facts: ApprovalFacts = {
    ...merge,
    planAuthor: 'P',
    mergedBy: 'R',
    mergedAt: 'm',
    distinctPeople: false,
    reviews: null,
    signatures: null,
  };
  expect(viewApproval(facts)).toMatchObject({ reviews: [], pullRequest: null });
  const url = 'https://github.example/office/zivver/pull/7';
  const reviews = [{ login: 'rita', id: '1', commit: 'c', at: '2026-11-01T08:00:00Z' }];
  const recorded = { forge: 'github' as const, proposal: 7, url, head: 'c', reviews };
  expect(viewApproval({ ...facts, reviews: recorded })).toMatchObject({
    reviews: [{ login: 'rita' }],
    pullRequest: url,
  });
});

test('access to other mailboxes stands under the reader as well', () => {
  const reader = event(1, buildCreation('reader@office.example', {}, { key }), { zivverId: 'z1' });
  const members = (before: string[], after: string[]): Change =>
    buildChange({
      address: 'team@office.example',
      kind: 'functional',
      before: { members: before },
      after: { members: after },
    });
  const others = ['other@office.example'];
  const given = event(2, members(others, [...others, 'reader@office.example']));
  const untouched = event(3, members(['reader@office.example'], [...others, 'reader@office.example']));
  const taken = event(4, members([...others, 'reader@office.example'], others));
  const [found] = findAccountHistories('reader@office.example', [reader, given, untouched, taken], []);
  expect(found?.readings.map(({ event: { plan }, isGained }) => [plan.slice(0, 4), isGained])).toEqual([
    ['0002', true],
    ['0004', false],
  ]);
});

test('a person is found by the full name of any time, whatever its case', () => {
  const named = event(1, buildCreation('a@office.example', { fullName: 'Anna Bos' }, { key, fullName: 'Anna Bos' }));
  expect(findAccountHistories('anna bos', [named], [])).toHaveLength(1);
  expect(findAccountHistories('anna', [named], [])).toEqual([]);
});
