import { cp } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callCli, readResult, type CliResult } from '../support/e2e/cli.ts';
import { readLedgerRecords } from '../support/e2e/ledger-file.ts';
import { buildPeople } from '../support/e2e/people.ts';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import { untilWrites } from '../support/e2e/until.ts';
import { TRIALS_TIMEOUT_MS, tryTimes } from '../support/trials.ts';
import { API_KEY, World } from '../support/e2e/world.ts';

/** Five managed people, and an approved plan that creates four more. */
let base: World;

beforeAll(async () => {
  const people = buildPeople(5);
  base = await World.createSettled({ people });
  await base.writeDirectory([...people, ...buildPeople(4, 2)]);
  await base.planAndMerge();
});

afterAll(() => base.close());

test('while one apply writes, others are told so and write nothing', async () => {
  const world = await base.fork({ latencyMs: 1500 });
  const first = world.startApply();
  await untilWrites(world, 1);
  const others = await Promise.all([world.apply(), world.apply('--resume'), world.plan()]);
  for (const other of others) expectEnd(other, 34, 'LEDGER_LOCKED');
  expectEnd(await readResult(first), 0);
  expect(world.writes()).toHaveLength(4);
});

test('no plan is made over an apply that died half-way, since that one must be finished first', async () => {
  const world = await base.fork({ latencyMs: 500 });
  const first = world.startApply();
  await untilWrites(world, 1);
  first.kill('SIGKILL');
  await readResult(first);
  await world.startSandbox();
  await world.writeDirectory([...world.people, ...buildPeople(1, 3)]);
  await expectRefusal(world, { exitCode: 34, code: 'LEDGER_LOCKED' }, () => world.plan());
  expectEnd(await world.apply(), 0);
  expectEnd(await world.plan('--detailed-exitcode'), 2);
});

test('a plan merged over an apply that died is void; with its merge reverted the apply goes on', async () => {
  const world = await base.fork({ latencyMs: 500 });
  await world.writeDirectory([...world.people, ...buildPeople(1, 3)]);
  expectEnd(await world.plan(), 0);
  await world.git.call('stash', '--quiet', '--include-untracked');
  const first = world.startApply();
  await untilWrites(world, 1);
  first.kill('SIGKILL');
  await readResult(first);
  await world.startSandbox();
  await world.git.call('stash', 'pop', '--quiet');
  await world.merge();
  await expectRefusal(world, { exitCode: 25, code: 'PLAN_SUPERSEDED' });
  await expectRefusal(world, { exitCode: 34, code: 'LEDGER_LOCKED' }, () => world.plan());
  await world.git.call('revert', '--no-edit', '--mainline', '1', 'HEAD');
  await world.git.push();
  expectEnd(await world.apply(), 0);
  expect(world.sandbox.status()).toMatchObject({ users: 9 });
});

test(
  'of two applies started together one wins and the other writes nothing',
  { timeout: TRIALS_TIMEOUT_MS },
  async () => {
    const races = { id: 'R16', unit: 'races of the program', goal: 100, normal: 6, minutes: 6 } as const;
    await tryTimes(races, async ({ number, count }) => {
      const world = await base.copy({ latencyMs: 300 });
      // In every other round both run in the same clone, else in two, as two CI jobs do.
      const second = number % 2 === 0 ? world.repository : await cloneOf(world);
      const secrets = { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity };
      const results = await Promise.all([world.apply(), callCli(second, ['apply'], secrets)]);
      const [winner, loser] = results.sort((a, b) => Number(a.exitCode) - Number(b.exitCode)) as [CliResult, CliResult];
      count('second winners', Number(loser.exitCode === 0));
      count('writes too many', Math.max(0, world.writes().length - 4));
      expectEnd(winner, 0);
      expectEnd(loser, 34, 'LEDGER_LOCKED');
      expect(world.writes()).toHaveLength(4);
      expect(world.sandbox.status()).toMatchObject({ users: 9, writes: 4 });
      const records = await readLedgerRecords(world);
      expect(records.filter(({ type }) => type === 'begin')).toHaveLength(2);
      await world.close();
    });
  },
);

test('another organisation that writes to the ledger meanwhile disturbs nothing', async () => {
  const world = await base.fork({ latencyMs: 1000 });
  const other = await cloneOf(world);
  const started = world.startApply();
  await untilWrites(world, 1);
  expectEnd(await callCli(other, ['init', 'branch-office', '--domains', 'company.nl'], {}), 0);
  expectEnd(await readResult(started), 0);
  const records = await readLedgerRecords(world);
  expect(records.at(-1)).toMatchObject({ type: 'end', verdict: 'complete', totals: { applied: 4 } });
});

async function cloneOf(world: World): Promise<string> {
  const folder = path.join(world.folder, 'clone');
  await cp(world.repository, folder, { recursive: true });
  return folder;
}
