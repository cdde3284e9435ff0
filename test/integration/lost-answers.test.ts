import { describe, expect, it } from 'vitest';
import type { FaultKind, FaultRule } from '../../src/sandbox/fault-plan.ts';
import { describeAccounts } from '../support/sandbox-accounts.ts';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';
import { replayUntilDone } from '../support/wire/replay-until-done.ts';
import { buildScenario, type Scenario } from '../support/wire/scenario.ts';
import { startWire } from '../support/wire/wire.ts';

/** So many trials meet the same plan, each at another request. */
const TRIALS_EACH = 40;
const MOST_APPLIES = 6;
/** A hang costs real time; whatever else takes longer on a busy machine is one more fault. */
const SHORT = { headersTimeoutMs: 60 };

const scenarios = new Map<string, Promise<Scenario>>();

function scenarioOf(number: number): Promise<Scenario> {
  const seed = `lost-answers-${Math.floor(number / TRIALS_EACH)}`;
  const found = scenarios.get(seed) ?? buildScenario(seed, { people: 10, events: 12 });
  scenarios.clear();
  scenarios.set(seed, found);
  return found;
}

function isPost({ method }: { method: string }): boolean {
  return method === 'POST';
}

function once(kind: FaultKind, ordinal: number): FaultRule {
  const count = { first: ordinal, last: ordinal };
  return { kind, method: 'POST', rate: undefined, count, address: undefined, parameter: undefined };
}

describe('an account whose creation was carried out', { timeout: TRIALS_TIMEOUT_MS }, () => {
  it.each(['lost-reply', 'reset', 'hang', 'half-body'] as const)('is never created again after %s', async (kind) => {
    const limits = { id: 'R5', unit: 'lost answers', goal: 1000, normal: 25, minutes: 2.5 } as const;
    await tryTimes(limits, async ({ number, dice, count }) => {
      const { planned, state, accounts, requests } = await scenarioOf(number);
      const posts = requests.filter(isPost).length;
      const faults = { seed: 1, rules: [once(kind, dice.integer(1, posts + 1))] };
      const wire = await startWire({ state, faults, rateLimit: null });
      try {
        const timeouts = kind === 'hang' ? SHORT : {};
        const first = await replayUntilDone(planned, wire, { most: MOST_APPLIES, timeouts });
        const sent = wire.requests().filter(isPost);
        const held = describeAccounts(wire);
        count('duplicates', held.length - accounts.length);
        count('POST sent again', sent.length - posts);
        expect(held).toEqual(accounts);
        expect(sent.filter(({ executed }) => executed).length).toBe(posts);
        expect(sent.length, 'a POST is not sent again before a look').toBe(posts);
        expect(sent.filter(({ fault }) => fault === kind).length, 'the fault was met').toBe(1);
        if (kind !== 'hang') expect(first.problems, 'adopted in the same apply').toEqual([]);
        if (kind !== 'hang') expect(first.outcomes.filter(({ status }) => status === 'adopted').length).toBe(1);
      } finally {
        await wire.close();
      }
    });
  });
});
