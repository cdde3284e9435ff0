import { describe, expect, it } from 'vitest';
import { ReconcileError } from '../../src/model/errors.ts';
import { refuseExceeded } from '../../src/model/plan/guard-refusal.ts';
import type { PlanFile } from '../../src/model/schema/generated/plan.ts';
import { TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';
import { describeChange } from '../support/world/invariants.ts';
import { buildOrganisation } from '../support/world/organisation.ts';
import { planNow, startSettled, type Simulation } from '../support/world/simulation.ts';
import { DOMAIN_DN, keyOf, type Person } from '../support/world/staff.ts';

/** The code of the refusal, null if the limits let the plan pass. */
function refusalOf({ body }: PlanFile): string | null {
  try {
    refuseExceeded(body.limits, 'nothing happened');
    return null;
  } catch (error) {
    if (error instanceof ReconcileError) return error.code;
    throw error;
  }
}

function renameUnits({ staff }: Simulation): void {
  for (const unit of ['care', 'office']) staff.units.set(unit, `OU=${unit} renamed,OU=Staff,${DOMAIN_DN}`);
}

/** 1 to 40 people. */
function sizeOf({ number }: Trial): number {
  return 1 + ((number * 7) % 40);
}

describe('a renamed organisational unit with everybody in it', { timeout: TRIALS_TIMEOUT_MS }, () => {
  it('suspends nobody and changes nothing', async () => {
    await tryTimes({ id: 'R12', unit: 'renamed units', goal: 500, normal: 20 }, async (trial) => {
      const simulation = await startSettled(trial.seed, buildOrganisation(), sizeOf(trial));
      renameUnits(simulation);
      const { plan, isEmpty } = await planNow(simulation);
      trial.count('suspended', plan.body.changes.filter(({ action }) => action === 'suspend').length);
      expect(plan.body.changes).toEqual([]);
      expect(isEmpty).toBe(true);
    });
  });

  it('is refused if a filter names the unit, however small the organisation is', async () => {
    const dns = `["OU=Care,OU=Staff,${DOMAIN_DN}", "OU=Office,OU=Staff,${DOMAIN_DN}"]`;
    const configuration = buildOrganisation({
      protected: '',
      filters: `[{ include: { attribute: distinguishedName, values: ${dns} } }]`,
    });
    await tryTimes({ id: 'R12', unit: 'renamed units', goal: 500, normal: 20 }, async (trial) => {
      const simulation = await startSettled(trial.seed, configuration, sizeOf(trial));
      expect(refusalOf((await planNow(simulation)).plan)).toBeNull();
      renameUnits(simulation);
      expect(refusalOf((await planNow(simulation)).plan)).toBe('SOURCE_IMPLAUSIBLE');
    });
  });
});

/** Who is silently not in the answer: so many percent of everybody at random, or of one unit and then of the other. */
function loseEntries({ staff, dice }: Simulation, share: number, isByUnit: boolean): Person[] {
  const others = staff.people.filter(({ isProtected }) => !isProtected);
  const inOrder = isByUnit ? [...others].sort((a, b) => a.unit.localeCompare(b.unit)) : dice.shuffle(others);
  const lost = inOrder.slice(0, Math.ceil((others.length * share) / 100));
  for (const person of lost) staff.people.splice(staff.people.indexOf(person), 1);
  return lost;
}

describe('entries that silently are not in the answer', { timeout: TRIALS_TIMEOUT_MS }, () => {
  it('suspend nobody beyond the limits, whatever their share, at random or by unit', async () => {
    let refused = 0;
    let passed = 0;
    const losses = { id: 'R11', unit: 'losses', goal: 1000, normal: 50, minutes: 3 } as const;
    // Coprime to 100: the shares from 1 to 100 come in another order, and all of them within 100 trials of each kind.
    const shareOf = (number: number): number => 1 + ((Math.floor(number / 2) * 37) % 100);
    await tryTimes(losses, async ({ seed, number, dice, count }) => {
      const simulation = await startSettled(seed, buildOrganisation(), 30 + dice.integer(0, 180));
      const activeBefore = [...simulation.zivver.accounts.values()].filter(({ active }) => active).length;
      const lost = new Set(loseEntries(simulation, shareOf(number), number % 2 === 1).map(keyOf));
      const { plan } = await planNow(simulation);
      const suspended = plan.body.changes.filter(({ action }) => action === 'suspend');
      expect(plan.body.changes.filter(({ action }) => action === 'delete')).toEqual([]);
      // Whoever cannot be found anywhere has not left: that is said of each, and nobody else is touched.
      expect(suspended.filter(({ reason }) => reason !== 'unexplained').map(describeChange)).toEqual([]);
      expect(suspended.filter(({ key }) => !lost.has(key ?? '')).map(describeChange)).toEqual([]);
      const isRefused = refusalOf(plan) !== null;
      const isBeyond = suspended.length > Math.max(2, Math.floor(activeBefore / 100));
      count('suspended beyond a limit', isRefused ? 0 : Number(isBeyond));
      expect(isRefused || !isBeyond, `${suspended.length} of ${activeBefore} lost, not refused`).toBe(true);
      if (isRefused) refused += 1;
      else passed += 1;
    });
    expect(refused).toBeGreaterThan(0);
    expect(passed).toBeGreaterThan(0);
  });
});

describe('an attribute that is empty everywhere of a sudden', () => {
  it('is taken for lost read rights', async () => {
    const simulation = await startSettled('emptied', buildOrganisation(), 30);
    for (const person of simulation.staff.people) person.mobile = null;
    expect(refusalOf((await planNow(simulation)).plan)).toBe('SOURCE_IMPLAUSIBLE');
  });
});
