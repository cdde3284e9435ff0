import { describe, expect, it } from 'vitest';
import { verifyFreshness, type Freshness, type FreshnessInput } from '../../../../src/operations/approval/freshness.ts';
import { digestOf } from '../../../../src/model/canonical.ts';
import { ReconcileError } from '../../../../src/model/errors.ts';
import type { Ledger, LedgerEntry } from '../../../../src/adapters/git/ledger.ts';
import { buildPlanFile } from '../../../../src/model/plan/plan-file.ts';
import { planName } from '../../../../src/model/plan/plan-name.ts';
import type { BeginRecord, EndRecord } from '../../../../src/model/schema/generated/ledger.ts';
import type { PlanBody, PlanFile } from '../../../../src/model/schema/generated/plan.ts';
import { configure } from '../../../support/account-builder.ts';
import { buildPlan, factAbout } from '../../../support/plan-builder.ts';

const CONFIGURATION = configure();
const HEAD = digestOf('head');
const TARGET = CONFIGURATION.target.url;
const LINEAGE = '5f0e8a9c-3a9b-4c1e-9c57-0b6b2f6f3a11';
const NOW = new Date('2026-11-24T10:00:00.000Z');

function plan(body: Partial<PlanBody> = {}): PlanFile {
  const mine = { target: TARGET, lineage: LINEAGE, parent: HEAD, configuration: CONFIGURATION.digest, tool: '1.2.3' };
  return buildPlanFile(buildPlan({ ...mine, sequence: 12, expiresAt: '2026-11-26T10:00:00.000Z', ...body }).body);
}

function entryOf(given: PlanFile, verdict: EndRecord['verdict'] | null): LedgerEntry {
  const begin = {
    type: 'begin',
    plan: given.digest,
    sequence: given.body.sequence,
    at: '2026-11-24T09:00:00.000Z',
  } as BeginRecord;
  const end = verdict === null ? null : ({ type: 'end', verdict, at: '2026-11-24T09:30:00.000Z' } as EndRecord);
  return { name: planName(given), begin, records: [begin], end, head: digestOf(given.digest), text: '' };
}

function ledger(...entries: LedgerEntry[]): Ledger {
  const genesis = {
    type: 'genesis',
    organisation: 'example',
    target: TARGET,
    lineage: LINEAGE,
    at: '2026-11-01T00:00:00.000Z',
  } as const;
  const branch = { tip: 'c'.repeat(40), gitRemote: null, commits: new Set<string>(), anchors: new Map() };
  return { ...branch, genesis, entries, head: entries.at(-1)?.head ?? HEAD };
}

function ledgerFor(target: string): Ledger {
  const { genesis, ...rest } = ledger();
  return { ...rest, genesis: genesis && { ...genesis, target } };
}

function verify(given: Partial<FreshnessInput>): Freshness {
  return verifyFreshness({
    plan: plan(),
    configuration: CONFIGURATION,
    ledger: ledger(),
    now: NOW,
    tool: '1.2.3',
    ...given,
  });
}

function codeOf(given: Partial<FreshnessInput>): string {
  try {
    return verify(given).kind;
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    expect(error.remedy, 'what to do').toMatch(/./);
    return error.code;
  }
}

describe('verifyFreshness', () => {
  it('lets the first apply of a fresh plan begin', () => {
    expect(verify({})).toEqual({ kind: 'first' });
  });

  it.each([
    ['another target than anybody', { plan: plan({ target: 'https://other.example' }) }, 'PLAN_WRONG_TARGET'],
    ['another target than the ledger', { ledger: ledgerFor('https://other.example') }, 'PLAN_WRONG_TARGET'],
    ['another lineage', { plan: plan({ lineage: '00000000-0000-4000-8000-000000000000' }) }, 'PLAN_WRONG_TARGET'],
    [
      'another target than the configuration',
      { configuration: { ...CONFIGURATION, target: { ...CONFIGURATION.target, url: 'https://other.example' } } },
      'PLAN_WRONG_TARGET',
    ],
    ['another parent than the head', { plan: plan({ parent: digestOf('older') }) }, 'PLAN_SUPERSEDED'],
    [
      'another configuration',
      { configuration: { ...CONFIGURATION, digest: digestOf('other') } },
      'PLAN_CONFIGURATION_CHANGED',
    ],
    ['an older major version', { tool: '2.0.0' }, 'PLAN_SUPERSEDED'],
    ['a newer major version', { plan: plan({ tool: '2.0.0' }) }, 'PLAN_SUPERSEDED'],
    ['another minor version', { tool: '1.9.0' }, 'first'],
    ['another minor version before 1.0', { plan: plan({ tool: '0.1.0' }), tool: '0.2.0' }, 'PLAN_SUPERSEDED'],
    ['another patch version before 1.0', { plan: plan({ tool: '0.1.0' }), tool: '0.1.9' }, 'first'],
    ['no ledger', { ledger: { ...ledger(), genesis: null, head: null } }, 'LEDGER_INVALID'],
  ])('with %s says %s', (_case, given, code) => {
    expect(codeOf(given)).toBe(code);
  });

  it.each([
    ['2026-11-26T09:59:59.999Z', 'first'],
    ['2026-11-26T10:00:00.000Z', 'PLAN_EXPIRED'],
    ['2026-11-26T10:00:00.001Z', 'PLAN_EXPIRED'],
  ])('at %s says %s of a plan that expires at ten', (now, code) => {
    expect(codeOf({ now: new Date(now) })).toBe(code);
  });

  it.each([
    [null, 'again'],
    ['incomplete', 'again'],
    ['interrupted', 'again'],
    ['complete', 'PLAN_SUPERSEDED'],
    ['refused', 'PLAN_SUPERSEDED'],
    ['abandoned', 'PLAN_SUPERSEDED'],
  ] as const)('of a plan whose apply ended %s says %s', (verdict, code) => {
    expect(codeOf({ ledger: ledger(entryOf(plan(), verdict)) })).toBe(code);
  });

  it('lets an apply that began in time go on after the plan has expired', () => {
    expect(codeOf({ ledger: ledger(entryOf(plan(), null)), now: new Date('2027-01-01') })).toBe('again');
  });

  it('does not let an apply go on once a later plan was applied', () => {
    const later = plan({ sequence: 13 });
    expect(codeOf({ ledger: ledger(entryOf(plan(), 'incomplete'), entryOf(later, 'complete')) })).toBe(
      'PLAN_SUPERSEDED',
    );
  });

  it.each([
    [12, 'PLAN_SUPERSEDED'],
    [11, 'PLAN_SUPERSEDED'],
    [13, 'first'],
  ])('after plan 12, plan %i with the right parent is %s', (sequence, code) => {
    const last = entryOf(plan(), 'complete');
    expect(
      codeOf({ plan: plan({ sequence, parent: last.head, notes: [factAbout('another')] }), ledger: ledger(last) }),
    ).toBe(code);
  });

  it('names the apply that has not ended, of a plan made before it began', () => {
    const open = ledger(entryOf(plan(), null));
    const refuse = () => verify({ plan: plan({ sequence: 13, parent: digestOf('older') }), ledger: open });
    expect(refuse).toThrow(
      expect.objectContaining({
        code: 'PLAN_SUPERSEDED',
        message: expect.stringMatching(/was made before plan 0012-[0-9a-f]+ began, whose apply has not ended/),
        remedy: expect.stringMatching(/apply 0012-[0-9a-f]+ --abandon/),
      }),
    );
  });
});
