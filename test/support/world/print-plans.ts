import { digestOf } from '../../../src/model/canonical.ts';
import { commitFiles, replayOnce } from './reconciliation.ts';
import { passDay, planNow, startSimulation } from './simulation.ts';
import { formatPlanFile } from '../format-plan-file.ts';

/** One digest over all plans and desired files of some simulations, for comparing machines, time zones and locales. */
export async function digestPlans(seeds: readonly string[]): Promise<string> {
  let text = '';
  for (const seed of seeds) {
    const simulation = startSimulation(seed);
    for (let day = 0; day < 4; day += 1) {
      const planned = await planNow(simulation);
      text += formatPlanFile(planned.plan) + JSON.stringify([...planned.files]);
      await replayOnce(planned, simulation.zivver);
      simulation.baseline = commitFiles(planned.files);
      simulation.previous = planned.plan;
      passDay(simulation);
    }
  }
  return digestOf(text);
}

if (process.argv[1]?.endsWith('print-plans.ts')) process.stdout.write(await digestPlans(process.argv.slice(2)));
