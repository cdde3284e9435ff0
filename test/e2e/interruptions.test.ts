import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFaultPlan } from '../../src/sandbox/fault-plan.ts';
import { readResult, callCliOnFullDisk } from '../support/e2e/cli.ts';
import { readLedgerRecords } from '../support/e2e/ledger-file.ts';
import { buildPeople, changePeople, range } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { countExecuted } from '../support/e2e/request-lines.ts';
import { zivverIdOf } from '../support/e2e/stored-users.ts';
import { untilWrites } from '../support/e2e/until.ts';
import { API_KEY, ORGANISATION, World } from '../support/e2e/world.ts';

/** Half of them creates, half updates; few enough for one window of the rate limit once some are done. */
const CHANGES = 44;
const CREATES = CHANGES / 2;

const people = buildPeople(CHANGES - CREATES);
const newcomers = buildPeople(CREATES, 2);

let base: World;

beforeAll(async () => {
  const settings = 'limits: { create: { floor: 1000 }, sameAttribute: { floor: 1000 } }\n';
  base = await World.createSettled({ people, settings });
  const renamed = changePeople(people, range(0, people.length), ({ name }) => ({ name: `${name} (Care)` }));
  await base.writeDirectory([...renamed, ...newcomers]);
  await base.planAndMerge();
});

afterAll(() => base.close());

test('apply is killed twice and called again: everything is done, once, and nothing that it did is lost', async () => {
  const world = await base.fork({ latencyMs: { minMs: 20, maxMs: 120 } });
  let killedWrites = 0;
  for (const share of [0.2, 0.6]) {
    const started = world.startApply();
    await untilWrites(world, Math.floor(CHANGES * share));
    started.kill('SIGKILL');
    expect((await readResult(started)).signal).toBe('SIGKILL');
    killedWrites = world.writes().length;
    expect(killedWrites).toBeLessThan(CHANGES);
  }
  expectEnd(await world.apply(), 0);
  await expectEverythingOnce(world);
  const records = await readLedgerRecords(world);
  const latest = records.slice(records.findLastIndex(({ type }) => type === 'begin'));
  const finished = new Set(latest.flatMap((record) => (record['type'] === 'finished' ? [record['change']] : [])));
  expect(finished.size).toBe(CHANGES);
  // The write-ahead records of the killed runs are not lost: most of what they did is told as applied by them.
  const resume = latest.findLastIndex(({ type }) => type === 'resume');
  const announced = latest.slice(0, resume).filter(({ type }) => type === 'started');
  expect(announced.length).toBeGreaterThanOrEqual(killedWrites);
  expect(latest.at(-1)).toMatchObject({ type: 'end', verdict: 'complete' });
});

test.skipIf(process.platform === 'win32')(
  'SIGINT, SIGTERM and SIGHUP finish what is in flight, say so, and the next apply goes on',
  async () => {
    const world = await base.fork({ latencyMs: 60 });
    let before = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const started = world.startApply();
      await untilWrites(world, before + 10);
      started.kill(signal);
      expectEnd(await readResult(started), 44, 'APPLY_INTERRUPTED');
      const { length } = world.writes();
      expect(length).toBeLessThan(CHANGES);
      const records = await readLedgerRecords(world);
      expect(records.at(-1), signal).toMatchObject({ type: 'end', verdict: 'interrupted' });
      expect(records.filter(({ type }) => type === 'finished').length, signal).toBeGreaterThanOrEqual(length);
      before = length;
    }
    expectEnd(await world.apply(), 0);
    await expectEverythingOnce(world);
  },
);

test('a full disk ends the apply before the next write', async () => {
  const world = await base.fork();
  const secrets = { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity };
  const result = await callCliOnFullDisk(8_000, world.repository, ['apply'], secrets);
  expectEnd(result, 45, 'LEDGER_NOT_WRITABLE');
  expect(result.stderr).toMatch(/jsonl: ENOSPC$/m);
  const journal = await readFile(
    path.join(world.repository, '.git/zivver-gitops', ORGANISATION, `${await world.newestPlan()}.jsonl`),
  );
  const announced = journal
    .toString()
    .split('\n')
    .filter((line) => line.includes('"type":"started"') && line.endsWith('}'));
  const { length } = world.writes();
  expect(length).toBeGreaterThan(0);
  expect(length).toBeLessThan(CHANGES);
  expect(length, 'nothing is written that was not announced').toBeLessThanOrEqual(announced.length);
  expectEnd(await world.apply(), 0);
  await expectEverythingOnce(world);
});

test('a Zivver that goes down, or a key that dies, leaves the rest untried, and the next apply goes on', async () => {
  const world = await base.fork({ faults: parseFaultPlan('late-5xx@POST#4,5xx@GET#3+') });
  expectEnd(await world.apply(), 40, 'APPLY_INCOMPLETE');
  expect(world.writes()).toHaveLength(10);
  expect((await readLedgerRecords(world)).at(-1)).toMatchObject({ type: 'end', verdict: 'incomplete' });

  await world.startSandbox({ faults: parseFaultPlan('401#13+') });
  expectEnd(await world.apply(), 40, 'APPLY_INCOMPLETE');
  expect((await readLedgerRecords(world)).at(-1)).toMatchObject({ type: 'end', verdict: 'incomplete' });
  const { length } = world.writes();
  expect(length).toBeLessThan(30);

  await world.startSandbox();
  expectEnd(await world.apply(), 0);
  await expectEverythingOnce(world);
});

/** One executed write for every change, and Zivver is as the directory wants it. */
async function expectEverythingOnce(world: World): Promise<void> {
  const executed = countExecuted(world.writes());
  expect(executed.get('POST /Users')).toBe(CREATES);
  for (const person of people) expect(executed.get(`PUT /Users/${zivverIdOf(person)}`), person.address).toBe(1);
  expect(executed.size).toBe(people.length + 1);
  expect(world.sandbox.accounts()).toHaveLength(CHANGES);
  for (const account of world.sandbox.accounts())
    expect(world.sandbox.ssoKeyOf(account.id), account.address).not.toBeNull();
  const after = await world.plan('--detailed-exitcode');
  expectEnd(after, 0);
}
