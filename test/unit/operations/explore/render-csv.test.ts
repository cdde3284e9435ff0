import { describe, expect, it } from 'vitest';
import { renderCsv } from '../../../../src/operations/explore/render-csv.ts';
import { formatCsv } from '../../../../src/model/text/csv.ts';

describe('a cell', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+31 6', "'+31 6"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['=HYPERLINK("http://evil",1)', '"\'=HYPERLINK(""http://evil"",1)"'],
    ['a=b', 'a=b'],
  ])('%j is written %j', (text, cell) => {
    expect(formatCsv([[text]])).toBe(`${cell}\r\n`);
  });
});

it('every row has as many cells as the head, and ends with CR LF', () => {
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
  const text = renderCsv({ accounts: [account], excluded: [exclusion], leftOut: [exclusion], notes: [], counts });
  const rows = text.split('\r\n');
  expect(rows.pop()).toBe('');
  expect(rows.map((row) => row.split(',').length)).toEqual([16, 16, 16, 16]);
  expect(rows[1]).toBe('selected,user,person,ad,jan@company.org,Jan,no,disabled,1,,,yes,/,,,CN=Jan');
});
