import { expect, it } from 'vitest';
import { findExclusionClaims } from '../../../../src/model/plan/exclusion-claims.ts';
import type { Exclusion } from '../../../../src/model/schema/generated/plan.ts';
import { configure } from '../../../support/account-builder.ts';
import { buildExclusion } from '../../../support/plan-builder.ts';

const claimsOf = (exclusion: Partial<Exclusion> & Pick<Exclusion, 'reason'>, settings = '', bootstrap = false) =>
  findExclusionClaims(
    { exclusions: [buildExclusion({ source: 'office', ...exclusion })], bootstrap },
    configure(settings),
  );

it.each<[Exclusion['reason'], string]>([
  ['creation-off', 'users: { create: false }'],
  ['creation-off', 'functional: { create: false }'],
  ['update-off', 'users: { update: false }'],
  ['update-off', 'functional: { update: false }'],
  ['reactivation-off', 'users: { reactivate: false }'],
  ['missing-kept', 'users: { missing: keep }\nfunctional: { missing: empty }'],
  ['missing-kept', 'users: { missing: suspend }\nfunctional: { missing: keep }'],
])('%s is true with "%s", and false without', (reason, settings) => {
  expect(claimsOf({ reason }, settings)).toEqual([]);
  const neither = 'users: { missing: suspend }\nfunctional: { missing: empty }';
  expect(claimsOf({ reason }, neither)).toEqual([expect.stringContaining('by a setting')]);
});

it('only a first plan leaves out what a first plan may not do, and it names no setting for it', () => {
  expect(claimsOf({ reason: 'bootstrap' }, '', true)).toEqual([]);
  expect(claimsOf({ reason: 'bootstrap' })).toEqual([expect.stringContaining('by a setting')]);
  expect(claimsOf({ reason: 'missing-kept' }, 'users: { missing: keep }', true)).toHaveLength(1);
});

it('whatever only a source knows is believed, of a source that there is', () => {
  expect(claimsOf({ reason: 'no-address' })).toEqual([]);
  expect(claimsOf({ reason: 'delegate-left-out', source: null })).toEqual([]);
  expect(claimsOf({ reason: 'no-address', source: 'nowhere' })).toEqual([expect.stringContaining('of a source')]);
});
