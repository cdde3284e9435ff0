import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlan } from '../support/e2e/edit-plan.ts';
import { buildPeople, keyOf, type Person } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { zivverIdOf } from '../support/e2e/stored-users.ts';
import { World } from '../support/e2e/world.ts';

const people = buildPeople(12);
const former = people[3]!;
/** Somebody new at the address of somebody who is gone. */
const heir: Person = { ...buildPeople(1, 2)[0]!, address: former.address, aliases: [], mobile: former.mobile };

let base: World;

beforeAll(async () => {
  base = await World.createSettled({ people });
  await base.writeDirectory([...people.filter((one) => one !== former), heir]);
});

afterAll(() => base.close());

function accountOf(world: World) {
  return world.sandbox.accounts().find(({ id }) => id === zivverIdOf(former));
}

test('an account passes to another key only by a decision in organisation.yaml, and then at once and for good', async () => {
  const world = await base.fork();
  await world.planAndMerge();
  const undecided = (await readPlan(world)).body;
  expect(undecided.changes).toEqual([]);
  const line = `{ from: ${keyOf(former)}, to: ${keyOf(heir)}`;
  expect((await world.call(['show'], {})).stdout.replace(/\s+/g, ' ')).toContain(line);
  expectEnd(await world.apply(), 0);

  await world.configure((text) => `${text}handovers: [${line}, reason: "she follows him at the desk" }]\n`);
  const name = await world.planAndMerge();
  expect(await world.read(`plans/head-office/${name}/plan.md`)).toContain('Another person may read this mail');
  const before = world.writes().length;
  expectEnd(await world.apply(), 0);
  expect(world.writes().length - before).toBe(1);
  expect(JSON.stringify(accountOf(world))).toContain(keyOf(heir));

  expectEnd(await world.plan('--detailed-exitcode'), 0);
});
