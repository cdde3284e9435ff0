import type { RequestLine } from '../../../src/sandbox/request-log.ts';
import { describeAccounts } from '../sandbox-accounts.ts';
import { rollDice } from '../world/dice.ts';
import { buildStaff, evolveStaff } from '../world/evolve.ts';
import { buildOrganisation } from '../world/organisation.ts';
import { commitFiles, NO_BASELINE, planSeen, replayOnce, type Planned } from '../world/reconciliation.ts';
import { readStaff, readWholeDomain } from '../world/staff.ts';
import { replayOverWire } from './replay-over-wire.ts';
import { startWire } from './wire.ts';

/** An approved plan and a Zivver in which it has not been applied yet. */
export interface Scenario {
  readonly planned: Planned;
  /** The journal of the sandbox. */
  readonly state: string;
  /** What an apply that nothing disturbs leaves in Zivver, and which requests it sends. */
  readonly accounts: readonly string[];
  readonly requests: readonly RequestLine[];
}

export interface ScenarioSize {
  readonly people: number;
  readonly events: number;
}

/** A plan with creations among other changes, for an organisation that was settled before. */
export async function buildScenario(seed: string, { people, events }: ScenarioSize): Promise<Scenario> {
  const dice = rollDice(seed);
  const configuration = buildOrganisation({
    sso: 'base64',
    // So much happens at once that many accounts are open; here nothing waits for them.
    limits: '{ openAccess: { floor: 100000 } }',
  });
  const staff = buildStaff(dice, people);
  const now = new Date('2026-11-23T10:00:00.000Z');
  const look = { configuration, now, previous: null };
  const wire = await startWire({ rateLimit: null });
  try {
    const connection = wire.connect();
    await wire.time.pass(connection.writer.createUser({ address: 'admin@company.org', fullName: 'Admin' }));
    const read = async () => ({
      ...look,
      existing: await wire.time.pass(connection.reader.readAccounts()),
      sources: configuration.sources.map((source) => readStaff(staff, source)),
      domains: configuration.sources.map((source) => readWholeDomain(staff, source)),
    });
    const first = planSeen({ ...(await read()), baseline: NO_BASELINE, bootstrap: true });
    await wire.time.pass(replayOnce(first, connection));
    const planned = await untilEnoughCreates(async () => {
      evolveStaff(dice, staff, { now, allowsDoubles: false, events });
      return planSeen({ ...(await read()), baseline: commitFiles(first.files), bootstrap: false });
    });
    const state = wire.readState();
    return { planned, state, ...(await applyUndisturbed(planned, state)) };
  } finally {
    await wire.close();
  }
}

const MOST_TRIALS = 50;

async function untilEnoughCreates(plan: () => Promise<Planned>): Promise<Planned> {
  for (let trial = 0; trial < MOST_TRIALS; trial += 1) {
    const planned = await plan();
    if (planned.plan.body.changes.filter(({ action }) => action === 'create').length >= 2) return planned;
  }
  throw new Error(`no plan of ${MOST_TRIALS} creates two accounts`);
}

async function applyUndisturbed(planned: Planned, state: string): Promise<Pick<Scenario, 'accounts' | 'requests'>> {
  const wire = await startWire({ state, rateLimit: null });
  try {
    const { problems } = await replayOverWire(planned, wire, wire.connect());
    if (problems.length > 0) throw new Error(`the scenario does not work: ${problems.join('\n')}`);
    return { accounts: describeAccounts(wire), requests: wire.requests() };
  } finally {
    await wire.close();
  }
}
