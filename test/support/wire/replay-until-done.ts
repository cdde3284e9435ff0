import { expect } from 'vitest';
import type { Timeouts } from '../../../src/adapters/zivver/connect.ts';
import type { Planned } from '../world/reconciliation.ts';
import { replayOverWire, type WireReplay } from './replay-over-wire.ts';
import type { Wire } from './wire.ts';

/** Applies again until everything is done; gives the first apply. Fails after `most` of them. */
export async function replayUntilDone(
  planned: Planned,
  wire: Wire,
  { most, timeouts = {} }: { most: number; timeouts?: Partial<Timeouts> },
): Promise<WireReplay & { readonly applies: number }> {
  const first = await replayOverWire(planned, wire, wire.connect(wire.sandbox.url, timeouts));
  let { problems } = first;
  let applies = 1;
  while (problems.length > 0) {
    expect(applies, problems.join('\n')).toBeLessThan(most);
    ({ problems } = await replayOverWire(planned, wire, wire.connect(wire.sandbox.url, timeouts)));
    applies += 1;
  }
  return { ...first, applies };
}
