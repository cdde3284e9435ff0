import { expect, it } from 'vitest';
import { tableOfPreview } from '../../../../src/operations/explore/table-of-preview.ts';

it('every row has as many cells as the head', () => {
  const exclusion = { source: 'ad', subject: 'CN=x', address: null, reason: 'no-address', detail: 'none' } as const;
  const account = {
    kind: 'user',
    origin: 'person',
    source: 'ad',
    dn: 'CN=Jan',
    address: 'jan@company.org',
    fullName: 'Jan',
    nameBefore: null,
    active: false,
    inactivity: 'disabled',
    aliases: ['j@company.org'],
    delegates: null,
    members: null,
    hasMobile: true,
    division: '/',
  } as const;
  const counts = { users: 1, active: 0, functional: 0, excluded: 1 };
  const rows = tableOfPreview({ accounts: [account], excluded: [exclusion], leftOut: [exclusion], notes: [], counts });
  expect(rows.map((row) => row.length)).toEqual([16, 16, 16, 16]);
  expect(rows[1]?.join(',')).toBe('selected,user,person,ad,jan@company.org,Jan,no,disabled,1,,,yes,/,,,CN=Jan');
});
