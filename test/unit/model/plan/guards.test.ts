import { describe, expect, it } from 'vitest';
import type { ExistingUser } from '../../../../src/model/account/account.ts';
import type { Configuration } from '../../../../src/model/configuration/configuration.ts';
import type { CountLimitRule } from '../../../../src/model/configuration/limit-rules.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import { describeFinding, refuseExceeded } from '../../../../src/model/plan/guard-refusal.ts';
import { judgeAdministrators } from '../../../../src/model/plan/administrators.ts';
import { evaluateGuards, type Guarded } from '../../../../src/model/plan/guards.ts';
import { limitOf } from '../../../../src/model/plan/limit-verdict.ts';
import type { LimitFinding } from '../../../../src/model/schema/generated/plan.ts';
import { addressOf, configure, existingUser, indexOf } from '../../../support/account-builder.ts';
import { GUARDED_WITH, populationOf, times } from '../../../support/guarded.ts';
import {
  buildChange,
  buildCreation,
  buildDeletion,
  buildOpen,
  buildSource,
  buildSuspension,
} from '../../../support/plan-builder.ts';

const NOW = new Date('2026-11-23T10:00:00.000Z');

function guard(plan: Partial<Guarded>, configuration: Configuration = configure()): LimitFinding[] {
  const existing = { users: 0, activeUsers: 0, functional: 0, managed: 0, activeManaged: 0, ...plan.existing };
  return evaluateGuards(
    { changes: [], source: [], bootstrap: false, open: [], desired: { adopted: 0 }, ...plan, existing },
    { configuration, now: NOW, index: null },
  );
}

function verdictOf(findings: LimitFinding[], rule: LimitFinding['rule']): string | undefined {
  return findings.find((finding) => finding.rule === rule && finding.observed > 0)?.verdict;
}

/** rule, population, limit: worked out by hand from design §7. */
const LIMITS: readonly (readonly [CountLimitRule, number, number])[] = [
  ['suspend', 0, 5],
  ['suspend', 1, 5],
  ['suspend', 100, 5],
  ['suspend', 119, 5],
  ['suspend', 120, 6],
  ['suspend', 1204, 60],
  ['suspend', 2000, 100],
  ['suspend', 100_000, 100],
  ['unexplained', 0, 2],
  ['unexplained', 299, 2],
  ['unexplained', 300, 3],
  ['unexplained', 10_000, 100],
  ['create', 0, 25],
  ['create', 250, 25],
  ['create', 260, 26],
  ['create', 4000, 400],
  ['sameAttribute', 0, 10],
  ['sameAttribute', 54, 10],
  ['sameAttribute', 55, 11],
  ['sameAttribute', 1000, 200],
  ['ambiguous', 0, 10],
  ['ambiguous', 549, 10],
  ['ambiguous', 550, 11],
];

