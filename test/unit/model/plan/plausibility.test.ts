import { describe, expect, it } from 'vitest';
import type { EmptyAttribute, MappedAccount } from '../../../../src/model/mapping/mapped.ts';
import { judgeEmptyAttributes, judgeEmptySelection } from '../../../../src/model/plan/plausibility.ts';
import type { DesiredAccount } from '../../../../src/model/schema/generated/account.ts';
import { configure, desiredUser, mappedFunctional, mappedUser } from '../../../support/account-builder.ts';

const NOW = new Date('2026-11-23T10:00:00.000Z');

function mapped(...accounts: MappedAccount[]) {
  return withEmpty([], ...accounts);
}

function withEmpty(emptyAttributes: EmptyAttribute[], ...accounts: MappedAccount[]) {
  return { accounts, excluded: [], exclusions: [], notes: [], emptyAttributes };
}

function withMobile(count: number): DesiredAccount[] {
  return Array.from({ length: count }, (_, index) => desiredUser(`p${index}`, { mobile: '+31612345678' }));
}

describe('an attribute that nobody has any more', () => {
  it.each([
    [4, 0],
    [5, 1],
    [500, 1],
  ])('after %i accounts had it is worth %i refusals', (before, findings) => {
    const found = judgeEmptyAttributes(mapped(mappedUser('anna')), withMobile(before), {
      configuration: configure(),
      now: NOW,
    });
    expect(found.map(({ rule, subject, observed, verdict }) => [rule, subject, observed, verdict])).toEqual(
      Array.from({ length: findings }, () => ['emptyAttribute', 'mobile', before, 'exceeded']),
    );
  });

  it('is no matter as long as one account has it', () => {
    const accounts = mapped(mappedUser('anna'), mappedUser('bas', { mobile: '+31687654321' }));
    expect(judgeEmptyAttributes(accounts, withMobile(100), { configuration: configure(), now: NOW })).toEqual([]);
  });

  it('counts for one source among several that has it no more', () => {
    const lost = Array.from({ length: 5 }, (_, index) => ({ ...mappedUser(`p${index}`), source: 'payroll' }));
    const others = mapped(mappedUser('bas', { mobile: '+31687654321' }), ...lost);
    const found = judgeEmptyAttributes(others, withMobile(6), { configuration: configure(), now: NOW });
    expect(found).toMatchObject([{ rule: 'emptyAttribute', subject: 'mobile', observed: 5, verdict: 'exceeded' }]);
    expect(judgeEmptyAttributes(others, withMobile(4), { configuration: configure(), now: NOW })).toEqual([]);
  });

  it('counts an empty list as no value', () => {
    const before = Array.from({ length: 9 }, (_, index) => desiredUser(`p${index}`, { aliases: [] }));
    expect(judgeEmptyAttributes(mapped(), before, { configuration: configure(), now: NOW })).toEqual([]);
  });

  it.each([
    // had, lost, the attribute is empty, findings
    [5, 5, true, 1],
    [10, 5, true, 1],
    [11, 5, true, 0],
    [8, 4, true, 0],
    [10, 10, false, 0],
  ])('although another attribute of the list covers some: %i had a number, %i lost it', (had, lost, isEmpty, found) => {
    const empty = isEmpty ? [{ source: 'office', property: 'mobile' as const, attribute: 'otherMobile' }] : [];
    const now = Array.from({ length: had }, (_, index) =>
      mappedUser(`p${index}`, index < lost ? {} : { mobile: '+31612345678' }),
    );
    const newcomer = mappedUser('newcomer', { mobile: '+31687654321' });
    const findings = judgeEmptyAttributes(withEmpty(empty, ...now, newcomer), withMobile(had), {
      configuration: configure(),
      now: NOW,
    });
    expect(findings.map(({ rule, subject, observed, of, verdict }) => [rule, subject, observed, of, verdict])).toEqual(
      Array.from({ length: found }, () => ['emptyAttribute', 'otherMobile', lost, had, 'exceeded']),
    );
  });

  it('is told once, although it stands in a list', () => {
    const empty = { source: 'office', property: 'mobile' as const, attribute: 'mobile' };
    const now = Array.from({ length: 6 }, (_, index) => mappedUser(`p${index}`));
    expect(
      judgeEmptyAttributes(withEmpty([empty], ...now), withMobile(6), { configuration: configure(), now: NOW }).length,
    ).toBe(1);
  });

  it('can be overridden with its exact number', () => {
    const configuration = configure(
      'overrides: [{ rule: emptyAttribute, subject: mobile, observed: 7, reason: new phones, expires: "2026-11-24T00:00:00Z" }]',
    );
    expect(judgeEmptyAttributes(mapped(), withMobile(7), { configuration, now: NOW })[0]?.verdict).toBe('overridden');
    expect(judgeEmptyAttributes(mapped(), withMobile(8), { configuration, now: NOW })[0]?.verdict).toBe('exceeded');
  });
});

describe('a selection without a single user', () => {
  it('is refused even if the branch wants only one', () => {
    const found = judgeEmptySelection(mapped(mappedFunctional('info')), [desiredUser('anna')], {
      configuration: configure(),
      now: NOW,
    });
    expect(found).toMatchObject([
      { rule: 'sourceFloor', subject: null, observed: 0, limit: 1, of: 1, verdict: 'exceeded' },
    ]);
  });

  it('is no matter if the branch wants nobody active', () => {
    expect(
      judgeEmptySelection(mapped(), [desiredUser('anna', { active: false })], { configuration: configure(), now: NOW }),
    ).toEqual([]);
  });

  it('is not what one user makes', () => {
    expect(
      judgeEmptySelection(mapped(mappedUser('anna')), [desiredUser('bas')], { configuration: configure(), now: NOW }),
    ).toEqual([]);
  });
});
