import { expect, it } from 'vitest';
import { ReconcileError } from '../../src/model/errors.ts';
import { refuseExceeded } from '../../src/model/plan/guard-refusal.ts';
import { IS_LONG, TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';
import { buildStaff, evolveStaff } from '../support/world/evolve.ts';
import { describeChange, expectInvariants } from '../support/world/invariants.ts';
import { Killed } from '../support/world/memory-zivver.ts';
import { meddle } from '../support/world/meddle.ts';
import { buildOrganisation } from '../support/world/organisation.ts';
import { commitFiles, replayOnce, type Planned } from '../support/world/reconciliation.ts';
import { planNow, startSettled, type Simulation } from '../support/world/simulation.ts';
import type { Person } from '../support/world/staff.ts';

const DAYS = IS_LONG ? 365 : 60;
/** What people override after they have looked at it: many hires or renames in one day. */
const OVERRIDABLE: readonly string[] = ['create', 'sameAttribute', 'membersRemoved'];

it(
  'a year of an organisation ends with everybody in the right state, whatever went wrong on the way',
  { timeout: TRIALS_TIMEOUT_MS },
  async () => {
    await tryTimes({ id: 'R23', unit: 'simulated days', goal: 50 * DAYS, normal: DAYS, minutes: 7 }, async (trial) => {
      const configuration = buildOrganisation({ sso: 'base64' });
      const simulation = await startSettled(trial.seed, configuration, 15 + trial.dice.integer(0, 20));
      for (let day = 0; day < DAYS; day += 1) await liveThroughDay(simulation, trial);
      for (let cycle = 0; cycle < 2; cycle += 1) await applyOverridden(simulation, await planNow(simulation));
      expect((await planNow(simulation)).plan.body.changes.map(describeChange)).toEqual([]);
      return DAYS;
    });
  },
);

async function liveThroughDay(simulation: Simulation, trial: Trial): Promise<void> {
  const { dice, staff, zivver } = simulation;
  simulation.now = new Date(simulation.now.getTime() + 24 * 3_600_000);
  const events = dice.chance(0.03) ? dice.integer(10, 20) : dice.integer(0, 4);
  evolveStaff(dice, staff, { now: simulation.now, allowsDoubles: false, events });
  if (dice.chance(0.01)) merge(simulation);
  if (dice.chance(0.1)) meddle(dice, zivver, staff, dice.integer(1, 4));
  // The directory cannot be read: no plan. Or it answers with a part of it, and nobody is told.
  if (dice.chance(0.03)) return;
  if (dice.chance(0.05)) return planOnPart(simulation, trial);
  await applyPlan(simulation, trial, await planNow(simulation));
}

/** Another organisation joins. */
function merge({ dice, staff }: Simulation): void {
  const { people } = buildStaff(dice, dice.integer(5, 12));
  const taken = new Set(staff.people.flatMap(({ primary, aliases }) => [primary, ...aliases]));
  for (const person of people.slice(1)) {
    if (taken.has(person.primary)) person.primary = `n${dice.integer(0, 1_000_000)}@company.nl`;
    person.groups = [];
    person.delegates = [];
    staff.people.push(person);
    taken.add(person.primary);
  }
}

/** Whoever is lost comes back the next day; until then nobody may have lost access beyond the strict limit. */
async function planOnPart(simulation: Simulation, trial: Trial): Promise<void> {
  const { dice, staff, zivver } = simulation;
  const whole = [...staff.people];
  const others = whole.filter(({ isProtected }) => !isProtected);
  const lost = new Set<Person>(dice.sample(others, dice.integer(1, others.length + 1)));
  staff.people.splice(0, staff.people.length, ...whole.filter((person) => !lost.has(person)));
  const planned = await planNow(simulation);
  const codes = refusedRules(planned);
  const unexplained = planned.plan.body.changes.filter(({ reason }) => reason === 'unexplained').length;
  const active = [...zivver.accounts.values()].filter((account) => account.kind === 'user' && account.active).length;
  const isBeyond = unexplained > Math.max(2, Math.floor(active / 100));
  trial.count('partial answers', 1);
  trial.count('partial answers that suspend beyond a limit', Number(codes.length === 0 && isBeyond));
  expect(codes.length > 0 || !isBeyond).toBe(true);
  staff.people.splice(0, staff.people.length, ...whole);
}

function refusedRules({ plan }: Planned): string[] {
  try {
    refuseExceeded(plan.body.limits, 'nothing happened');
    return [];
  } catch (error) {
    if (!(error instanceof ReconcileError)) throw error;
    return plan.body.limits.filter(({ verdict }) => verdict === 'exceeded').map(({ rule }) => rule);
  }
}

/** Merged and applied, killed in the middle now and then. A plan beyond a limit waits, unless people may override it. */
async function applyPlan(simulation: Simulation, trial: Trial, planned: Planned): Promise<void> {
  const refused = refusedRules(planned);
  trial.count('plans', 1);
  trial.count('refused plans', Number(refused.length > 0));
  if (refused.some((rule) => !OVERRIDABLE.includes(rule)) && !trial.dice.chance(0.5)) return;
  await applyOverridden(simulation, planned);
}

/** Applied whatever its limits: people have looked, and override them. */
async function applyOverridden(simulation: Simulation, planned: Planned): Promise<void> {
  const before = simulation.zivver.clone();
  const isKilled = simulation.dice.chance(0.1);
  if (isKilled) await killOnce(simulation, planned);
  const replayed = await replayOnce(planned, simulation.zivver);
  simulation.baseline = commitFiles(planned.files);
  simulation.previous = planned.plan;
  const outcomes = replayed.outcomes.map((outcome) => {
    const isByKilled = outcome.status === 'already-applied' || (isKilled && outcome.status === 'adopted');
    return isByKilled ? { ...outcome, status: 'applied' as const } : outcome;
  });
  expectInvariants({ simulation, before, planned, replayed: { ...replayed, outcomes } });
}

async function killOnce({ zivver, dice }: Simulation, planned: Planned): Promise<void> {
  zivver.killAfter(dice.integer(0, 6), dice.chance(0.5));
  await replayOnce(planned, zivver).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
  });
  zivver.surviveEverything();
}