describe('each limit', () => {
  it.each(LIMITS)('of %s in a population of %i is exactly %i', (rule, of, limit) => {
    for (const [observed, verdict] of [
      [limit - 1, 'within'],
      [limit, 'within'],
      [limit + 1, 'exceeded'],
    ] as const) {
      if (observed === 0) continue;
      const findings = guard({ ...GUARDED_WITH[rule](observed), ...populationOf(rule, of) });
      expect(verdictOf(findings, rule), `${observed} of ${of}`).toBe(verdict);
    }
  });

  it('of deletions is none at all, in any population', () => {
    for (const of of [0, 100_000])
      expect(verdictOf(guard({ ...GUARDED_WITH.delete(1), ...populationOf('delete', of) }), 'delete')).toBe('exceeded');
  });

  it.each([
    [3, 3, 'within'],
    [4, 4, 'exceeded'],
    [8, 4, 'within'],
    [8, 5, 'exceeded'],
    [1000, 500, 'within'],
    [1000, 501, 'exceeded'],
  ])('of members removed counts each account alone: of %i, %i is %s', (of, removed, verdict) => {
    const members = times(of, String);
    const change = buildChange({
      address: 'x',
      kind: 'functional',
      before: { members },
      after: { members: members.slice(removed) },
    });
    expect(verdictOf(guard({ changes: [change] }), 'membersRemoved')).toBe(verdict);
  });

  it('counts additions of members as no removal', () => {
    const change = buildChange({ address: 'x', before: { members: [] }, after: { members: times(100, String) } });
    expect(guard({ changes: [change] }).some(({ rule }) => rule === 'membersRemoved')).toBe(false);
  });

  it.each([
    [1000, 900, 'within'],
    [1000, 899, 'exceeded'],
    [1000, 1001, 'within'],
    [1, 1, 'within'],
    [1, 0, 'exceeded'],
    [9, 9, 'within'],
    [9, 8, 'exceeded'],
    [100_000, 90_000, 'within'],
    [100_000, 89_999, 'exceeded'],
  ])('of the source is a floor: after %i entries, %i is %s', (previousEntries, entries, verdict) => {
    const findings = guard({ source: [buildSource({ previousEntries, entries })] });
    expect(findings.find(({ rule }) => rule === 'sourceFloor')?.verdict).toBe(verdict);
  });

  it('of the source is exact for every share', () => {
    for (let share = 0; share <= 100; share += 1) {
      const findings = guard(
        { source: [buildSource({ previousEntries: 100 })] },
        configure(`limits: { sourceFloor: ${share} }`),
      );
      expect(findings.find(({ rule }) => rule === 'sourceFloor')?.limit).toBe(share);
    }
  });

  it.each([
    ['csv', 4, 3, 'within'],
    ['excel', 4, 2, 'exceeded'],
    ['yaml', 1, 0, 'within'],
    ['yaml', 100, 89, 'exceeded'],
    ['ldif', 4, 3, 'exceeded'],
  ] as const)(
    'of a file of kind %s lets one entry go: after %i, %i is %s',
    (kind, previousEntries, entries, verdict) => {
      const findings = guard({ source: [buildSource({ kind, previousEntries, entries })] });
      expect(findings.find(({ rule }) => rule === 'sourceFloor')?.verdict).toBe(verdict);
    },
  );

  it('has no floor for a source without a past', () => {
    expect(guard({ source: [buildSource({ previousEntries: null })] }).some(({ rule }) => rule === 'sourceFloor')).toBe(
      false,
    );
  });

  it('of creations is lifted in the first plan, and only that', () => {
    expect(verdictOf(guard({ ...GUARDED_WITH.create(1000), bootstrap: true }), 'create')).toBe('within');
    expect(verdictOf(guard({ ...GUARDED_WITH.suspend(6), bootstrap: true }), 'suspend')).toBe('exceeded');
  });

  it('of one attribute counts updates and reactivations, neither creations nor the key', () => {
    const key = times(11, (address) =>
      buildChange({ address, before: { externalAccountId: null }, after: { externalAccountId: 'k' } }),
    );
    expect(
      guard({ changes: [...key, ...times(50, (one) => buildCreation(one))] }).some(
        ({ rule }) => rule === 'sameAttribute',
      ),
    ).toBe(false);
  });
});

describe('single sign-on keys', () => {
  const SSO = 'sso: { enabled: true }\nsecrets: { recipients: [age1' + 'q'.repeat(58) + '] }';
  const aliasOf = (address: string, sealed: boolean) =>
    buildChange({ address, before: { aliases: [] }, after: { aliases: [`x${address}`] }, sealed });

  it.each([
    ['unsealed, in an organisation that uses them', SSO, false, 'exceeded'],
    ['sealed', SSO, true, undefined],
    ['unsealed, where nobody has one', '', false, undefined],
  ])('are risked by 11 writes of aliases %s', (_case, settings, sealed, verdict) => {
    const changes = times(11, (address) => aliasOf(address, sealed));
    expect(verdictOf(guard({ changes }, configure(settings)), 'ssoKeys')).toBe(verdict);
  });

  it.each([
    ['replaced', 'objectGUID as guid'],
    ['erased while single sign-on is off', null],
  ])('that this tool has set count where they are %s', (_what, signOnKey) => {
    const before = { signOnKey: 'objectGUID as base64', aliases: [] };
    const after = { signOnKey, aliases: ['x@company.org'] };
    const changes = times(11, (address) => buildChange({ address, before, after, sealed: signOnKey !== null }));
    const counted = guard({ changes }).filter(({ rule }) => rule === 'ssoKeys' || rule === 'sameAttribute');
    expect(counted.map(({ rule, subject, observed }) => [rule, subject, observed])).toEqual([
      ['sameAttribute', 'aliases', 11],
      ['ssoKeys', null, 11],
    ]);
  });
});

describe('limitOf', () => {
  it('is min(max(floor, share %), cap)', () => {
    expect(limitOf({ floor: 5, share: 5, cap: 100 }, 1204)).toBe(60);
    expect(limitOf({ floor: 0, share: 0.5, cap: 3 }, 1000)).toBe(3);
    expect(limitOf({ floor: 7, share: 0, cap: 3 }, 1000)).toBe(3);
  });

  it('counts whole accounts of exact shares: 29 % of 100 is 29', () => {
    for (let share = 0; share <= 100; share += 1) expect(limitOf({ floor: 0, share, cap: 1000 }, 100)).toBe(share);
    expect(limitOf({ floor: 0, share: 0.1, cap: 1000 }, 3000)).toBe(3);
  });
});

