import { expect, it } from 'vitest';
import type { Change } from '../../../../src/model/change/change.ts';
import {
  effectOf,
  hasForeignSignOn,
  risksSignOn,
  takesAccess,
  type Effect,
} from '../../../../src/model/change/effect.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildSuspension,
  buildUnexplained,
} from '../../../support/plan-builder.ts';

const NOTHING: Omit<Effect, 'fate'> = {
  isUnexplained: false,
  isEmptied: false,
  isRenamed: false,
  getsKey: false,
  claims: [],
  gives: [],
  newReaders: [],
  lostReaders: [],
  signOn: null,
  touched: [],
};

it.each<[string, Change, Partial<Effect>]>([
  [
    'a creation',
    buildCreation('a@x', { aliases: ['b@x'], delegates: ['c@x'] }),
    { fate: 'created', claims: ['a@x', 'b@x'], newReaders: ['c@x'] },
  ],
  ['a suspension', buildSuspension('a@x'), { fate: 'suspended' }],
  ['an unexplained suspension', buildUnexplained('a@x'), { fate: 'suspended', isUnexplained: true }],
  [
    'a suspension that gives an alias up',
    buildSuspension('a@x', { before: { active: true, aliases: ['b@x'] }, after: { active: false, aliases: [] } }),
    { fate: 'suspended', gives: ['b@x'], touched: ['aliases'] },
  ],
  [
    'a reactivation',
    buildChange({ address: 'a@x', action: 'reactivate', before: { active: false }, after: { active: true } }),
    { fate: 'reactivated' },
  ],
  ['a deletion', buildDeletion('a@x'), { fate: 'deleted', gives: ['a@x'] }],
  [
    'a rename that keeps the old address',
    buildChange({
      address: 'a@x',
      before: { address: 'a@x', aliases: [] },
      after: { address: 'b@x', aliases: ['a@x'] },
    }),
    { fate: 'updated', isRenamed: true, claims: ['b@x'], signOn: 'erased', touched: ['address', 'aliases'] },
  ],
  [
    'a rename that gives the old address up',
    buildChange({ address: 'a@x', before: { address: 'a@x' }, after: { address: 'b@x' } }),
    { fate: 'updated', isRenamed: true, claims: ['b@x'], gives: ['a@x'], touched: ['address'] },
  ],
  [
    'another delegate',
    buildChange({ address: 'a@x', before: { delegates: ['b@x'] }, after: { delegates: ['c@x'] } }),
    { fate: 'updated', newReaders: ['c@x'], lostReaders: ['b@x'], signOn: 'erased', touched: ['delegates'] },
  ],
  [
    'the end of a functional account',
    buildUnexplained('a@x', {
      action: 'update',
      kind: 'functional',
      before: { members: ['b@x'] },
      after: { members: [] },
    }),
    { fate: 'updated', isUnexplained: true, isEmptied: true, lostReaders: ['b@x'], touched: ['members'] },
  ],
  [
    'a key',
    buildChange({ address: 'a@x', before: { externalAccountId: null }, after: { externalAccountId: 'k' } }),
    { fate: 'updated', getsKey: true, signOn: 'erased' },
  ],
  [
    'an unexplained deletion',
    buildDeletion('a@x', { reason: 'unexplained', before: {} }),
    { fate: 'deleted', isUnexplained: true, gives: ['a@x'] },
  ],
  [
    'a functional account that begins without members',
    buildCreation('a@x', { members: [] }, { kind: 'functional' }),
    { fate: 'created', claims: ['a@x'] },
  ],
  [
    'an alias of a functional account, which has no sign-on',
    buildChange({ address: 'a@x', kind: 'functional', before: { aliases: [] }, after: { aliases: ['b@x'] } }),
    { fate: 'updated', claims: ['b@x'], touched: ['aliases'] },
  ],
  [
    'an alias with the sealed key',
    buildChange({ address: 'a@x', before: { aliases: [] }, after: { aliases: ['b@x'] }, sealed: true }),
    { fate: 'updated', claims: ['b@x'], signOn: 'set', touched: ['aliases'] },
  ],
  [
    'another sign-on key',
    buildChange({ address: 'a@x', before: { signOnKey: 'a' }, after: { signOnKey: 'b' }, sealed: true }),
    { fate: 'updated', signOn: 'replaced' },
  ],
  [
    'a sign-on key that is given up',
    buildChange({ address: 'a@x', before: { signOnKey: 'a' }, after: { signOnKey: null } }),
    { fate: 'updated', signOn: 'lost' },
  ],
  [
    'an unexplained change that takes nothing away',
    buildChange({ address: 'a@x', reason: 'unexplained', before: { fullName: 'A' }, after: { fullName: 'B' } }),
    { fate: 'updated', touched: ['fullName'] },
  ],
])('%s has the effect that is written, and no other', (_name, change, effect) => {
  expect(effectOf(change)).toEqual({ ...NOTHING, ...effect });
});

it.each<[Effect['fate'], boolean]>([
  ['created', false],
  ['updated', false],
  ['reactivated', false],
  ['suspended', true],
  ['deleted', true],
])('whoever is %s loses access: %s', (fate, isTaken) => {
  expect(takesAccess({ fate })).toBe(isTaken);
});

it.each<[Effect['signOn'], boolean, { foreign: boolean; risky: boolean; riskyWithoutSso: boolean }]>([
  [null, false, { foreign: false, risky: false, riskyWithoutSso: false }],
  [null, true, { foreign: false, risky: false, riskyWithoutSso: false }],
  ['set', false, { foreign: false, risky: false, riskyWithoutSso: false }],
  ['set', true, { foreign: true, risky: true, riskyWithoutSso: true }],
  ['erased', false, { foreign: false, risky: true, riskyWithoutSso: false }],
  ['erased', true, { foreign: true, risky: true, riskyWithoutSso: true }],
  ['replaced', false, { foreign: false, risky: true, riskyWithoutSso: true }],
  ['lost', false, { foreign: false, risky: true, riskyWithoutSso: true }],
])('of a sign-on key that is %s, first marked by us %s: %j', (signOn, getsKey, { foreign, risky, riskyWithoutSso }) => {
  expect(hasForeignSignOn({ signOn, getsKey })).toBe(foreign);
  expect(risksSignOn({ signOn, getsKey }, { enabled: true })).toBe(risky);
  expect(risksSignOn({ signOn, getsKey }, { enabled: false })).toBe(riskyWithoutSso);
});
