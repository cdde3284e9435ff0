import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildChange, type ChangeContent } from '../../src/model/change/change.ts';
import { readPlan, replacePlan } from '../support/e2e/edit-plan.ts';
import { buildGroup, buildPeople, changePeople, keyOf, range, type Person } from '../support/e2e/people.ts';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import { zivverIdOf } from '../support/e2e/stored-users.ts';
import { World } from '../support/e2e/world.ts';

const people = buildPeople(40);
const disabled = { disabled: true };

/** Forty managed people, so that five suspensions, two unexplained absences and 36 entries are the limits. */
let base: World;

beforeAll(async () => {
  const [chief] = people;
  const settings = `protected: { addresses: [${people[1]!.address}], administrators: [${chief!.address}] }\n`;
  base = await World.createSettled({ people, settings });
});

afterAll(() => base.close());

test('as many suspensions as the limit are planned, one more is refused without a file', async () => {
  const world = await base.fork();
  await world.writeDirectory(changePeople(people, range(2, 8), () => disabled));
  const refused = await expectRefusal(world, { exitCode: 32, code: 'PLAN_LIMIT' }, () => world.plan());
  expect(refused.stderr).toContain('suspend: 6 of 40, at most 5 allowed');
  await world.writeDirectory(changePeople(people, range(2, 7), () => disabled));
  expectEnd(await world.plan('--detailed-exitcode'), 2);
});

test('people who are simply not found have a limit of their own', async () => {
  const world = await base.fork();
  await world.writeDirectory(people.slice(0, 37));
  const refused = await expectRefusal(world, { exitCode: 32, code: 'PLAN_LIMIT' }, () => world.plan());
  expect(refused.stderr).toContain('unexplained: 3 of 40, at most 2 allowed');
  await world.writeDirectory(people.slice(0, 38));
  expectEnd(await world.plan('--detailed-exitcode'), 2);
});

test('not one account is deleted without an override', async () => {
  const world = await base.fork();
  await world.configure((text) => `${text}users: { missing: delete }\n`);
  await world.writeDirectory(people.slice(0, 39));
  const refused = await expectRefusal(world, { exitCode: 32, code: 'PLAN_LIMIT' }, () => world.plan());
  expect(refused.stderr).toContain('delete: 1 of 40, at most 0 allowed');
});

test('a source below its floor is implausible, and so is one with nobody in it', async () => {
  const world = await base.fork();
  await world.writeDirectory(people.slice(0, 35));
  await expectRefusal(world, { exitCode: 12, code: 'SOURCE_IMPLAUSIBLE' }, () => world.plan());
  await world.configure((text) => text.replace('OU=Staff', 'OU=Renamed'));
  await world.writeDirectory(people);
  await expectRefusal(world, { exitCode: 12, code: 'SOURCE_IMPLAUSIBLE' }, () => world.plan());
});

test('an attribute that is empty everywhere at once is implausible', async () => {
  const world = await base.fork();
  await world.writeDirectory(people.map((person) => ({ ...person, mobile: null })));
  await expectRefusal(world, { exitCode: 12, code: 'SOURCE_IMPLAUSIBLE' }, () => world.plan());
});

test('more doubles in the directory than the limit are refused, and those below it are shown and left alone', async () => {
  const world = await base.fork();
  const doubles = (count: number): Person[] =>
    changePeople(buildPeople(count, 2), range(0, count), ({ name }) => ({
      address: people[Number(name.split('-')[1])]!.address,
      aliases: [],
    }));
  await world.writeDirectory([...people, ...doubles(6)]);
  const refused = await expectRefusal(world, { exitCode: 13, code: 'MAPPING_AMBIGUOUS' }, () => world.plan());
  expect(refused.stderr).toMatch(/ambiguous: 12 of 46, at most 10 allowed/);
  await world.writeDirectory([...people, ...doubles(5)]);
  const told = await world.plan('--detailed-exitcode');
  expectEnd(told, 2);
  expect(told.stdout).toContain('Open: left as they are (10)');
  expect((await readPlan(world)).body.changes).toEqual([]);
});

test('the creates and the emptied members of a careless morning are refused', async () => {
  const world = await base.fork();
  await world.writeDirectory([...people, ...buildPeople(26, 2)]);
  await expectRefusal(world, { exitCode: 32, code: 'PLAN_LIMIT' }, () => world.plan());
  await world.writeDirectory(people, [buildGroup('Care', people.slice(0, 12))]);
  await world.planAndMerge();
  expectEnd(await world.apply(), 0);
  await world.writeDirectory(people, [buildGroup('Care', people.slice(0, 5))]);
  const refused = await expectRefusal(world, { exitCode: 32, code: 'PLAN_LIMIT' }, () => world.plan());
  expect(refused.stderr).toContain('membersRemoved (care@company.org): 7 of 12, at most 6 allowed');
});

