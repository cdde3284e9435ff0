import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SafeWindow } from '../../../../src/adapters/zivver/rate-limit.ts';
import { SimulatedTime } from '../../../support/simulated-time.ts';

interface Journey {
  /** When the caller asks, counted from the start. */
  readonly askMs: number;
  readonly outMs: number;
  readonly backMs: number;
  readonly fails: boolean;
}

/** Lets all journeys happen and tells when the server saw each of them. */
async function travel(journeys: readonly Journey[], requests: number, windowMs: number): Promise<number[]> {
  const time = new SimulatedTime();
  const window = new SafeWindow({ requests, windowMs }, time);
  const arrivals: number[] = [];
  const calls = journeys.map(async ({ askMs, outMs, backMs, fails }) => {
    await time.sleep(askMs);
    await window.admit(async () => {
      await time.sleep(outMs);
      arrivals.push(time.now());
      await time.sleep(backMs);
      if (fails) throw new Error('lost');
    });
  });
  await time.pass(Promise.allSettled(calls));
  return arrivals;
}

/** Judges as a server with a sliding log does. */
function mostInOneWindow(arrivals: readonly number[], windowMs: number): number {
  const sorted = [...arrivals].sort((a, b) => a - b);
  return Math.max(0, ...sorted.map((at) => sorted.filter((other) => other >= at && other < at + windowMs).length));
}

/** Repeatable, spread over 0 … 399. */
const jitter = (n: number): number => (n * 7919 + 104_729) % 400;

describe('SafeWindow', () => {
  it('lets the server see never more than 50 requests in 10 s, and not much fewer, with jittered arrivals', async () => {
    const journeys = Array.from({ length: 400 }, (_, n) => ({
      askMs: 0,
      outMs: 25 + jitter(n),
      backMs: 25 + jitter(n + 13),
      fails: n % 17 === 0,
    }));
    const arrivals = await travel(journeys, 50, 10_000);
    expect(arrivals).toHaveLength(400);
    expect(mostInOneWindow(arrivals, 10_000)).toBe(50);
    expect(Math.max(...arrivals)).toBeLessThan(7 * 10_850 + 850);
  });

  it('keeps the limit for any arrivals, latencies and failures', async () => {
    const journey = fc.record({
      askMs: fc.nat(300),
      outMs: fc.nat(250),
      backMs: fc.nat(250),
      fails: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(journey, { maxLength: 30 }),
        fc.integer({ min: 1, max: 6 }),
        async (journeys, requests) => {
          const arrivals = await travel(journeys, requests, 100);
          expect(arrivals).toHaveLength(journeys.length);
          expect(mostInOneWindow(arrivals, 100)).toBeLessThanOrEqual(requests);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts a call from its start until a full window after its end', async () => {
    const time = new SimulatedTime();
    const window = new SafeWindow({ requests: 1, windowMs: 100 }, time);
    const starts: number[] = [];
    const call = async (): Promise<void> => {
      starts.push(time.now());
      await time.sleep(30);
    };
    await time.pass(Promise.all([window.admit(call), window.admit(call), window.admit(call)]));
    expect(starts).toEqual([0, 130, 260]);
  });

  it('admits first come, first served', async () => {
    const time = new SimulatedTime();
    const window = new SafeWindow({ requests: 2, windowMs: 50 }, time);
    const order: number[] = [];
    await time.pass(Promise.all([0, 1, 2, 3, 4, 5, 6].map((n) => window.admit(async () => void order.push(n)))));
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('starts nothing during a pause, not even what already waits', async () => {
    const time = new SimulatedTime();
    const window = new SafeWindow({ requests: 1, windowMs: 10 }, time);
    const starts: number[] = [];
    const call = async (): Promise<void> => void starts.push(time.now());
    await window.admit(call);
    const waiting = window.admit(call);
    window.pause(500);
    window.pause(20);
    await time.pass(waiting);
    expect(starts).toEqual([0, 500]);
  });

  it('hands an error of the call to the caller and goes on', async () => {
    const time = new SimulatedTime();
    const window = new SafeWindow({ requests: 1, windowMs: 10 }, time);
    await expect(window.admit(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    expect(await time.pass(window.admit(() => Promise.resolve('found')))).toBe('found');
  });
});

it('a wait for the limit is told before it begins', async () => {
  const time = new SimulatedTime();
  const waits: number[] = [];
  const window = new SafeWindow({ requests: 2, windowMs: 1000 }, time, (durationMs) => void waits.push(durationMs));
  await time.pass(Promise.all([1, 2, 3].map(() => window.admit(() => time.sleep(10)))));
  expect(waits).toEqual([1000]);
});
