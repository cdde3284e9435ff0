import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildChange, type ChangeContent } from '../../src/model/change/change.ts';
import { replacePlan } from '../support/e2e/edit-plan.ts';
import { buildPeople, changePeople, range } from '../support/e2e/people.ts';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import { World } from '../support/e2e/world.ts';

const people = buildPeople(40);

/** Of forty people eight were suspended by two plans; five in a plan and ten in 24 hours are allowed. */
let base: World;

beforeAll(async () => {
  base = await World.createSettled({ people });
  for (const leavers of [4, 8]) {
    await disable(base, leavers);
    await base.planAndMerge();
    expectEnd(await base.apply(), 0);
  }
});

afterAll(() => base.close());

async function disable(world: World, count: number): Promise<void> {
  await world.writeDirectory(changePeople(people, range(0, count), () => ({ disabled: true })));
}

test('the third plan of four suspensions in a minute is refused, each alone within the limit', async () => {
  const world = await base.fork();
  await disable(world, 12);
  const refused = await expectRefusal(world, { exitCode: 32, code: 'PLAN_LIMIT' }, () => world.plan());
  expect(refused.stderr).toContain('suspend in 24 hours: 12 of 32 (8 by earlier plans), at most 10 allowed');
  expect(refused.stderr).toContain('{ rule: suspend, over: day, observed: 12');
});

test('two more are planned, told in the review, and applied', async () => {
  const world = await base.fork();
  await disable(world, 10);
  const name = await world.planAndMerge();
  expect(await world.read(`plans/head-office/${name}/plan.md`)).toContain('8 of them by earlier plans, limit 10');
  expectEnd(await world.apply(), 0);
  const status = await world.call(['status'], {});
  expect(status.stdout).toContain('Suspensions in 24 hours: 10 of at most 10');
});

test('apply counts for itself: a plan into which two more were written is refused before the first write', async () => {
  const world = await base.fork();
  await disable(world, 10);
  expectEnd(await world.plan(), 0);
  const more = people.slice(10, 12).map(({ address }) => address);
  const accounts = world.sandbox.accounts().filter(({ address }) => more.includes(address));
  await replacePlan(world, (body) => {
    const [like] = body.changes;
    const { id: _id, ...content } = like!;
    const added = accounts.map(({ id, address }) =>
      buildChange({ ...content, key: id, zivverId: id, address, fullName: address } as ChangeContent),
    );
    return { ...body, changes: [...body.changes, ...added], overTime: [] };
  });
  await world.merge();
  const before = world.writes().length;
  const { exitCode, stderr } = await world.apply();
  expect({ exitCode, writes: world.writes().length - before }, stderr).toEqual({ exitCode: 32, writes: 0 });
  expect(stderr).toContain('suspend in 24 hours: 12 of 32 (8 by earlier plans), at most 10 allowed');
});

test('an override lets so many pass over a day, in plan and apply', async () => {
  const world = await base.fork();
  await disable(world, 12);
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  await world.configure(
    (text) =>
      `${text}overrides: [{ rule: suspend, over: day, observed: 12, reason: a ward is closed, expires: "${expires}" }]\n`,
  );
  const name = await world.planAndMerge();
  expect(await world.read(`plans/head-office/${name}/plan.md`)).toContain('LIFTED by an override');
  expectEnd(await world.apply(), 0);
});
