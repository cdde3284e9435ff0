import { expect, test } from 'vitest';
import { isOverdue, judgeOwners, parseOwners } from '../../../../src/model/desired/owners.ts';
import { refusalOf } from '../../../support/problems-of.ts';

const TEXT = `owners:
  - account: Info@office.example
    owner: Ann Jansen <ann@office.example>
    reason: front desk
    reviewBy: 2026-11-30
  - { account: gone@office.example, owner: Ben, reason: project, reviewBy: 2027-01-01 }
`;

test('who owns what, what nobody owns, what is overdue and what is not there', () => {
  const owners = parseOwners(TEXT, 'owners.yaml');
  const addresses = ['desk@office.example', 'info@office.example'];
  const now = new Date('2026-12-01T00:00:00.000Z');
  const judged = judgeOwners(owners, { addresses, inSource: [], now });
  expect(judged.missing).toEqual(['desk@office.example']);
  const inSource = [{ account: 'Desk@office.example' }];
  expect(judgeOwners(owners, { addresses, inSource, now }).missing).toEqual([]);
  expect(judged.overdue.map(({ account }) => account)).toEqual(['Info@office.example']);
  expect(judged.idle.map(({ account }) => account)).toEqual(['gone@office.example']);
});

test('the last day is not overdue yet', () => {
  expect(isOverdue({ reviewBy: '2026-11-30' }, new Date('2026-11-30T23:59:59.999Z'))).toBe(false);
  expect(isOverdue({ reviewBy: '2026-11-30' }, new Date('2026-12-01T00:00:00.000Z'))).toBe(true);
});

test.each([
  ['no list', 'owners: x\n', /owners/],
  ['a key left out', 'owners: [{ account: a@b.example, owner: A, reason: x }]\n', /missing key reviewBy/],
  ['a key too many', TEXT.replace('reason: front desk', 'reason: front desk\n    note: x'), /unknown key/],
  ['an account twice', TEXT.replace('gone@', 'info@'), /has an owner already/],
  ['a day that is none', TEXT.replace('2026-11-30', '2026-11-31'), /date|reviewBy/],
])('%s is refused with its line', async (_name, text, why) => {
  const { code, problems } = await refusalOf(() => parseOwners(text, 'owners.yaml'));
  expect(code).toBe('CONFIGURATION_INVALID');
  expect(problems.map(({ where, what }) => `${where} ${what}`).join('\n')).toMatch(why);
});