describe('an override', () => {
  const override = (text: string) => configure(`overrides: [{ rule: suspend, observed: 6, reason: merger, ${text} }]`);

  it.each([
    ['expires: "2026-11-23T10:00:01Z"', 'overridden'],
    ['expires: "2026-11-26T10:00:00Z"', 'overridden'],
    ['expires: "2026-11-26T10:00:01Z"', 'exceeded'],
    ['expires: "2026-11-23T10:00:00Z"', 'exceeded'],
    ['expires: "2026-11-26T12:00:00+02:00"', 'overridden'],
    ['expires: "2026-11-24T10:00:00Z", subject: x', 'exceeded'],
  ])('with %s gives the verdict %s', (text, verdict) => {
    expect(verdictOf(guard(GUARDED_WITH.suspend(6), override(text)), 'suspend')).toBe(verdict);
  });

  it('holds for exactly the number it names', () => {
    const configuration = override('expires: "2026-11-24T10:00:00Z"');
    expect(verdictOf(guard(GUARDED_WITH.suspend(7), configuration), 'suspend')).toBe('exceeded');
  });
});

describe('what counts', () => {
  const observedOf = (findings: LimitFinding[], rule: LimitFinding['rule']) =>
    findings.filter((finding) => finding.rule === rule).map(({ subject, observed }) => [subject, observed]);

  it('as newly left open is only an account that is new there and keeps its access', () => {
    const open = [
      buildOpen({ reason: 'claimed', keepsAccess: true }),
      buildOpen({ reason: 'claimed', keepsAccess: true, isNew: false }),
      buildOpen({ reason: 'claimed', keepsAccess: false }),
    ];
    expect(observedOf(guard({ open }), 'openAccess')).toEqual([[null, 1]]);
    expect(observedOf(guard({ open }), 'ambiguous')).toEqual([[null, 0]]);
  });

  it('as readers are those of accounts that have mail, not those of new ones', () => {
    const change = buildCreation(addressOf('new'), { delegates: [addressOf('a'), addressOf('b')] });
    expect(observedOf(guard({ changes: [change] }), 'accessGranted')).toEqual([[null, 0]]);
  });

  it('as changed attributes are those of accounts that stay in use, each on its own, by name', () => {
    const moved = buildChange({
      address: addressOf('a'),
      before: { fullName: 'a', division: '/', aliases: ['c@x'] },
      after: { fullName: 'b', division: 'care', aliases: [] },
    });
    const suspended = buildSuspension(addressOf('b'), {
      before: { active: true, aliases: ['d@x'] },
      after: { active: false, aliases: [] },
    });
    expect(observedOf(guard({ changes: [moved, suspended] }), 'sameAttribute')).toEqual([
      ['aliases', 1],
      ['division', 1],
      ['fullName', 1],
    ]);
  });

  it('lets suspensions on own evidence pass where too much is newly left open, and nothing else', () => {
    const open = GUARDED_WITH.openAccess(3).open ?? [];
    const verdict = (...changes: Guarded['changes']) => verdictOf(guard({ open, changes }), 'openAccess');
    expect(verdict(buildSuspension(addressOf('b')))).toBe('reduced');
    expect(verdict(buildSuspension(addressOf('b')), buildCreation(addressOf('c')))).toBe('exceeded');
  });
});

describe('a source that is missing', () => {
  const absent = { fact: 'gone', values: {} } as unknown as NonNullable<Guarded['source'][number]['absent']>;
  const floorOf = (name: string, given: object): number => {
    const { sources, ...rest } = configure();
    const joined = { ...sources[0], name: 'phones', join: {} } as unknown as Configuration['sources'][number];
    const source = [buildSource({ name, entries: 0, previousEntries: 100, ...given })];
    return guard({ source }, { ...rest, sources: [...sources, joined] }).filter(({ rule }) => rule === 'sourceFloor')
      .length;
  };

  it('is held only where it adds properties and is said to be missing', () => {
    expect(floorOf('phones', { absent })).toBe(0);
    expect(floorOf('phones', {})).toBe(1);
    expect(floorOf('office', { absent })).toBe(1);
    expect(floorOf('elsewhere', { absent })).toBe(1);
  });
});

