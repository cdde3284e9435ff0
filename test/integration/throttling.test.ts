import { expect, it } from 'vitest';
import type { FaultRule } from '../../src/sandbox/fault-plan.ts';
import type { RequestLine } from '../../src/sandbox/request-log.ts';
import { describeAccounts } from '../support/sandbox-accounts.ts';
import { TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';
import { replayUntilDone } from '../support/wire/replay-until-done.ts';
import { buildScenario, type Scenario } from '../support/wire/scenario.ts';
import { startWire } from '../support/wire/wire.ts';

const WINDOW_MS = 10_000;
const MOST_REQUESTS = 50;
const MOST_UNDER_WAY = 10;
/** As Zivver, and what stands between, might write it. */
const RETRY_AFTER: readonly (string | undefined)[] = [
  undefined,
  'retry-after=1',
  'retry-after=7',
  'retry-after-date=3',
  'retry-after-date=90',
  'retry-after=0',
  'retry-after=-5',
  'retry-after=1.5',
  'retry-after=99999999999999999999',
  'retry-after=soon',
  'retry-after=Thu, 01 Jan 1970 00:00:00 GMT',
  'retry-after=Mon, 99 Foo 2026 99:99:99 GMT',
  'retry-after=\u00e9',
];

let scenario: Promise<Scenario> | undefined;

it(
  'a storm of 429 loses nothing, and no ten seconds ever see more than fifty requests',
  { timeout: TRIALS_TIMEOUT_MS },
  async () => {
    const limits = { id: 'R6', unit: 'storms', goal: 300, normal: 13, minutes: 3 } as const;
    await tryTimes(limits, async (trial) => {
      const { planned, state, accounts } = await (scenario ??= buildScenario('throttling', {
        people: 150,
        events: 200,
      }));
      const wire = await startWire({ state, faults: { seed: trial.number, rules: drawStorm(trial) } });
      try {
        await replayUntilDone(planned, wire, { most: 8 });
        const requests = wire.requests();
        const held = describeAccounts(wire);
        const busiest = findBusiest(requests);
        expect(requests.length, 'more than one window').toBeGreaterThan(MOST_REQUESTS);
        trial.count('storms with more than a window of requests', Number(requests.length > MOST_REQUESTS));
        trial.count('lost', accounts.filter((account) => !held.includes(account)).length);
        trial.count('windows over 50', Number(busiest > MOST_REQUESTS));
        trial.count('429 answered', requests.filter(({ status }) => status === 429).length);
        const hasty = findHasty(requests);
        trial.count('requests too soon after a 429', hasty);
        expect(hasty).toBe(0);
        expect(held).toEqual(accounts);
        expect(busiest).toBeLessThanOrEqual(MOST_REQUESTS);
        expect(
          requests.filter(({ status, fault }) => status === 429 && fault === undefined),
          'own doing',
        ).toEqual([]);
      } finally {
        await wire.close();
      }
    });
  },
);

/** Single refusals, a wall of them, and a share of all requests. */
function drawStorm({ dice, number }: Trial): FaultRule[] {
  const common = { kind: '429', method: undefined, address: undefined } as const;
  const parameter = RETRY_AFTER[number % RETRY_AFTER.length];
  const first = dice.integer(1, 80);
  const wall = { ...common, parameter, rate: undefined, count: { first, last: first + dice.integer(0, 14) } };
  const rate = dice.pick([0.02, 0.1, 0.3]);
  const share = { ...common, parameter: RETRY_AFTER[dice.integer(0, RETRY_AFTER.length)], rate, count: undefined };
  return dice.pick([[wall], [share], [wall, share]]);
}

/** Whatever is not on its way already waits for a second at least, whatever the 429 says. */
function findHasty(requests: readonly RequestLine[]): number {
  const times = requests.map(({ time }) => Date.parse(time));
  return requests.filter(({ status }, at) => {
    const next = times[at + MOST_UNDER_WAY];
    return status === 429 && next !== undefined && next - times[at]! < 1000;
  }).length;
}

/** Most arrivals in any ten seconds, by the clock of the sandbox. */
function findBusiest(requests: readonly RequestLine[]): number {
  const times = requests.map(({ time }) => Date.parse(time)).sort((a, b) => a - b);
  let from = 0;
  return times.reduce((most, time, at) => {
    while (time - times[from]! >= WINDOW_MS) from += 1;
    return Math.max(most, at - from + 1);
  }, 0);
}
