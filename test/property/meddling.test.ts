import { describe, expect, it } from 'vitest';
import { isSuccess } from '../../src/operations/apply/outcome.ts';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';
import { describeChange } from '../support/world/invariants.ts';
import { meddle } from '../support/world/meddle.ts';
import { commitFiles, replayOnce, type Planned } from '../support/world/reconciliation.ts';
import { passDay, planNow, startSimulation, type Simulation } from '../support/world/simulation.ts';

async function planAndCommit(simulation: Simulation): Promise<Planned> {
  const planned = await planNow(simulation);
  simulation.baseline = commitFiles(planned.files);
  simulation.previous = planned.plan;
  return planned;
}

describe('an apply after somebody changed Zivver since the review', () => {
  it('writes only what still fits, and the next plans come to rest', { timeout: TRIALS_TIMEOUT_MS }, async () => {
    let conflicts = 0;
    await tryTimes({ id: 'R23', unit: 'meddled applies', goal: 2000, normal: 80, minutes: 3 }, async ({ seed }) => {
      const simulation = startSimulation(seed);
      const { dice, zivver, staff } = simulation;
      for (let day = 0; day < 4; day += 1) {
        const planned = await planAndCommit(simulation);
        meddle(dice, zivver, staff, dice.integer(1, 6));
        const meddled = zivver.clone();
        const { assessment, outcomes } = await replayOnce(planned, zivver);
        conflicts += outcomes.filter((outcome) => !isSuccess(outcome)).length;
        if (assessment.stale.length > 0) expect(zivver.applied.length, 'stale: nothing is written').toBe(0);
        for (const { change, status } of outcomes) {
          const id = change.zivverId ?? '';
          if (status !== 'conflicted' || !meddled.accounts.has(id)) continue;
          expect({ ...zivver.accounts.get(id), delegates: [] }).toEqual({ ...meddled.accounts.get(id), delegates: [] });
        }
        zivver.applied.length = 0;
        for (let cycle = 0; cycle < 3; cycle += 1) await replayOnce(await planAndCommit(simulation), zivver);
        expect((await planNow(simulation)).plan.body.changes.map(describeChange)).toEqual([]);
        zivver.applied.length = 0;
        passDay(simulation);
      }
      return 4;
    });
    expect(conflicts).toBeGreaterThan(0);
  });
});
