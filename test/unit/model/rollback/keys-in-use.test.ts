import { expect, it } from 'vitest';
import type { SignOnMaking } from '../../../../src/model/ledger/sign-on-making.ts';
import { pickKeysInUse, type SentKeys } from '../../../../src/model/rollback/keys-in-use.ts';
import { addressOf, configure, idFor } from '../../../support/account-builder.ts';
import { guidOf } from '../../../support/mapping-builder.ts';
import { buildChange } from '../../../support/plan-builder.ts';

const BASE64: SignOnMaking = { keyFormat: 'base64', attributes: { office: 'objectGUID', annex: 'objectGUID' } };
const GUID: SignOnMaking = { ...BASE64, keyFormat: 'guid' };
const ANNEX = '  - name: annex\n    ldif: { files: [annex.ldif] }';
const evidence = { source: 'office', lookup: 'selection', entry: null, attribute: null, value: null } as const;
const changes = ['anna', 'bas', 'carla'].map((name) =>
  buildChange({ address: addressOf(name), zivverId: idFor(name), evidence }),
);
const [anna, bas, carla] = changes.map(({ id }) => id) as [string, string, string];
const ssoKeys = new Map([anna, bas, carla].map((id) => [id, guidOf('anna')]));

/** Plan 2 sent the keys of all three. */
function pick(signOnBefore: SentKeys['signOnBefore'], name = '0002-aaaaaaaa'): string[] {
  const done = new Map([
    [anna, idFor('anna')],
    [bas, idFor('bas')],
    [carla, null],
  ]);
  const given = { configuration: configure('', ANNEX), signOnBefore, ssoKeys };
  return [...pickKeysInUse({ name, changes, done }, given).keys()];
}

const makings = new Map([
  ['0002-aaaaaaaa', BASE64],
  ['0003-bbbbbbbb', GUID],
]);
const known = (anna: SignOnMaking, bas: SignOnMaking): SentKeys['signOnBefore'] => ({
  set: new Map([
    [idFor('anna'), anna],
    [idFor('bas'), bas],
  ]),
  makings,
  unreadable: new Set(),
});

it('a rollback has all keys of the plan where none was ever made otherwise', () =>
  expect(pick(null)).toEqual([anna, bas, carla]));

it('it has those that their accounts still have', () => {
  expect(pick(known(BASE64, GUID))).toEqual([anna]);
  expect(pick(known(BASE64, GUID), '0003-bbbbbbbb')).toEqual([bas]);
});

it('it has those of which nobody can say it', () => {
  expect(pick({ set: new Map(), makings, unreadable: new Set([idFor('bas')]) })).toEqual([bas]);
  expect(pick(known(BASE64, GUID), '0004-cccccccc')).toEqual([]);
});

it('it asks the source of the change alone', () => {
  const elsewhere = { ...BASE64, attributes: { ...BASE64.attributes, annex: 'mail' } };
  const here = { ...BASE64, attributes: { ...BASE64.attributes, office: 'mail' } };
  expect(pick(known(elsewhere, here))).toEqual([anna]);
});
