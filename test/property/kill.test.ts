import { describe, expect, it } from 'vitest';
import { isSuccess } from '../../src/apply/outcome.ts';
import type { MemoryZivver } from '../support/world/memory-zivver.ts';
import { Killed } from '../support/world/memory-zivver.ts';
import { commitFiles, replayOnce, type Planned } from '../support/world/reconciliation.ts';
import { forEachSeed } from '../support/world/seeds.ts';
import { passDay, planNow, startSimulation } from '../support/world/simulation.ts';

/** Everything Zivver holds, without the ids it gave new accounts. */
function describeZivver(zivver: MemoryZivver): string[] {
  const addressOf = (id: string): string => zivver.accounts.get(id)?.address ?? id;
  const lines = [...zivver.accounts.values()].map(({ zivverId: _id, memberIds, aliases, delegates, ...rest }) =>
    JSON.stringify({
      ...rest,
      aliases: [...aliases].sort(),
      delegates: [...delegates].sort(),
      members: memberIds.map(addressOf).sort(),
    }),
  );
  return lines.sort();
}

/** Replays until the process is killed, as often as `kills` says, then once undisturbed. */
async function replayWithKills(
  planned: Planned,
  zivver: MemoryZivver,
  kills: readonly [number, boolean][],
): Promise<void> {
  for (const [survived, isApplied] of kills) {
    zivver.killAfter(survived, isApplied);
    await replayOnce(planned, zivver).catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
  }
  zivver.surviveEverything();
  await expectFinished(planned, zivver);
}

async function expectFinished(planned: Planned, zivver: MemoryZivver): Promise<void> {
  const { assessment, outcomes } = await replayOnce(planned, zivver);
  const bad = [...assessment.stale, ...outcomes.filter((outcome) => !isSuccess(outcome))];
  expect(bad.map(({ change, detail }) => `${change.action} ${change.address}: ${detail}`)).toEqual([]);
  expect(outcomes.length).toBe(planned.plan.body.changes.length);
}

describe('an apply that is killed', () => {
  it('doubles nothing and loses nothing when it is run again, wherever it was', { timeout: 1_200_000 }, async () => {
    let points = 0;
    await forEachSeed('kill', 40, async (seed) => {
      const simulation = startSimulation(seed);
      for (let day = 0; day < 3; day += 1) {
        const planned = await planNow(simulation);
        const whole = simulation.zivver.clone();
        await replayOnce(planned, whole);
        const wanted = describeZivver(whole);
        const writes = whole.applied.length;
        for (let survived = 0; survived < writes; survived += 1)
          for (const isApplied of [false, true]) {
            const zivver = simulation.zivver.clone();
            const again: [number, boolean] = [simulation.dice.integer(0, 5), simulation.dice.chance(0.5)];
            const kills: [number, boolean][] = [[survived, isApplied], ...(simulation.dice.chance(0.3) ? [again] : [])];
            await replayWithKills(planned, zivver, kills);
            expect(describeZivver(zivver), `killed after ${JSON.stringify(kills)}`).toEqual(wanted);
            const posts = zivver.applied.filter((line) => line.startsWith('POST'));
            expect(new Set(posts).size, 'accounts created once').toBe(posts.length);
            points += 1;
          }
        simulation.zivver.restore(whole);
        simulation.baseline = commitFiles(planned.files);
        simulation.previous = planned.plan;
        passDay(simulation, 20);
      }
    });
    expect(points).toBeGreaterThan(0);
  });

  it('does so between any two of its events', { timeout: 1_200_000 }, async () => {
    await forEachSeed('kill', 25, async (seed) => {
      const simulation = startSimulation(seed);
      await replayOnce(await planNow(simulation), simulation.zivver);
      simulation.baseline = commitFiles((await planNow(simulation)).files);
      passDay(simulation, 20);
      const planned = await planNow(simulation);
      const whole = simulation.zivver.clone();
      const { events } = await replayOnce(planned, whole);
      for (let stopAfter = 0; stopAfter < events.length; stopAfter += 1) {
        const zivver = simulation.zivver.clone();
        const cut = await replayOnce(planned, zivver, stopAfter);
        expect(cut.events.length).toBe(stopAfter);
        await expectFinished(planned, zivver);
        expect(describeZivver(zivver), `stopped after ${stopAfter} events`).toEqual(describeZivver(whole));
      }
    });
  });

  it('announces every change before its first request', async () => {
    await forEachSeed('kill', 20, async (seed) => {
      const simulation = startSimulation(seed);
      const planned = await planNow(simulation);
      const { events } = await replayOnce(planned, simulation.zivver);
      const started = new Set<string>();
      for (const event of events) {
        if (event.type === 'started') started.add(event.change.id);
        else if (event.outcome.status === 'applied') expect(started.has(event.outcome.change.id)).toBe(true);
      }
    });
  });
});
