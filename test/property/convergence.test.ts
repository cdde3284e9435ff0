import { describe, expect, it } from 'vitest';
import { describeChange, expectInvariants } from '../support/world/invariants.ts';
import { commitFiles, replayOnce, type Planned } from '../support/world/reconciliation.ts';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';
import { passDay, planNow, remember, startSimulation, type Simulation } from '../support/world/simulation.ts';

const MOST_DAYS = 6;
/** Of plans in a day: what is adopted is aligned by the next one, and that one may be refused an alias or delete. */
const MOST_ROUNDS = 4;

/** Accounts that went without an alias. */
let refused = 0;

/** Plan, merge, apply, with all invariants. */
async function reconcile(simulation: Simulation): Promise<Planned> {
  const planned = await planNow(simulation);
  const before = simulation.zivver.clone();
  const replayed = await replayOnce(planned, simulation.zivver);
  simulation.baseline = commitFiles(planned.files);
  simulation.previous = planned.plan;
  remember(simulation, planned, replayed.outcomes);
  expectInvariants({ simulation, before, planned, replayed });
  refused += replayed.outcomes.filter(({ withoutAliases }) => withoutAliases !== undefined).length;
  return planned;
}

function expectEmpty({ plan, isEmpty }: Planned): void {
  expect(plan.body.changes.map(describeChange), 'changes of the second plan').toEqual([]);
  expect(isEmpty, 'the second plan leaves all files alone').toBe(true);
}

describe('a simulated organisation', () => {
  it(
    'needs no second plan after an apply, unless accounts were adopted or addresses waited for a deletion',
    { timeout: TRIALS_TIMEOUT_MS },
    async () => {
      let changes = 0;
      let adoptions = 0;
      await tryTimes({ id: 'R1', unit: 'worlds', goal: 10_000, normal: 200, minutes: 9 }, async (trial) => {
        const simulation = startSimulation(trial.seed, { hasGuests: trial.number % 2 === 0 });
        for (let day = 0; day <= trial.number % MOST_DAYS; day += 1) {
          for (let rounds = 0, isOver = false; !isOver && rounds < MOST_ROUNDS; rounds += 1) {
            const before = refused;
            const { plan } = await reconcile(simulation);
            changes += plan.body.changes.length;
            adoptions += plan.body.adopted.length;
            // Deletion comes last, so its addresses are free only for the next plan; what Zivver refused is told by it.
            const hasDeleted = plan.body.changes.some(({ action }) => action === 'delete');
            isOver = plan.body.adopted.length === 0 && refused === before && !hasDeleted;
          }
          expectEmpty(await planNow(simulation));
          passDay(simulation);
        }
      });
      expect(changes).toBeGreaterThan(0);
      expect(refused).toBeGreaterThan(0);
      expect(adoptions).toBeGreaterThan(0);
    },
  );
});
