import { describe, expect, it } from 'vitest';
import { chooseWaiting, takesAway } from '../../../../src/model/plan/wave.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildLimit,
  buildSuspension,
} from '../../../support/plan-builder.ts';

describe('chooseWaiting', () => {
  const creations = ['a@x', 'b@x', 'c@x', 'd@x'].map((address) =>
    buildCreation(address, {}, { key: `key of ${address}` }),
  );
  const limit = (observed: number, given = {}) =>
    buildLimit({ rule: 'create', observed, limit: 3, of: 10, verdict: observed > 3 ? 'exceeded' : 'within', ...given });

  it.each([
    [3, []],
    [4, ['key of d@x']],
  ])('of %i creations where 3 are allowed leaves out %j', (count, left) => {
    const changes = creations.slice(0, count);
    expect([...chooseWaiting({ changes, adopted: [], sso: true, limits: [limit(count)] })]).toEqual(left);
  });

  it('leaves out whatever takes nothing away, and never what does', () => {
    const change = (address: string, after: string[]) =>
      buildChange({
        address,
        key: `key of ${address}`,
        before: { delegates: ['boss@x'] },
        after: { delegates: after },
      });
    const changes = [change('a@x', ['boss@x', 'new@x']), change('b@x', []), change('c@x', ['boss@x', 'new@x'])];
    const finding = limit(3, { rule: 'sameAttribute', subject: 'delegates', limit: 1, verdict: 'exceeded' });
    expect([...chooseWaiting({ changes, adopted: [], sso: true, limits: [finding] })].sort()).toEqual([
      'key of a@x',
      'key of c@x',
    ]);
  });

  it('does not make suspensions wait: their limit stays exceeded', () => {
    const changes = ['a@x', 'b@x'].map((address) => buildSuspension(address));
    const finding = limit(2, { rule: 'suspend', limit: 1, verdict: 'exceeded' });
    expect([...chooseWaiting({ changes, adopted: [], sso: true, limits: [finding] })]).toEqual([]);
  });
});

it.each([
  ['a suspension', buildSuspension('a@x'), true],
  ['a deletion', buildDeletion('a@x'), true],
  [
    'a number that goes',
    buildChange({ address: 'a@x', before: { mobile: '+31612345678' }, after: { mobile: null } }),
    true,
  ],
  ['a member who goes', buildChange({ address: 'a@x', before: { members: ['b@x'] }, after: { members: [] } }), true],
  [
    'a delegate who comes',
    buildChange({ address: 'a@x', before: { delegates: [] }, after: { delegates: ['b@x'] } }),
    false,
  ],
  ['an alias that goes', buildChange({ address: 'a@x', before: { aliases: ['b@x'] }, after: { aliases: [] } }), true],
  [
    'a rename that loses the old address',
    buildChange({ address: 'a@x', before: { address: 'a@x' }, after: { address: 'b@x' } }),
    true,
  ],
  [
    'a rename that keeps it as an alias',
    buildChange({
      address: 'a@x',
      before: { address: 'a@x', aliases: [] },
      after: { address: 'b@x', aliases: ['a@x'] },
    }),
    false,
  ],
  ['another name', buildChange({ address: 'a@x', before: { fullName: 'A' }, after: { fullName: 'B' } }), false],
])('%s takes something away: %s', (_what, change, isTaken) => {
  expect(takesAway(change)).toBe(isTaken);
});
