import { expect, it } from 'vitest';
import type { Change } from '../../../../src/model/change/change.ts';
import { listTakings } from '../../../../src/model/change/takings.ts';
import { addressOf, idFor } from '../../../support/account-builder.ts';
import { buildChange, buildCreation, buildDeletion, buildSuspension } from '../../../support/plan-builder.ts';

const anna = addressOf('anna');
const of = { zivverId: idFor('anna') };
const two = [addressOf('bas'), addressOf('carla')];

it.each<[string, Change, Record<string, number> | null]>([
  ['a suspension', buildSuspension(anna, of), { suspend: 1 }],
  [
    'a suspension that nobody can explain',
    buildSuspension(anna, { ...of, reason: 'unexplained' }),
    { suspend: 1, unexplained: 1 },
  ],
  ['a deletion', buildDeletion(anna, of), { delete: 1 }],
  [
    'members that a functional account loses',
    buildChange({ address: anna, ...of, kind: 'functional', before: { members: two }, after: { members: [] } }),
    { membersRemoved: 2 },
  ],
  [
    'delegates that a user loses',
    buildChange({ address: anna, ...of, before: { delegates: two }, after: { delegates: [] } }),
    null,
  ],
  ['a new name', buildChange({ address: anna, ...of, before: { fullName: 'a' }, after: { fullName: 'b' } }), null],
  ['a creation', buildCreation(anna), null],
  ['what is no account of Zivver', buildSuspension(anna, { zivverId: null }), null],
])('the ledger remembers of %s what it takes away', (_what, change, counts) => {
  const { id } = change;
  expect(listTakings([change])).toEqual(counts === null ? [] : [{ change: id, zivverId: idFor('anna'), counts }]);
});
