import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFaultPlan } from '../../src/sandbox/fault-plan.ts';
import { readLedgerRecords } from '../support/e2e/ledger-file.ts';
import { buildPeople, changePeople } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { countExecuted } from '../support/e2e/request-lines.ts';
import { zivverIdOf } from '../support/e2e/stored-users.ts';
import { World } from '../support/e2e/world.ts';
import { describeAccounts } from '../support/sandbox-accounts.ts';

const people = buildPeople(6);
const newcomers = buildPeople(5, 2);
const guest = 'visitor@company.org';

/** Six managed people; an approved plan renames two, suspends one and creates five, the last of them with an alias. */
let base: World;
/** What an apply leaves that nothing disturbs; the plan after it has no changes. */
let settled: readonly string[];

beforeAll(async () => {
  base = await World.createSettled({ people });
  const renamed = changePeople(people, [1, 2], ({ name }) => ({ name: `${name} (Care)` }));
  const suspended = changePeople(renamed, [3], () => ({ disabled: true }));
  await base.writeDirectory([...suspended, ...changePeople(newcomers, [4], () => ({ aliases: [guest] }))]);
  await base.planAndMerge();
  const world = await base.copy();
  expectEnd(await world.apply(), 0);
  expectEnd(await world.plan('--detailed-exitcode'), 0);
  settled = describeAccounts(world);
  await world.close();
});

afterAll(() => base.close());

test('an account whose creation was carried out, but its answer lost in whatever way, is adopted, not doubled', async () => {
  const faults = 'lost-reply@POST#1,reset@POST#2,half-body@POST#3,late-5xx@POST#4';
  const world = await base.fork({ faults: parseFaultPlan(faults) });
  const result = await world.apply('--json');
  expectEnd(result, 0);
  expect(countStatuses(result.stdout)).toEqual({ applied: 4, adopted: 4 });
  expect(countExecuted(world.writes()).get('POST /Users')).toBe(5);
  await expectSettled(world);
});

test('answers lost, connections closed and errors of the server in all places still end in everything done once', async () => {
  const faults = 'seed=5,5xx=8%,lost-reply=6%,reset=5%,close-before=6%,half-body=5%,late-5xx=5%';
  const world = await base.fork({ faults: parseFaultPlan(faults) });
  for (let attempt = 1; (await world.apply()).exitCode !== 0; attempt += 1) expect(attempt).toBeLessThan(6);
  await world.startSandbox();
  expect(countExecuted(world.writes()).get('POST /Users')).toBe(5);
  await expectSettled(world);
});

test('too many requests are waited for as told, and nothing is lost', async () => {
  const faults = parseFaultPlan('429#2:retry-after=1,429#5:retry-after=1,429#9-10:retry-after-date=2');
  const world = await base.fork({ faults });
  expectEnd(await world.apply(), 0);
  expect([...countExecuted(world.writes()).values()].reduce((sum, count) => sum + count, 0)).toBe(8);
  await expectSettled(world);
});

test('a refused alias is left out alone, its cure is told, and the plan is done', async () => {
  const world = await base.fork({ guests: [guest] });
  const result = await world.apply();
  expectEnd(result, 0);
  expect(result.stdout.replace(/\s+/g, ' ')).toContain(`without the alias ${guest}`);
  expect(result.stdout).toContain('fix: Have the guest merged');
  expect(world.sandbox.status()).toMatchObject({ users: 11, suspended: 1 });
  const { length } = world.writes();
  expectEnd(await world.apply(), 25, 'PLAN_SUPERSEDED');
  expect(world.writes()).toHaveLength(length);
});

test('a key that dies in the middle of an apply is told, and the apply can be resumed', async () => {
  const world = await base.fork({ faults: parseFaultPlan('401#5+') });
  const result = await world.apply();
  expectEnd(result, 40, 'APPLY_INCOMPLETE');
  expect(result.stdout).toContain('Zivver refuses the API key');
  expect(world.sandbox.status()).toMatchObject({ suspended: 0 });
  await world.startSandbox();
  expectEnd(await world.apply(), 0);
  await expectSettled(world);
});

test('an account that vanished between plan and apply is a conflict and left alone', async () => {
  const world = await base.fork({ faults: parseFaultPlan(`vanish=${people[1]!.address}@GET#1`) });
  const result = await world.apply('--json');
  expectEnd(result, 41, 'APPLY_CONFLICTS');
  expect(countStatuses(result.stdout)).toEqual({ applied: 7, conflicted: 1 });
  expect(world.sandbox.accounts().map(({ address }) => address)).not.toContain(people[1]!.address);
});

test('an account that vanishes during the apply is a conflict and left alone', async () => {
  const world = await base.fork({ faults: parseFaultPlan('vanish@PUT#1') });
  const result = await world.apply('--json');
  expectEnd(result, 41, 'APPLY_CONFLICTS');
  expect(countStatuses(result.stdout)).toEqual({ applied: 7, conflicted: 1 });
});

test('an account that appeared between plan and apply is a conflict, and the next plan adopts it', async () => {
  const newcomer = newcomers[0]!;
  const world = await base.fork({ faults: parseFaultPlan(`appear=${newcomer.address}@GET#1`) });
  const result = await world.apply('--json');
  expectEnd(result, 41, 'APPLY_CONFLICTS');
  expect(countStatuses(result.stdout)).toEqual({ applied: 7, conflicted: 1 });
  expect(countExecuted(world.writes()).get('POST /Users')).toBe(4);
  await world.planAndMerge();
  expectEnd(await world.apply(), 0);
  const account = world.sandbox.accounts().find(({ address }) => address === newcomer.address)!;
  expect(account.resource).toMatchObject({ name: { formatted: newcomer.name } });
  expect(world.sandbox.ssoKeyOf(account.id)).toBe(newcomer.guid.toString('base64'));
  expectEnd(await world.plan('--detailed-exitcode'), 0);
});

test('an account that appears during the apply is not written over', async () => {
  const newcomer = newcomers[0]!;
  const world = await base.fork({ faults: parseFaultPlan(`appear=${newcomer.address}@POST#1`) });
  const result = await world.apply('--json');
  expectEnd(result, 41, 'APPLY_CONFLICTS');
  expect(countStatuses(result.stdout)).toEqual({ applied: 7, conflicted: 1 });
  const account = world.sandbox.accounts().find(({ address }) => address === newcomer.address)!;
  expect(account.resource).toMatchObject({ name: { formatted: newcomer.address } });
});

test('an account that was changed in Zivver in another respect keeps that', async () => {
  const world = await base.fork();
  const id = zivverIdOf(people[1]!);
  await world.callZivver('PUT', `/Users/${id}`, { phoneNumbers: [{ value: '+31687654321' }] });
  expectEnd(await world.apply(), 0);
  const account = world.sandbox.accounts().find((one) => one.id === id)!;
  expect(account.resource).toMatchObject({ phoneNumbers: [{ value: '+31687654321' }] });
});

function countStatuses(stdout: string): Record<string, number> {
  const { outcomes } = JSON.parse(stdout) as { outcomes: { status: string }[] };
  const counts: Record<string, number> = {};
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Nothing is left to do, and the ledger ends well. */
async function expectSettled(world: World): Promise<void> {
  expect(describeAccounts(world)).toEqual(settled);
  expect((await readLedgerRecords(world)).at(-1)).toMatchObject({ type: 'end', verdict: 'complete' });
}
