import { describe, expect, it } from 'vitest';
import { isSuccess } from '../../src/operations/apply/outcome.ts';
import type { ReplayEvent } from '../../src/operations/apply/replay.ts';
import { TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';
import { expectInvariants } from '../support/world/invariants.ts';
import { Killed, type MemoryZivver } from '../support/world/memory-zivver.ts';
import { commitFiles, replayOnce, type Planned } from '../support/world/reconciliation.ts';
import { passDay, planNow, startSimulation, type Simulation } from '../support/world/simulation.ts';

const DAYS = 3;

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

/** Twice, nothing differs from an apply that nobody disturbed: counted for the table, then asserted. */
function expectOnce(trial: Trial, zivver: MemoryZivver, { wanted, where }: { wanted: string[]; where: string }): void {
  const posts = zivver.applied.filter((line) => line.startsWith('POST'));
  const held = describeZivver(zivver);
  trial.count('doubled', posts.length - new Set(posts).size);
  trial.count('lost or wrong', held.filter((line) => !wanted.includes(line)).length);
  expect(held, where).toEqual(wanted);
  expect(new Set(posts).size, `accounts created once, ${where}`).toBe(posts.length);
}

/** Whatever was written so far was told beforehand: the journal is ahead of the requests. */
function expectAnnounced(events: readonly ReplayEvent[], { applied }: MemoryZivver): void {
  const announced = new Set(
    events.flatMap((event) => (event.type === 'started' ? [event.change.address, event.change.after.address] : [])),
  );
  // A deletion shows no address.
  const written = applied.map((line) => line.split(' ')[1] ?? '').filter((address) => address !== '');
  expect(written.filter((address) => !announced.has(address))).toEqual([]);
}

/** Kills an apply before and after each of its writes, now and then a second time. */
async function killEverywhere(
  trial: Trial,
  planned: Planned,
  { zivver, dice, whole }: { zivver: MemoryZivver; dice: Trial['dice']; whole: MemoryZivver },
): Promise<number> {
  const wanted = describeZivver(whole);
  const writes = whole.applied.length;
  for (let point = 0; point < writes * 2; point += 1) {
    const again: [number, boolean] = [dice.integer(0, 5), dice.chance(0.5)];
    const first: [number, boolean] = [Math.floor(point / 2), point % 2 === 1];
    const kills: [number, boolean][] = [first, ...(dice.chance(0.3) ? [again] : [])];
    const copy = zivver.clone();
    await replayWithKills(planned, copy, kills);
    expectOnce(trial, copy, { wanted, where: `killed after ${JSON.stringify(kills)}` });
  }
  return writes * 2;
}

function merge(simulation: Simulation, planned: Planned, whole: MemoryZivver): void {
  simulation.zivver.restore(whole);
  simulation.baseline = commitFiles(planned.files);
  simulation.previous = planned.plan;
}

describe('an apply that is killed', { timeout: TRIALS_TIMEOUT_MS }, () => {
  it('doubles nothing and loses nothing when it is run again, wherever it was', async () => {
    await tryTimes({ id: 'R3', unit: 'points', goal: 42_000, normal: 2000, minutes: 4 }, async (trial) => {
      const simulation = startSimulation(trial.seed);
      let points = 0;
      for (let day = 0; day < DAYS; day += 1) {
        const planned = await planNow(simulation);
        const whole = simulation.zivver.clone();
        const replayed = await replayOnce(planned, whole);
        points += await killEverywhere(trial, planned, { ...simulation, whole });
        const before = simulation.zivver.clone();
        merge(simulation, planned, whole);
        expectInvariants({ simulation, before, planned, replayed });
        passDay(simulation, 20);
      }
      return points;
    });
  });

  it('does so between any two of its events, and every request is announced before it is sent', async () => {
    await tryTimes({ id: 'R3', unit: 'points', goal: 8000, normal: 300, minutes: 2 }, async (trial) => {
      const simulation = startSimulation(trial.seed);
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
        expectAnnounced(cut.events, zivver);
        await expectFinished(planned, zivver);
        expectOnce(trial, zivver, { wanted: describeZivver(whole), where: `stopped after ${stopAfter} events` });
      }
      return events.length;
    });
  });
});
