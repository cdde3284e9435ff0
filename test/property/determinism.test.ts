import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';
import { permuteSeen } from '../support/world/permute.ts';
import { digestPlans } from '../support/world/print-plans.ts';
import { commitFiles, planSeen, replayOnce } from '../support/world/reconciliation.ts';
import { look, passDay, startSimulation } from '../support/world/simulation.ts';
import { formatPlanFile } from '../support/format-plan-file.ts';

describe('the same facts', () => {
  it('give the same bytes in whatever order they come', { timeout: TRIALS_TIMEOUT_MS }, async () => {
    await tryTimes({ id: 'R19', unit: 'permutations', goal: 6000, normal: 300, minutes: 2 }, async ({ seed, dice }) => {
      const simulation = startSimulation(seed);
      for (let day = 0; day < 4; day += 1) {
        const seen = await look(simulation);
        const planned = planSeen(seen);
        for (let time = 0; time < 3; time += 1) {
          const permuted = planSeen(permuteSeen(dice, seen));
          expect(formatPlanFile(permuted.plan)).toBe(formatPlanFile(planned.plan));
          expect(permuted.files).toEqual(planned.files);
        }
        await replayOnce(planned, simulation.zivver);
        simulation.baseline = commitFiles(planned.files);
        passDay(simulation);
      }
      return 12;
    });
  });

  it.each([
    { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' },
    { TZ: 'America/St_Johns', LC_ALL: 'sv_SE.UTF-8' },
    { TZ: 'Europe/Amsterdam', LC_ALL: 'C' },
  ])('give the same bytes with %j', { timeout: 60_000 }, async (environment) => {
    const seeds = ['determinism-0', 'determinism-1', 'determinism-2'];
    const script = path.resolve(import.meta.dirname, '../support/world/print-plans.ts');
    const tsx = path.resolve(import.meta.dirname, '../../node_modules/tsx/dist/cli.mjs');
    const { stdout } = await execa(process.execPath, [tsx, script, ...seeds], { env: environment });
    expect(stdout).toBe(await digestPlans(seeds));
  });
});
