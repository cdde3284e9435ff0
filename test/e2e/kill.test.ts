import { afterAll, beforeAll, expect, test } from 'vitest';
import { GitRepository } from '../../src/adapters/git/repository.ts';
import { readLedgerOf } from '../support/read-ledger-of.ts';
import { readResult } from '../support/e2e/cli.ts';
import { createMixedWorld } from '../support/e2e/mixed-plan.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { countExecuted, isWrite } from '../support/e2e/request-lines.ts';
import { untilRequests } from '../support/e2e/until.ts';
import { ORGANISATION, type World } from '../support/e2e/world.ts';
import { describeAccounts } from '../support/sandbox-accounts.ts';
import { IS_LONG, TRIALS_TIMEOUT_MS, tryTimes, type Trial } from '../support/trials.ts';

/** As many trials run together; each needs a world with a port of its own. */
const LANES = IS_LONG ? 2 : 1;
const LATENCY = { latencyMs: { minMs: 5, maxMs: 60 } };

interface Lane {
  readonly base: World;
  /** What an apply that nobody disturbs leaves and writes, how many requests it sends, and how long it takes. */
  readonly accounts: readonly string[];
  readonly executed: ReadonlyMap<string, number>;
  readonly requests: number;
  readonly durationMs: number;
}

const lanes: Lane[] = [];

beforeAll(async () => {
  for (let lane = 0; lane < LANES; lane += 1) {
    const base = await createMixedWorld();
    const world = await base.copy(LATENCY);
    const startedAt = performance.now();
    expectEnd(await world.apply(), 0);
    const durationMs = performance.now() - startedAt;
    const executed = countExecuted(world.writes());
    const requests = world.requests().length;
    lanes.push({ base, accounts: describeAccounts(world), executed, requests, durationMs });
    expectEnd(await world.plan('--detailed-exitcode'), 0);
    await world.close();
  }
});

afterAll(() => Promise.all(lanes.map(({ base }) => base.close())));

test(
  'apply, killed at any moment and called again until it ends, does everything once',
  async () => {
    const kills = { id: 'R4', unit: 'kills', goal: 500, normal: 4, minutes: 17, parallel: LANES } as const;
    await tryTimes(kills, async (trial) => {
      const lane = lanes.pop()!;
      const world = await lane.base.copy(LATENCY);
      try {
        return await killAndFinish(trial, world, lane);
      } finally {
        await world.close();
        lanes.push(lane);
      }
    });
  },
  TRIALS_TIMEOUT_MS,
);

test(
  'a plan that was applied is refused with 25 ever after, and writes nothing',
  async () => {
    const world = await lanes[0]!.base.copy();
    try {
      expectEnd(await world.apply(), 0);
      const { length } = world.writes();
      await tryTimes({ id: 'R2', unit: 'second applies', goal: 20, normal: 2 }, async ({ number, count }) => {
        const result = await world.apply(...(number % 2 === 0 ? [] : ['--resume']));
        count('writes', world.writes().length - length);
        expectEnd(result, 25, 'PLAN_SUPERSEDED');
        expect(world.writes()).toHaveLength(length);
      });
    } finally {
      await world.close();
    }
  },
  TRIALS_TIMEOUT_MS,
);

/** How often it was killed. */
async function killAndFinish(trial: Trial, world: World, lane: Lane): Promise<number> {
  let kills = 0;
  while ((kills === 0 || trial.dice.chance(0.6)) && (await killOnce(trial, world, lane))) kills += 1;
  await finish(trial, world);
  await expectEverythingOnce(trial, world, { ...lane, kills });
  return kills;
}

/** After some request of it, or before the first one, and then after a while. False if it was over before. */
async function killOnce(trial: Trial, world: World, { requests, durationMs }: Lane): Promise<boolean> {
  const { dice } = trial;
  const before = world.sandbox.status().requests;
  const started = world.startApply();
  await untilRequests(world, before + dice.integer(0, requests + 1), started);
  await pause(dice.next() * dice.pick([0, 30, 300, durationMs / 2]));
  started.kill('SIGKILL');
  const { signal } = await readResult(started);
  if (signal === 'SIGKILL') countPhase(trial, world, before);
  return signal === 'SIGKILL';
}

function countPhase({ count }: Trial, world: World, before: number): void {
  const lines = world.requests().slice(before);
  count('before a request', Number(lines.length === 0));
  count('before a write', Number(lines.length > 0 && !lines.some(isWrite)));
  count('among writes', Number(lines.some(isWrite) && isWrite(lines.at(-1)!)));
  count('after the writes', Number(lines.some(isWrite) && !isWrite(lines.at(-1)!)));
}

/** A git of the killed run may still be under way, in this clone or with the lock: then once more. */
async function finish({ count }: Trial, world: World): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await world.apply();
    const isOver = result.exitCode === 0 || result.code === 'PLAN_SUPERSEDED';
    if (isOver) return;
    expect(['LEDGER_LOCKED', 'GIT_UNUSABLE'], result.stderr).toContain(result.code);
    expect(attempt, result.stderr).toBeLessThan(4);
    count('applies that met a git of the killed run', 1);
  }
}

async function expectEverythingOnce(
  { count, dice }: Trial,
  world: World,
  { accounts, executed, kills }: Lane & { kills: number },
): Promise<void> {
  const seen = countExecuted(world.writes());
  const held = describeAccounts(world);
  const created = countPosts(seen) - countPosts(executed);
  const repeated = [...seen].map(([write, times]) => [write, times - (executed.get(write) ?? 0)] as const);
  count('doubled', Math.max(0, created));
  count('lost', accounts.filter((account) => !held.includes(account)).length);
  count('repeated PUT', repeated.filter(([write, times]) => write.startsWith('PUT') && times > 0).length);
  expect(held).toEqual(accounts);
  expect(created, 'creations more than without a kill').toBe(0);
  expect(repeated.filter(([, times]) => times > kills)).toEqual([]);
  await expectLedgerWhole(world);
  // Zivver is as an undisturbed apply leaves it, so the next plan is as empty; asked for now and then all the same.
  if (dice.chance(0.2)) expectEnd(await world.plan('--detailed-exitcode'), 0);
}

async function expectLedgerWhole(world: World): Promise<void> {
  const git = await GitRepository.open(world.repository);
  const { entries } = await readLedgerOf(git, ORGANISATION);
  expect(entries.at(-1)?.end).toMatchObject({ verdict: 'complete' });
}

function countPosts(writes: ReadonlyMap<string, number>): number {
  return [...writes].reduce((sum, [write, times]) => sum + (write.startsWith('POST') ? times : 0), 0);
}

async function pause(durationMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, durationMs));
}
