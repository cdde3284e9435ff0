import { describe, expect, it } from 'vitest';
import { refuseExceeded } from '../../src/plan/guard-refusal.ts';
import { ReconcileError } from '../../src/errors.ts';
import type { PlanFile } from '../../src/schema/generated/plan.ts';
import { describeChange } from '../support/world/invariants.ts';
import { buildOrganisation } from '../support/world/organisation.ts';
import { forEachSeed } from '../support/world/seeds.ts';
import { planNow, startSettled, type Simulation } from '../support/world/simulation.ts';
import { DOMAIN_DN } from '../support/world/staff.ts';

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

function suspensionsOf({ body }: PlanFile): string[] {
  return body.changes.filter(({ action }) => action === 'suspend' || action === 'delete').map(describeChange);
}

function renameUnits({ staff }: Simulation): void {
  for (const unit of ['care', 'office']) staff.units.set(unit, `OU=${unit} renamed,OU=Staff,${DOMAIN_DN}`);
}

describe('a renamed organisational unit with everybody in it', () => {
  it('suspends nobody and changes nothing', async () => {
    await forEachSeed('mass-changes', 20, async (seed) => {
      const simulation = await startSettled(seed, buildOrganisation(), simulationSize(seed));
      renameUnits(simulation);
      const { plan, isEmpty } = await planNow(simulation);
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
    await forEachSeed('mass-changes', 20, async (seed) => {
      const simulation = await startSettled(seed, configuration, simulationSize(seed));
      expect(refusalOf((await planNow(simulation)).plan)).toBeNull();
      renameUnits(simulation);
      expect(refusalOf((await planNow(simulation)).plan)).toBe('SOURCE_IMPLAUSIBLE');
    });
  });
});

describe('entries that silently are not in the answer', () => {
  it('suspend nobody beyond the limits, whatever their share', { timeout: 600_000 }, async () => {
    let refused = 0;
    await forEachSeed('mass-changes', 3, async (seed) => {
      for (const share of [1, 2, 3, 5, 10, 20, 50, 90, 99, 100]) {
        const simulation = await startSettled(`${seed} ${share}`, buildOrganisation(), 60);
        const { staff, dice } = simulation;
        const others = staff.people.filter(({ isProtected }) => !isProtected);
        const lost = new Set(dice.sample(others, Math.ceil((others.length * share) / 100)));
        for (const person of lost) staff.people.splice(staff.people.indexOf(person), 1);
        const { plan } = await planNow(simulation);
        const count = suspensionsOf(plan).length;
        const unexplained = plan.body.changes.filter(({ reason }) => reason === 'unexplained').length;
        const isRefused = refusalOf(plan) !== null;
        if (isRefused) refused += 1;
        if (count > 5 || unexplained > 2)
          expect(isRefused, `${count} suspended, ${unexplained} unexplained`).toBe(true);
      }
    });
    expect(refused).toBeGreaterThan(0);
  });
});

describe('an attribute that is empty everywhere of a sudden', () => {
  it('is taken for lost read rights', async () => {
    const simulation = await startSettled('emptied', buildOrganisation(), 30);
    for (const person of simulation.staff.people) person.mobile = null;
    expect(refusalOf((await planNow(simulation)).plan)).toBe('SOURCE_IMPLAUSIBLE');
  });
});

/** 1 to 40. */
function simulationSize(seed: string): number {
  return 1 + ((Number(seed.split('-').at(-1)) * 7) % 40);
}
