import { describe, expect, it } from 'vitest';
import { buildReview } from '../../../../src/model/review/review.ts';
import type { LimitFinding } from '../../../../src/model/schema/generated/plan.ts';
import type { Change } from '../../../../src/model/change/change.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildExclusion,
  buildLimit,
  buildPlan,
  buildSuspension,
  buildUnexplained,
} from '../../../support/plan-builder.ts';

const review = (...changes: Change[]) => buildReview(buildPlan({ changes }));
const risksOf = (...changes: Change[]) => review(...changes).classes.map(({ risk }) => risk);

describe('buildReview', () => {
  it('ranks every kind of change from irreversible to new', () => {
    const all = [
      buildCreation('new@x'),
      buildChange({ address: 'details@x', before: { mobile: null }, after: { mobile: '+31612345678' } }),
      buildChange({ address: 'back@x', action: 'reactivate', before: { active: false }, after: { active: true } }),
      buildChange({ address: 'old@x', reason: 'renamed', before: { address: 'old@x' }, after: { address: 'new2@x' } }),
      buildChange({ address: 'boss@x', before: { delegates: [] }, after: { delegates: ['clerk@x'] } }),
      buildSuspension('disabled@x'),
      buildUnexplained('gone@x'),
      buildDeletion('deleted@x'),
    ];
    expect(risksOf(...all)).toEqual([
      'irreversible',
      'unexplained',
      'suspend',
      'mail',
      'identity',
      'reactivate',
      'attributes',
      'create',
    ]);
    expect(review(...all).worst).toBe('irreversible');
  });

  it('puts a rename that also changes delegates under access to mail, completely', () => {
    const change = buildChange({
      address: 'a@x',
      reason: 'renamed',
      before: { address: 'a@x', delegates: ['c@x'] },
      after: { address: 'b@x', delegates: [] },
    });
    const [only, ...others] = review(change).classes;
    expect(others).toEqual([]);
    expect(only?.risk).toBe('mail');
    expect(only?.changes[0]?.differences).toEqual([
      { attribute: 'address', before: 'a@x', after: 'b@x' },
      { attribute: 'delegates', added: [], removed: ['c@x'] },
    ]);
  });

  it('counts members removed for an unexplained reason as unexplained', () => {
    const change = buildChange({
      address: 'group@x',
      kind: 'functional',
      reason: 'unexplained',
      before: { members: ['a@x'] },
      after: { members: [] },
    });
    expect(risksOf(change)).toEqual(['unexplained']);
  });

  it.each<[string, Change, Change]>([
    [
      'an alias from one account to another',
      buildChange({ address: 'a@x', before: { aliases: ['m@x'] }, after: { aliases: [] } }),
      buildChange({ address: 'b@x', before: { aliases: [] }, after: { aliases: ['m@x'] } }),
    ],
    [
      'the address of a renamed account to another',
      buildChange({ address: 'm@x', reason: 'renamed', before: { address: 'm@x' }, after: { address: 'a@x' } }),
      buildChange({ address: 'b@x', before: { aliases: [] }, after: { aliases: ['m@x'] } }),
    ],
    [
      'an alias to a new account',
      buildChange({ address: 'a@x', before: { aliases: ['m@x'] }, after: { aliases: [] } }),
      buildCreation('b@x', { aliases: ['m@x'] }),
    ],
  ])('shows %s as access to mail, on both sides', (_, giver, taker) => {
    const { classes } = review(giver, taker);
    expect(classes.map(({ risk, count }) => [risk, count])).toEqual([['mail', 2]]);
    const move = { moved: 'm@x', from: giver.address, to: 'b@x' };
    expect(classes[0]?.changes.map(({ moves }) => moves)).toEqual([[move], [move]]);
  });

  it('does not call it a move if an account keeps its old address as an alias', () => {
    const change = buildChange({
      address: 'a@x',
      reason: 'renamed',
      before: { address: 'a@x', aliases: [] },
      after: { address: 'b@x', aliases: ['a@x'] },
    });
    expect(risksOf(change)).toEqual(['identity']);
  });

  it('groups the same change of details from three accounts on, and no change twice', () => {
    const same = (count: number, division: string) =>
      Array.from({ length: count }, (_, index) =>
        buildChange({ address: `${division}${index}@x`, before: { division: 'old' }, after: { division } }),
      );
    const [details] = review(...same(3, 'three'), ...same(2, 'two')).classes;
    expect(details?.count).toBe(5);
    expect(details?.repeated.map(({ changes }) => changes.map(({ change }) => change.address))).toEqual([
      ['three0@x', 'three1@x', 'three2@x'],
    ]);
    expect(details?.changes.map(({ change }) => change.address)).toEqual(['two0@x', 'two1@x']);
  });

  it('groups names that get the same words at their end, each with its own name', () => {
    const titled = ['Anna', 'Bert', 'Cleo'].map((name) =>
      buildChange({ address: `${name}@x`, before: { fullName: name }, after: { fullName: `${name} (Care)` } }),
    );
    const other = buildChange({ address: 'd@x', before: { fullName: 'Dirk' }, after: { fullName: 'Dirk J.' } });
    const [details] = review(...titled, other).classes;
    expect(details?.repeated).toMatchObject([
      { isExact: false, patterns: [{ kind: 'appended', attribute: 'fullName', text: '(Care)' }] },
    ]);
    expect(details?.repeated[0]?.changes.map(({ differences }) => differences)).toEqual(
      ['Anna', 'Bert', 'Cleo'].map((name) => [{ attribute: 'fullName', before: name, after: `${name} (Care)` }]),
    );
    expect(details?.changes.map(({ change }) => change.address)).toEqual(['d@x']);
  });

  it('tells a list that only loses people who lose access apart from one that does more', () => {
    const list = (address: string, after: readonly string[]) =>
      buildChange({
        address,
        kind: 'functional',
        before: { members: ['gone@x', 'kept@x'] },
        after: { members: [...after] },
      });
    const gone = buildSuspension('gone@x');
    const classes = review(
      gone,
      list('follows@x', ['kept@x']),
      list('grants@x', ['kept@x', 'new@x']),
      list('shrinks@x', ['gone@x']),
      list('empty@x', []),
    ).classes;
    expect(classes.map(({ risk, changes }) => [risk, changes.map(({ change }) => change.address)])).toEqual([
      ['suspend', ['gone@x']],
      ['follows', ['follows@x']],
      ['mail', ['grants@x', 'shrinks@x', 'empty@x']],
    ]);
    expect(classes[0]?.changes[0]?.places).toEqual(['follows@x', 'grants@x', 'empty@x']);
  });

  it('puts grants of access to mail before losses', () => {
    const delegates = (address: string, before: readonly string[], after: readonly string[]) =>
      buildChange({ address, before: { delegates: [...before] }, after: { delegates: [...after] } });
    const [mail] = review(delegates('a@x', ['c@x'], []), delegates('b@x', [], ['c@x'])).classes;
    expect(mail?.changes.map(({ change }) => change.address)).toEqual(['b@x', 'a@x']);
  });

  it('never groups suspensions, however alike', () => {
    const [suspended] = review(...Array.from({ length: 9 }, (_, index) => buildSuspension(`s${index}@x`))).classes;
    expect(suspended?.repeated).toEqual([]);
    expect(suspended?.changes).toHaveLength(9);
  });

  it('counts actions and what is irreversible', () => {
    const { counts, irreversible } = review(buildDeletion('a@x'), buildSuspension('b@x'), buildCreation('c@x'));
    expect(counts).toEqual({ delete: 1, suspend: 1, create: 1, update: 0, reactivate: 0 });
    expect(irreversible).toBe(1);
  });

  it('keeps apart limits exceeded, lifted, counted and untouched', () => {
    const limits = [
      buildLimit({ rule: 'suspend', observed: 70, limit: 60, verdict: 'exceeded' }),
      buildLimit({ rule: 'create', observed: 70, limit: 80, verdict: 'overridden' }),
      buildLimit({ rule: 'openAccess', observed: 9, limit: 2, verdict: 'reduced' }),
      buildLimit({ rule: 'unexplained', observed: 1, limit: 2 }),
      buildLimit({ rule: 'delete' }),
      buildLimit({ rule: 'sourceFloor', observed: 0, limit: 0 }),
    ];
    const sorted = buildReview(buildPlan({ limits })).limits;
    expect(Object.values(sorted).map((group) => (group as readonly LimitFinding[]).map(({ rule }) => rule))).toEqual([
      ['suspend'],
      ['create'],
      ['openAccess'],
      ['unexplained', 'sourceFloor'],
      ['delete'],
    ]);
  });

  it('groups exclusions by reason, those to act on first', () => {
    const exclusions = (['not-a-person', 'ambiguous', 'not-a-person'] as const).map((reason) =>
      buildExclusion({ reason }),
    );
    const groups = buildReview(buildPlan({ exclusions })).exclusions;
    expect(groups.map(({ reason, exclusions: group }) => [reason, group.length])).toEqual([
      ['ambiguous', 1],
      ['not-a-person', 2],
    ]);
  });

  it('has no worst class without changes', () => {
    expect(review().worst).toBeNull();
  });
});
