import { factText } from '../../../../src/model/facts/fact.ts';
import { expect, test } from 'vitest';
import type { Hold } from '../../../../src/model/desired/holds.ts';
import { buildHoldNotes } from '../../../../src/model/settle/hold-notes.ts';
import { DISABLED, existingUser, indexOf, keyFor, mappedUser } from '../../../support/account-builder.ts';

const hold = (name: string, expires: string): Hold => ({
  key: keyFor(name),
  address: `${name}@company.org`,
  reason: 'on leave',
  expires,
});
const now = new Date('2026-11-23T10:00:00.000Z');
const mapped = {
  accounts: [mappedUser('anna'), mappedUser('bas', {}, DISABLED), mappedUser('carla', {}, DISABLED)],
  excluded: [],
};
const index = indexOf(existingUser('anna'), existingUser('bas'), existingUser('carla', { active: false }));

test('holds against people whom the source shuts out are told first, if they can still log in', () => {
  const holds = [hold('anna', '2026-11-25'), hold('bas', '2027-03-01'), hold('carla', '2027-03-01')];
  expect(buildHoldNotes({ holds, mapped, index, now }).map(factText)).toEqual([
    'Kept active by a hold although the source says otherwise: bas@company.org (until 2027-03-01).',
    'The hold of anna@company.org ends on 2026-11-25, in 2 days: from then on the source decides.',
  ]);
});

test.each([
  ['2026-11-30', 1],
  ['2026-12-01', 0],
])('a hold that ends on %s is worth %i warnings', (expires, count) => {
  expect(buildHoldNotes({ holds: [hold('anna', expires)], mapped, index, now })).toHaveLength(count);
});
