import { cp } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callCli, callCliApart, readResult, startCli, type CliResult, type Environment } from '../support/e2e/cli.ts';
import { readLedgerRecords, rewriteLedger } from '../support/e2e/ledger-file.ts';
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
  const world = await base.fork({ latencyMs: 500 });
  const first = world.startApply();
  await untilWrites(world, 1);
  // Halted and alive, for as long as the others take.
  first.kill('SIGSTOP');
  const others = [await world.apply(), await world.apply('--resume'), await world.plan()];
  first.kill('SIGCONT');
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

test('a plan merged over an apply that died is void; the dead one is closed without a write, and a new plan does the rest', async () => {
  const world = await base.fork({ latencyMs: 500 });
  const died = await world.newestPlan();
  await world.writeDirectory([...world.people, ...buildPeople(1, 3)]);
  expectEnd(await world.plan(), 0);
  await world.git.call('stash', '--quiet', '--include-untracked');
  const first = world.startApply();
  await untilWrites(world, 1);
  first.kill('SIGSTOP');
  // While it runs, nobody can close it from the same machine.
  expectEnd(await world.call(['apply', '--abandon'], {}), 34, 'LEDGER_LOCKED');
  first.kill('SIGKILL');
  await readResult(first);
  await world.startSandbox();
  await world.git.call('stash', 'pop', '--quiet');
  await world.merge();

  const refused = await expectRefusal(world, { exitCode: 25, code: 'PLAN_SUPERSEDED' });
  expect(refused.stderr).toContain(`fix: Wait for it; if that apply died: zivver-gitops apply ${died} --abandon`);
  const old = await expectRefusal(world, { exitCode: 29, code: 'PLAN_REVIEW_DISAGREES' }, () =>
    world.apply(died, '--resume'),
  );
  expect(old.stderr).toContain(`apply ${died} --abandon`);
  await expectRefusal(world, { exitCode: 34, code: 'LEDGER_LOCKED' }, () => world.plan());
  const status = await world.call(['status', '--json'], {});
  expectEnd(status, 51, 'PLAN_NOT_APPLIED');
  expect(JSON.parse(status.stdout)).toMatchObject([
    { newest: { standing: 'blocked', openPlan: died }, next: expect.stringContaining(`apply ${died} --abandon`) },
  ]);

  const { length } = world.writes();
  expectEnd(await world.call(['apply', '--abandon'], {}), 0);
  expect(world.writes()).toHaveLength(length);
  const records = await readLedgerRecords(world);
  expect(records.slice(-2)).toMatchObject([{ type: 'resume' }, { type: 'end', verdict: 'abandoned' }]);
  await expectRefusal(world, { exitCode: 3, code: 'CLI_USAGE' }, () => world.call(['apply', '--abandon'], {}));
  await expectRefusal(world, { exitCode: 25, code: 'PLAN_SUPERSEDED' });
  expectEnd(await world.call(['ledger', 'verify'], {}), 0);

  await world.planAndMerge();
  expectEnd(await world.apply(), 0);
  expect(world.sandbox.status()).toMatchObject({ users: 10 });
  expect(world.writes().filter(({ executed }) => executed)).toHaveLength(5);
  expectEnd(await world.plan('--detailed-exitcode'), 0);
});

test('an apply that died elsewhere goes on in a later attempt of its own run, and in no other', async () => {
  const world = await base.fork({ latencyMs: 500 });
  const run = (id: number, attempt: number): Environment => ({
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'company/zivver',
    GITHUB_RUN_ID: String(id),
    GITHUB_RUN_ATTEMPT: String(attempt),
  });
  const secrets = secretsOf(world);
  const first = startCli(world.repository, ['apply'], { ...secrets, ...run(7, 1) });
  await untilWrites(world, 1);
  first.kill('SIGKILL');
  await readResult(first);
  await moveLockElsewhere(world);
  await world.startSandbox();
  const locked = { exitCode: 34, code: 'LEDGER_LOCKED' } as const;
  for (const other of [run(7, 1), run(8, 2)])
    await expectRefusal(world, locked, () => world.call(['apply'], { ...secrets, ...other }));
  expectEnd(await world.call(['apply'], { ...secrets, ...run(7, 2) }), 0);
  expect(world.sandbox.status()).toMatchObject({ users: 9 });
  expect(world.writes().filter(({ method }) => method === 'POST')).toHaveLength(4);
});

test(
  'of two applies started together one wins and the other writes nothing',
  { timeout: TRIALS_TIMEOUT_MS },
  async () => {
    const races = { id: 'R16', unit: 'races of the program', goal: 100, normal: 2, minutes: 8 } as const;
    await tryTimes(races, async ({ number, count }) => {
      const world = await base.copy({ latencyMs: 300 });
      // In every other round both run in the same clone, else in two, as two CI jobs do.
      const second = number % 2 === 0 ? world.repository : await cloneOf(world);
      const racing = [world.repository, second].map((clone) => callCliApart(clone, ['apply'], secretsOf(world)));
      const results = await Promise.all(racing);
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

/** The same as if the run had been on another machine, and its journal with it. */
async function moveLockElsewhere(world: World): Promise<void> {
  const name = `${await world.newestPlan()}.jsonl`;
  await rewriteLedger(world, name, (text) => text.replace(/"host":"[^"]*"/, '"host":"elsewhere"'), {
    isAmended: true,
  });
}

function secretsOf({ identity }: World): Environment {
  return { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: identity };
}

async function cloneOf(world: World): Promise<string> {
  const folder = path.join(world.folder, 'clone');
  await cp(world.repository, folder, { recursive: true });
  return folder;
}
