import { expect, test } from 'vitest';
import { readPlan } from '../support/e2e/edit-plan.ts';
import { buildPeople, changePeople, type Person } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { World } from '../support/e2e/world.ts';

test('what Zivver refuses is told by the next plan, left open after the second time, and asked again when people say so', async () => {
  const people = buildPeople(6);
  const joiner: Person = { ...buildPeople(1, 2)[0]!, address: 'joiner@merged.example', aliases: [] };
  const base = await World.createSettled({ people });
  const world = await base.fork();
  await world.configure((text) => text.replace('claimedDomains: [', 'claimedDomains: [merged.example, '));
  await world.writeDirectory([...people, joiner]);

  const first = await world.planAndMerge();
  expectEnd(await world.apply(), 40, 'APPLY_INCOMPLETE');

  const second = await world.planAndMerge();
  const [change] = (await readPlan(world)).body.changes;
  expect((await readPlan(world)).body.failedBefore).toMatchObject([
    { change: change!.id, plan: first, status: 'failed', times: 1 },
  ]);
  const review = await world.read(`plans/head-office/${second}/plan.md`);
  expect(review).toContain('Only if what did not work before works now.');
  expect(review).toContain(`failed in plan \`${first}\``);
  expectEnd(await world.apply(), 40, 'APPLY_INCOMPLETE');

  // A leaver is suspended meanwhile; the joiner waits for people.
  await world.writeDirectory([...changePeople(people, [2], () => ({ disabled: true })), joiner]);
  await world.planAndMerge();
  const { body } = await readPlan(world);
  expect(body.changes.map(({ action }) => action)).toEqual(['suspend']);
  expect(body.open).toMatchObject([{ reason: 'refused-twice', address: joiner.address }]);
  const before = world.writes().length;
  expectEnd(await world.apply(), 0);
  expect(world.writes().length - before).toBe(1);

  const quiet = await world.plan('--detailed-exitcode');
  expectEnd(quiet, 2);
  expect(quiet.stdout).toContain('No changes, but 1 account is open');
  const asked = await world.plan('--retry-failed', '--detailed-exitcode');
  expectEnd(asked, 2);
  expect((await readPlan(world)).body.failedBefore).toMatchObject([{ times: 2 }]);
  await base.close();
});