test('protected accounts and administrators are never suspended or renamed', async () => {
  const world = await base.fork();
  for (const place of [0, 1]) {
    await world.writeDirectory(changePeople(people, [place], () => disabled));
    await expectRefusal(world, { exitCode: 33, code: 'PLAN_PROTECTED' }, () => world.plan());
  }
  await world.writeDirectory(changePeople(people, [1], () => ({ address: 'renamed@company.org' })));
  await expectRefusal(world, { exitCode: 33, code: 'PLAN_PROTECTED' }, () => world.plan());
});

test('while an administrator is suspended in Zivver nothing is planned and nothing applied', async () => {
  const world = await base.fork();
  await world.writeDirectory(changePeople(people, [5], () => disabled));
  await world.planAndMerge();
  await world.callZivver('PUT', `/Users/${zivverIdOf(people[0]!)}`, { active: false });
  await expectRefusal(world, { exitCode: 33, code: 'PLAN_PROTECTED' }, () => world.plan());
  await expectRefusal(world, { exitCode: 33, code: 'PLAN_PROTECTED' });
});

test('an override counts with exactly the number, for 72 hours, and not after it expired', async () => {
  const world = await base.fork();
  await world.writeDirectory(changePeople(people, range(2, 8), () => disabled));
  for (const [observed, hours] of [
    [5, 24],
    [7, 24],
    [6, -1],
    [6, 73],
  ] as const) {
    await world.configure((text) => `${text.replace(/^overrides:.*\n/m, '')}${renderOverride(observed, hours)}`);
    await expectRefusal(world, { exitCode: 32, code: 'PLAN_LIMIT' }, () => world.plan());
  }
  await world.configure((text) => text.replace(/^overrides:.*\n/m, renderOverride(6, 71)));
  await world.planAndMerge();
  expectEnd(await world.apply(), 0);
  expect(world.sandbox.status()).toMatchObject({ suspended: 6 });
});

test('an override that expires between plan and apply is no override', async () => {
  const world = await base.fork();
  await world.writeDirectory(changePeople(people, range(2, 8), () => disabled));
  const until = Date.now() + 8_000;
  await world.configure((text) => `${text}${renderOverride(6, (until - Date.now()) / 3_600_000)}`);
  await world.planAndMerge();
  await new Promise((resolve) => setTimeout(resolve, until - Date.now()));
  await expectRefusal(world, { exitCode: 32, code: 'PLAN_LIMIT' });
});

test('one stale suspension among 200 good changes stops all of them before the first write', async () => {
  const world = await base.fork();
  const limits = 'limits: { create: { floor: 300 } }\n';
  await world.configure((text) => `${text}${limits}`);
  await world.writeDirectory([...changePeople(people, [7], () => disabled), ...buildPeople(200, 2)]);
  await world.planAndMerge();
  const renamed = { userName: 'renamed.outside@company.org' };
  await world.callZivver('PUT', `/Users/${zivverIdOf(people[7]!)}`, renamed);
  const { length } = world.writes();
  await expectRefusal(world, { exitCode: 31, code: 'APPLY_TARGET_STALE', isRecorded: true });
  expect(world.writes()).toHaveLength(length);
  await expectRefusal(world, { exitCode: 25, code: 'PLAN_SUPERSEDED' });
});

test('a plan that names the wrong account for a suspension suspends nobody', async () => {
  const world = await base.fork();
  await world.writeDirectory(changePeople(people, [7], () => disabled));
  expectEnd(await world.plan(), 0);
  await replacePlan(world, (body) => ({
    ...body,
    changes: body.changes.map(({ id: _id, ...change }) =>
      buildChange({ ...change, zivverId: zivverIdOf(people[8]!), key: keyOf(people[8]!) } as ChangeContent),
    ),
  }));
  await world.merge();
  await expectRefusal(world, { exitCode: 31, code: 'APPLY_TARGET_STALE', isRecorded: true });
});

function renderOverride(observed: number, hours: number): string {
  const expires = new Date(Date.now() + hours * 3_600_000).toISOString();
  return `overrides: [{ rule: suspend, observed: ${observed}, reason: the branch closes, expires: ${expires} }]\n`;
}
