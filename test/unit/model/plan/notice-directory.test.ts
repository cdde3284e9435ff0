import { describe, expect, test } from 'vitest';
import { noticeDirectory } from '../../../../src/model/plan/notice-directory.ts';
import { mapAccounts } from '../../../../src/model/mapping/map-accounts.ts';
import { takeWhole } from '../../../../src/model/mapping/open-mapping.ts';
import { configure, dnOf } from '../../../support/account-builder.ts';
import { group, NOW, person, read, type Given } from '../../../support/mapping-builder.ts';

const DAY_MS = 24 * 3_600_000;

/** FILETIME of so many days before now. */
function fileTime(daysAgo: number): string {
  return String((BigInt(NOW.getTime() - daysAgo * DAY_MS) + 11_644_473_600_000n) * 10_000n);
}

function notice(given: Given) {
  const configuration = configure();
  const sources = read({ ...given, configuration }).map((whole) => takeWhole(whole, { configuration, now: NOW }));
  const { accounts } = mapAccounts({ configuration, now: NOW, sources, managedKeys: new Set(given.managed ?? []) });
  return noticeDirectory(accounts, sources, NOW);
}

describe('dormant people', () => {
  test('are those in use without a login for 90 days; the source says when, or that none is on record', () => {
    const { dormant } = notice({
      people: [
        person('today', { lastLogonTimestamp: fileTime(0) }),
        person('late', { lastLogonTimestamp: fileTime(91) }),
        person('just', { lastLogonTimestamp: fileTime(90) }),
        person('zero', { lastLogonTimestamp: '0' }),
        person('absent'),
        person('gone', { lastLogonTimestamp: fileTime(400), userAccountControl: '514' }),
      ],
    });
    const [source] = dormant?.sources ?? [];
    expect(dormant).toEqual({
      days: 90,
      sources: [{ name: source?.name, people: 5 }],
      accounts: [
        { address: 'absent@company.org', source: source?.name, lastLogin: null },
        { address: 'late@company.org', source: source?.name, lastLogin: '2026-08-24T10:00:00.000Z' },
        { address: 'zero@company.org', source: source?.name, lastLogin: null },
      ],
    });
  });

  test('are not told of a source that shows no login of anybody', () => {
    expect(notice({ people: [person('one'), person('two', { lastLogonTimestamp: '' })] })).toEqual({});
  });
});

describe('an owner by managedBy', () => {
  const vera = person('vera', { memberOf: dnOf('desk') });

  test('is the person in use whom the group names, however the DN is written', () => {
    const managedBy = dnOf('vera').toUpperCase().replaceAll(',', ', ');
    expect(notice({ people: [vera], groups: [group('desk', { managedBy })] })).toEqual({
      ownersInSource: [{ account: 'desk@company.org', owner: 'vera <vera@company.org>' }],
    });
  });

  test.each([
    ['whom nobody read', [vera], dnOf('somebody')],
    ['who is not in use', [vera, person('left', { userAccountControl: '514' })], dnOf('left')],
    ['that is a group', [vera], dnOf('desk')],
  ])('is nobody %s', (_who, people, managedBy) => {
    expect(notice({ people, groups: [group('desk', { managedBy })] })).toEqual({});
  });
});
