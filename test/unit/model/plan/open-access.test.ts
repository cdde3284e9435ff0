import { describe, expect, it } from 'vitest';
import { judgeOpenAccess, reduceToOwnEvidence, toldAsReduced } from '../../../../src/model/plan/open-access.ts';
import { configure, desiredUser } from '../../../support/account-builder.ts';
import { buildChange, buildOpen, buildSuspension, buildUnexplained } from '../../../support/plan-builder.ts';

const NOW = new Date('2026-11-23T10:00:00.000Z');
const existing = { users: 9, activeUsers: 9, functional: 0, managed: 9, activeManaged: 9 };
const opens = (count: number, given: Partial<Parameters<typeof buildOpen>[0]> = {}) =>
  Array.from({ length: count }, (_, index) =>
    buildOpen({ reason: 'claimed', keepsAccess: true, address: `p${index}@company.org`, ...given }),
  );

describe('accounts newly left open that keep access', () => {
  it.each([
    [2, {}, 'within'],
    [3, {}, 'exceeded'],
    [3, { isNew: false }, 'within'],
    [3, { keepsAccess: false }, 'within'],
    [3, { reason: 'on-hold' as const }, 'within'],
  ])('%i of them with %j are %s', (count, given, verdict) => {
    const plan = { open: opens(count, given), existing, bootstrap: false };
    expect(judgeOpenAccess(plan, configure(), NOW).verdict).toBe(verdict);
  });

  it('have no limit in a first plan', () => {
    expect(judgeOpenAccess({ open: opens(30), existing, bootstrap: true }, configure(), NOW).verdict).toBe('within');
  });

  it('beyond the limit leave nothing of a plan but suspensions on an account’s own evidence', () => {
    const disabled = buildSuspension('anna@company.org', {
      before: { active: true, aliases: ['a@company.org'] },
      after: { active: false, aliases: [] },
    });
    const others = [buildUnexplained('bas@company.org'), buildChange({ address: 'carla@company.org' })];
    const baseline = [desiredUser('anna', { key: disabled.key ?? '', aliases: ['a@company.org'] }), desiredUser('bas')];
    const reduced = reduceToOwnEvidence([disabled, ...others], baseline, { observed: 3, limit: 2 });
    expect(reduced.changes).toMatchObject([
      { address: 'anna@company.org', before: { active: true }, after: { active: false } },
    ]);
    expect(reduced.changes[0]?.after).not.toHaveProperty('aliases');
    expect(reduced.desired).toEqual([desiredUser('anna', { key: disabled.key ?? '', active: false }), baseline[1]]);
    expect(reduced.open.map(({ address, reason }) => [address, reason])).toEqual(
      others.map(({ address }) => [address, 'waiting']),
    );
    const finding = { rule: 'openAccess', subject: null, observed: 3, limit: 2, of: 9, verdict: 'exceeded' } as const;
    expect(toldAsReduced(finding, reduced.changes).verdict).toBe('reduced');
    expect(toldAsReduced(finding, others).verdict).toBe('exceeded');
  });
});
