import type { Configuration } from '../../../src/model/configuration/configuration.ts';
import type { Baseline } from '../../../src/model/desired/baseline.ts';
import type { PlanFile } from '../../../src/model/schema/generated/plan.ts';
import { rollDice, type Dice } from './dice.ts';
import { NO_FACTS, type LedgerFacts } from '../../../src/model/ledger/ledger-facts.ts';
import { listTakings } from '../../../src/model/change/takings.ts';
import { planName } from '../../../src/model/plan/plan-name.ts';
import { isSuccess, type Outcome } from '../../../src/operations/apply/outcome.ts';
import { anyAddress, buildStaff, evolveStaff } from './evolve.ts';
import { meddle } from './meddle.ts';
import { MemoryZivver } from './memory-zivver.ts';
import { CLAIMED_DOMAINS, drawOrganisation } from './organisation.ts';
import { commitFiles, NO_BASELINE, planSeen, replayOnce, type Planned, type Seen } from './reconciliation.ts';
import { keyOf, readStaff, readWholeDomain, type Staff } from './staff.ts';

/** One simulated organisation: its directory, its Zivver and its branch. Everything follows from the seed. */
export interface Simulation {
  readonly seed: string;
  readonly dice: Dice;
  readonly configuration: Configuration;
  readonly staff: Staff;
  readonly zivver: MemoryZivver;
  now: Date;
  baseline: Baseline;
  previous: PlanFile | null;
  /** As the ledger would have them. */
  facts: LedgerFacts;
}

/** With guests Zivver refuses some addresses as aliases, and nobody can see which. */
export function startSimulation(seed: string, { hasGuests = false } = {}): Simulation {
  const dice = rollDice(seed);
  const configuration = drawOrganisation(dice);
  const staff = buildStaff(dice, dice.integer(3, 16));
  const zivver = new MemoryZivver({
    claimedDomains: CLAIMED_DOMAINS,
    returnsExternalIds: dice.chance(0.8),
    delegatesFollow: dice.chance(0.5),
    guests: new Set(hasGuests ? drawGuests(rollDice(`guests of ${seed}`)) : []),
  });
  const admin = zivver.createUser({ address: 'admin@company.org', fullName: 'Admin' });
  if ('account' in admin && staff.people[0]) admin.account.owner = keyOf(staff.people[0]);
  meddle(dice, zivver, staff, dice.integer(0, 6));
  const now = new Date('2026-11-23T10:00:00.000Z');
  return { seed, dice, configuration, staff, zivver, now, baseline: NO_BASELINE, previous: null, facts: NO_FACTS };
}

function drawGuests(dice: Dice): string[] {
  return Array.from({ length: 30 }, () => anyAddress(dice));
}

/** An organisation that is at rest: everybody has an account, the branch has all files. */
export async function startSettled(seed: string, configuration: Configuration, people: number): Promise<Simulation> {
  const dice = rollDice(seed);
  const staff = buildStaff(dice, people);
  const zivver = new MemoryZivver({
    claimedDomains: CLAIMED_DOMAINS,
    returnsExternalIds: true,
    delegatesFollow: false,
  });
  zivver.createUser({ address: 'admin@company.org', fullName: 'Admin' });
  const now = new Date('2026-11-23T10:00:00.000Z');
  const start = {
    seed,
    dice,
    configuration,
    staff,
    zivver,
    now,
    baseline: NO_BASELINE,
    previous: null,
    facts: NO_FACTS,
  };
  const planned = planSeen({ ...(await look(start)), bootstrap: true });
  await replayOnce(planned, zivver);
  const adopted = { ...start, baseline: commitFiles(planned.files), previous: planned.plan };
  // What was adopted is aligned by the plan after.
  const aligned = planSeen(await look(adopted));
  await replayOnce(aligned, zivver);
  return { ...adopted, baseline: commitFiles(aligned.files), previous: aligned.plan };
}

/** What the ledger remembers of an apply. */
export function remember(simulation: Simulation, { plan }: Planned, outcomes: readonly Outcome[]): void {
  const refusedAliases = new Map(simulation.facts.refusedAliases);
  for (const { zivverId, withoutAliases = [] } of outcomes)
    for (const refused of withoutAliases) {
      const known = refusedAliases.get(zivverId ?? '') ?? [];
      refusedAliases.set(zivverId ?? '', [...known, { ...refused, plan: planName(plan) }]);
    }
  const createdIds = new Map(simulation.facts.createdIds);
  for (const { change, zivverId } of outcomes)
    if (change.action === 'create' && change.key !== null && zivverId !== null) createdIds.set(change.key, zivverId);
  const at = simulation.now.getTime();
  const done = outcomes.filter(isSuccess).map(({ change }) => change);
  const taken = [...simulation.facts.taken, ...listTakings(done).map((one) => ({ ...one, at }))];
  simulation.facts = { createdIds, refusedAliases, taken, failures: NO_FACTS.failures, touched: NO_FACTS.touched };
}

/** A day passes: events in the directory (at most `busy`), now and then some in Zivver. */
export function passDay(simulation: Simulation, busy = 8): void {
  const { dice, staff, zivver } = simulation;
  simulation.now = new Date(simulation.now.getTime() + 24 * 3_600_000);
  const allowsDoubles = dice.chance(0.2);
  evolveStaff(dice, staff, { now: simulation.now, allowsDoubles, events: dice.integer(1, busy) });
  if (dice.chance(0.4)) meddle(dice, zivver, staff, dice.integer(1, 4));
}

export async function planNow(simulation: Simulation): Promise<Planned> {
  return planSeen(await look(simulation));
}

export async function look(simulation: Simulation): Promise<Seen> {
  const { configuration, staff, zivver, now, baseline, previous, facts } = simulation;
  return {
    configuration,
    now,
    baseline,
    previous,
    facts,
    bootstrap: false,
    sources: configuration.sources.map((source) => readStaff(staff, source)),
    domains: configuration.sources.map((source) => readWholeDomain(staff, source)),
    existing: await zivver.reader.readAccounts(),
  };
}
