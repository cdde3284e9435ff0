import { factText } from '../../../../src/model/facts/fact.ts';
import { expect, test } from 'vitest';
import { buildOwnerNotes } from '../../../../src/model/plan/owner-notes.ts';
import { buildChange } from '../../../support/plan-builder.ts';

const owner = (account: string, reviewBy = '2027-01-01') => ({
  account,
  owner: 'Ann Jansen',
  reason: 'front desk',
  reviewBy,
});
const now = new Date('2026-12-01T09:00:00.000Z');
const changes = [
  buildChange({
    address: 'info@office.example',
    kind: 'functional',
    before: { members: ['a@office.example'] },
    after: { members: ['b@office.example'] },
  }),
  buildChange({ address: 'ann@office.example', before: { fullName: 'A' }, after: { fullName: 'B' } }),
];

test('an organisation without owners.yaml is told nothing', () => {
  expect(buildOwnerNotes({ owners: null, inSource: [], functional: ['info@office.example'], changes, now })).toEqual(
    [],
  );
});

test('the review names whom to ask about an account whose readers change, then who is missing and overdue', () => {
  const owners = [
    owner('info@office.example'),
    owner('desk@office.example', '2026-11-01'),
    owner('gone@office.example'),
  ];
  const functional = ['night@office.example', 'info@office.example', 'desk@office.example'];
  expect(buildOwnerNotes({ owners, inSource: [], functional, changes, now }).map(factText)).toEqual([
    'info@office.example is owned by Ann Jansen: front desk',
    'Nobody owns, by owners.yaml or managedBy: night@office.example.',
    'To be looked at again by their owners (owners.yaml): desk@office.example by Ann Jansen, since 2026-11-01.',
    'owners.yaml names what is no functional account: gone@office.example.',
  ]);
});

test('many are counted', () => {
  const functional = Array.from({ length: 12 }, (_, index) => `f${index}@office.example`);
  const [note] = buildOwnerNotes({ owners: [], inSource: [], functional, changes: [], now });
  expect(note && factText(note)).toMatch(/ and 2 more\.$/);
});

test('managedBy names an owner where the file names none, also without a file', () => {
  const inSource = [{ account: 'Info@office.example', owner: 'Vera Jacobs <vera@office.example>' }];
  const functional = ['info@office.example'];
  const told = ['info@office.example is owned by Vera Jacobs <vera@office.example>, by managedBy in Active Directory'];
  for (const owners of [null, []])
    expect(buildOwnerNotes({ owners, inSource, functional, changes, now }).map(factText)).toEqual(told);
  const owners = [owner('info@office.example')];
  expect(buildOwnerNotes({ owners, inSource, functional, changes, now }).map(factText)).toEqual([
    'info@office.example is owned by Ann Jansen: front desk',
  ]);
});