describe('protected accounts', () => {
  const configuration = configure('protected: { addresses: [p0@company.org], administrators: [p1@company.org] }');

  it.each([
    ['suspended', buildSuspension(addressOf('p0'))],
    ['suspended, being administrators', buildSuspension(addressOf('p1'))],
    ['deleted', buildDeletion(addressOf('p0'))],
    ['renamed', buildChange({ address: addressOf('p0'), before: { address: 'p0' }, after: { address: 'x' } })],
  ])('are never %s', (_case, change) => {
    expect(verdictOf(guard({ changes: [change] }, configuration), 'protected')).toBe('exceeded');
  });

  it('may change otherwise', () => {
    const change = buildChange({ address: addressOf('p0'), before: { fullName: 'a' }, after: { fullName: 'b' } });
    expect(verdictOf(guard({ changes: [change] }, configuration), 'protected')).toBeUndefined();
  });

  it('as administrators must be active in Zivver', () => {
    const verdict = (...accounts: ExistingUser[]): string | undefined =>
      judgeAdministrators(configuration, indexOf(...accounts))[0]?.verdict;
    expect(verdict(existingUser('p1'))).toBe('within');
    expect(verdict(existingUser('p1', { active: false }))).toBe('exceeded');
    expect(verdict(existingUser('other', { aliases: [addressOf('p1')] }))).toBe('exceeded');
    expect(verdict()).toBe('exceeded');
    expect(judgeAdministrators(configure(), indexOf())).toEqual([]);
  });
});

describe('a refusal', () => {
  const finding = (given: Partial<LimitFinding>): LimitFinding => ({
    ...{ rule: 'suspend', subject: null, observed: 2, limit: 1, of: 3, verdict: 'exceeded' },
    ...given,
  });
  const refuse =
    (...findings: LimitFinding[]) =>
    () =>
      refuseExceeded(findings, 'nothing was applied');

  it('names every limit, its number and the override that would lift it', () => {
    expect(refuse(finding({}), finding({ verdict: 'within', rule: 'delete' }))).toThrow(
      expect.objectContaining({
        message: 'The plan goes beyond a limit; nothing was applied',
        problems: [{ where: 'limits', what: 'suspend: 2 of 3, at most 1 allowed' }],
        remedy: expect.stringContaining('{ rule: suspend, observed: 2, reason'),
      }),
    );
    expect(refuse(finding({}), finding({ rule: 'sameAttribute', subject: 'mobile', limit: null }))).toThrow(
      expect.objectContaining({
        message: 'The plan goes beyond 2 limits; nothing was applied',
        problems: [expect.anything(), { where: 'limits', what: 'sameAttribute (mobile): 2 of 3, no limit' }],
        remedy: expect.stringContaining('{ rule: sameAttribute, subject: mobile, observed: 2, reason'),
      }),
    );
  });

  it('of a source says what is the least, and writes thousands apart', () => {
    const floor = finding({ rule: 'sourceFloor', subject: 'office', observed: 1204, limit: 12_345, of: 1_234_567 });
    expect(describeFinding(floor)).toBe('sourceFloor (office): 1,204 of 1,234,567, at least 12,345 allowed');
  });
});

describe('refuseExceeded', () => {
  function codeOf(...rules: LimitFinding['rule'][]): string | null {
    try {
      refuseExceeded(
        rules.map((rule) => ({ rule, subject: null, observed: 2, limit: 1, of: 3, verdict: 'exceeded' })),
        'nothing',
      );
      return null;
    } catch (error) {
      return error instanceof ReconcileError ? `${error.code} ${error.problems.length}` : null;
    }
  }

  it.each([
    [[], null],
    [['suspend'], 'PLAN_LIMIT 1'],
    [['suspend', 'ambiguous'], 'MAPPING_AMBIGUOUS 2'],
    [['ambiguous', 'sourceFloor'], 'SOURCE_IMPLAUSIBLE 2'],
    [['emptyAttribute'], 'SOURCE_IMPLAUSIBLE 1'],
    [['suspend', 'sourceFloor', 'administrators'], 'PLAN_PROTECTED 3'],
    [['protected'], 'PLAN_PROTECTED 1'],
  ] as const)('of %j is %s', (rules, code) => {
    expect(codeOf(...rules)).toBe(code);
  });

  it('says the numbers with their denominators', () => {
    expect(
      describeFinding({ rule: 'suspend', subject: null, observed: 61, limit: 60, of: 1204, verdict: 'exceeded' }),
    ).toBe('suspend: 61 of 1,204, at most 60 allowed');
  });
});
