import { expect, it } from 'vitest';
import type { FaultKind, FaultRule } from '../../src/sandbox/fault-plan.ts';
import { describeAccounts } from '../support/sandbox-accounts.ts';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';
import { replayOverWire } from '../support/wire/replay-over-wire.ts';
import { replayUntilDone } from '../support/wire/replay-until-done.ts';
import { buildScenario, type Scenario } from '../support/wire/scenario.ts';
import { startWire, type Wire } from '../support/wire/wire.ts';
import type { Dice } from '../support/world/dice.ts';

const TRIALS_EACH = 40;
/** For hanging answers: real time, and short enough that many of them are affordable. */
const SHORT = { headersTimeoutMs: 80, bodyTimeoutMs: 80 };
const KINDS: readonly (readonly [FaultKind, string | undefined])[] = [
  ['5xx', '500'],
  ['5xx', '503'],
  ['late-5xx', '500'],
  ['late-5xx', '504'],
  ['close-before', undefined],
  ['reset-before', undefined],
  ['lost-reply', undefined],
  ['reset', undefined],
  ['half-body', undefined],
  ['slow', '5'],
  ['html', '502'],
];

const scenarios = new Map<string, Promise<Scenario>>();

function scenarioOf(number: number): Promise<Scenario> {
  const seed = `outages-${Math.floor(number / TRIALS_EACH)}`;
  const found = scenarios.get(seed) ?? buildScenario(seed, { people: 10, events: 14 });
  scenarios.clear();
  scenarios.set(seed, found);
  return found;
}

it(
  'errors, lost and slow answers in all places still end in everything done once',
  { timeout: TRIALS_TIMEOUT_MS },
  async () => {
    const limits = { id: 'R7', unit: 'runs', goal: 1000, normal: 40, minutes: 3 } as const;
    await tryTimes(limits, async ({ number, dice, count }) => {
      const { planned, state, accounts, requests } = await scenarioOf(number);
      const hangs = dice.chance(0.1);
      const faults = { seed: number, rules: drawFaults(dice, hangs) };
      const wire = await startWire({ state, faults, rateLimit: null });
      try {
        const timeouts = hangs ? SHORT : {};
        await replayOverWire(planned, wire, wire.connect(wire.sandbox.url, timeouts));
        const created = countCreated(wire);
        const healed = await heal(wire);
        try {
          const { applies } = await replayUntilDone(planned, healed, { most: 3 });
          const held = describeAccounts(healed);
          const posts = requests.filter(({ method }) => method === 'POST').length;
          count('applies after the first', applies);
          count('doubled', Math.max(0, created + countCreated(healed) - posts));
          count('lost', accounts.filter((account) => !held.includes(account)).length);
          expect(held).toEqual(accounts);
          expect(created + countCreated(healed)).toBe(posts);
        } finally {
          await healed.close();
        }
      } finally {
        await wire.close();
      }
    });
  },
);

/** The same Zivver, once the faults have stopped. */
function heal(wire: Wire): Promise<Wire> {
  return startWire({ state: wire.readState(), rateLimit: null });
}

function countCreated(wire: Wire): number {
  return wire.requests().filter(({ method, executed }) => method === 'POST' && executed).length;
}

function drawFaults(dice: Dice, hangs: boolean): FaultRule[] {
  const common = { method: undefined, count: undefined, address: undefined };
  const drawn = dice.sample(KINDS, dice.integer(1, 5)).map(([kind, parameter]) => {
    return { ...common, kind, parameter, rate: dice.pick([0.02, 0.08, 0.25]) };
  });
  return hangs ? [...drawn, { ...common, kind: 'hang', parameter: undefined, rate: 0.05 }] : drawn;
}
