import { expect, it } from 'vitest';
import type { CountLimitRule } from '../../src/model/configuration/limit-rules.ts';
import { evaluateGuards } from '../../src/model/plan/guards.ts';
import { configure } from '../support/account-builder.ts';
import { GUARDED_WITH, populationOf } from '../support/guarded.ts';
import { TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';

const NOW = new Date('2026-11-23T10:00:00.000Z');
const RULES = Object.keys(GUARDED_WITH) as CountLimitRule[];
/** More changes than this in one plan tell nothing new. */
const MOST = 3000;

/** share in thousandths of a percent, so that the limit is worked out in whole numbers, unlike in the program. */
interface Drawn {
  readonly floor: number;
  readonly share: number;
  readonly cap: number;
}

it('every limit is exact: reached it holds, one more is too many', { timeout: TRIALS_TIMEOUT_MS }, async () => {
  await tryTimes({ id: 'R20', unit: 'limits', goal: 7000, normal: 350, minutes: 2 }, (trial) => {
    const rule = RULES[trial.number % RULES.length]!;
    const population = drawPopulation(trial);
    const drawn = drawLimit(trial, rule === 'membersRemoved' ? 0 : population);
    const limit = limitOf(drawn, population);
    if (limit > MOST || (rule === 'membersRemoved' && limit >= population)) return 0;
    const configuration = configure(
      `limits: { ${rule}: { floor: ${drawn.floor}, share: ${drawn.share / 1000}, cap: ${drawn.cap} } }`,
    );
    for (const observed of [limit - 1, limit, limit + 1].filter((count) => count > 0)) {
      const guarded = {
        ...{ changes: [], open: [], bootstrap: false, desired: { adopted: 0 } },
        ...GUARDED_WITH[rule](observed, population),
        ...populationOf(rule, population),
      };
      const verdict = evaluateGuards(guarded, { configuration, now: NOW, index: null }).find(
        (finding) => finding.rule === rule && finding.observed === observed,
      )?.verdict;
      // Without changes there is nothing that would have to wait.
      const beyond = rule === 'openAccess' ? 'reduced' : 'exceeded';
      const wanted = observed > limit ? beyond : 'within';
      trial.count('wrong verdicts', Number(verdict !== wanted));
      expect(verdict, `${rule}: ${observed} of ${population} with ${JSON.stringify(drawn)}`).toBe(wanted);
    }
    return 1;
  });
});

function drawPopulation({ dice }: Trial): number {
  return dice.pick([0, 1, 2, 3, dice.integer(4, 100), dice.integer(100, 5000), dice.integer(5000, 100_000)]);
}

function drawLimit({ dice }: Trial, population: number): Drawn {
  const share = dice.pick([0, 100, 500, 1000, 5000, 29_000, 50_000, 100_000, dice.integer(0, 100_001)]);
  const cap = dice.pick([0, 1, dice.integer(0, 200), population, 100_000]);
  return { floor: dice.pick([0, 1, 5, dice.integer(0, 50)]), share, cap };
}

/** min(max(floor, share % of the population), cap), rounded down. */
function limitOf({ floor, share, cap }: Drawn, population: number): number {
  return Math.min(Math.max(floor, Number((BigInt(share) * BigInt(population)) / 100_000n)), cap);
}
