import { expect, it } from 'vitest';
import type { FaultRule } from '../../src/sandbox/fault-plan.ts';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';
import { replayOverWire } from '../support/wire/replay-over-wire.ts';
import { buildScenario } from '../support/wire/scenario.ts';
import { startWire } from '../support/wire/wire.ts';

it(
  'an account that appears between the reading and its creation is never written over',
  { timeout: TRIALS_TIMEOUT_MS },
  async () => {
    await tryTimes({ id: 'R15', unit: 'appearances', goal: 100, normal: 5 }, async ({ seed, dice, count }) => {
      const { planned, state } = await buildScenario(seed, { people: 6, events: 10 });
      const creations = planned.plan.body.changes.filter(({ action, kind }) => action === 'create' && kind === 'user');
      if (creations.length === 0) return 0;
      const creation = dice.pick(creations);
      const { address } = creation;
      const wire = await startWire({ state, rateLimit: null, faults: { seed: 1, rules: [appear(address)] } });
      try {
        const { outcomes } = await replayOverWire(planned, wire, wire.connect());
        const found = wire.sandbox.accounts().find((account) => account.address === address)!;
        const isWritten = wire.sandbox.ssoKeyOf(found.id) !== null;
        count('written over', Number(isWritten));
        expect(isWritten).toBe(false);
        // As just-in-time provisioning makes it: the address for a name.
        expect(found.resource).toMatchObject({ name: { formatted: address } });
        expect(outcomes.find(({ change }) => change === creation)?.status).toBe('conflicted');
        return 1;
      } finally {
        await wire.close();
      }
    });
  },
);

function appear(address: string): FaultRule {
  return {
    kind: 'appear',
    method: 'POST',
    rate: undefined,
    count: { first: 1, last: 1 },
    address,
    parameter: undefined,
  };
}
