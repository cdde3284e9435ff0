import { buildChange, type Change, type ChangeContent } from '../../src/model/change/change.ts';
import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatCanonicalJson } from '../../src/model/canonical.ts';
import { planName } from '../../src/model/plan/plan-name.ts';
import type { PlanFile } from '../../src/model/schema/generated/plan.ts';
import { planFolder, readPlan, replacePlan, writePlanFiles } from '../support/e2e/edit-plan.ts';
import { buildPeople, changePeople } from '../support/e2e/people.ts';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import { ORGANISATION, World } from '../support/e2e/world.ts';

/** Ten managed people; an approved plan renames one, suspends one and creates two. */
let base: World;
let name: string;

beforeAll(async () => {
  const people = buildPeople(10);
  base = await World.createSettled({ people, settings: `protected: { addresses: [${people[9]!.address}] }\n` });
  const renamed = changePeople(people, [1], () => ({ name: 'Noor Kuipers' }));
  await base.writeDirectory([...changePeople(renamed, [2], () => ({ disabled: true })), ...buildPeople(2, 2)]);
  name = await base.planAndMerge();
});

afterAll(() => base.close());

test('the plan of these tests is applied if nobody tampers with it', async () => {
  const world = await base.fork();
  expectEnd(await world.apply(), 0);
  expect(world.writes()).toHaveLength(4);
});

test('a bit flipped anywhere in plan.json is refused, merged or not', async () => {
  const world = await base.fork();
  const file = path.join(world.repository, planFolder(name), 'plan.json');
  const original = await readFile(file);
  const text = original.toString('utf8');
  const positions = [
    0,
    text.indexOf('"action":"suspend"') + 11,
    text.indexOf('AGE') > 0 ? text.indexOf('AGE') : text.indexOf('"sealed":"') + 40,
    text.indexOf('"digest"') + 30,
    text.lastIndexOf('"digest"') + 20,
    Math.floor(original.length / 2),
    Math.floor(original.length / 3),
    original.length - 1,
  ];
  for (const [count, position] of positions.entries()) {
    const flipped = Buffer.from(original);
    flipped[position]! ^= 1 << (count % 3);
    await writeFile(file, flipped);
    const seen = await world.apply();
    expect([21, 22], `byte ${position}: ${seen.stderr}`).toContain(seen.exitCode);
    expect(['PLAN_NOT_CANONICAL', 'PLAN_DIGEST']).toContain(seen.code);
  }
  await world.merge();
  const merged = await world.apply(name);
  expect([21, 22], merged.stderr).toContain(merged.exitCode);
  expect(world.writes()).toEqual([]);
});

test('a plan.json that was formatted, or whose line end is missing, is not canonical', async () => {
  const world = await base.fork();
  const file = `${planFolder(name)}/plan.json`;
  const original = await world.read(file);
  for (const change of [
    (text: string) => `${JSON.stringify(JSON.parse(text), null, 2)}\n`,
    (text: string) => text.trimEnd(),
    (text: string) => text.replace(/\n$/, '\r\n'),
    (text: string) => text.replace('"organisation"', '"\\u006frganisation"'),
  ]) {
    await world.edit(file, () => change(original));
    await expectRefusal(world, { exitCode: 21, code: 'PLAN_NOT_CANONICAL' });
  }
});

test('a repaired digest does not help bytes that are not canonical, nor an unknown key', async () => {
  const world = await base.fork();
  const plan = await readPlan(world);
  const reordered = JSON.stringify({ schema: plan.schema, digest: plan.digest, body: plan.body });
  const extended = { ...plan, body: { ...plan.body, force: true } };
  for (const text of [reordered, formatCanonicalJson(extended)]) {
    await world.edit(`${planFolder(name)}/plan.json`, () => `${text}\n`);
    await expectRefusal(world, { exitCode: 21, code: 'PLAN_NOT_CANONICAL' });
  }
});

test('an edited change is refused at every further step of covering it up', async () => {
  const world = await base.fork();
  const original = await readPlan(world);
  const changed = changeVictim(original);
  await world.edit(`${planFolder(name)}/plan.json`, () => `${formatCanonicalJson(changed)}\n`);
  await expectRefusal(world, { exitCode: 22, code: 'PLAN_DIGEST' });
  const covered = await replacePlan(world, (body) => body);
  expect(covered).not.toBe(name);
  // Whole in every respect, but nobody merged it.
  await expectRefusal(world, { exitCode: 30, code: 'APPROVAL_MISSING' });
});

test('a changed line of plan.md is refused, in the pull request check and in apply', async () => {
  const world = await base.fork();
  await world.edit(`${planFolder(name)}/plan.md`, (text) => text.replace('Noor Kuipers', 'Nora Kuipers'));
  expectEnd(await world.call(['verify'], {}), 29, 'PLAN_REVIEW_DISAGREES');
  await world.merge();
  await expectRefusal(world, { exitCode: 29, code: 'PLAN_REVIEW_DISAGREES' });
});

test('a desired file changed, added or removed by hand is refused, merged or not', async () => {
  const people = buildPeople(10);
  const file = `desired/${ORGANISATION}/users/${people[4]!.address}.yaml`;
  const world = await base.fork();
  await world.edit(file, (text) => text.replace(/active: true/, 'active: false'));
  await expectRefusal(world, { exitCode: 29, code: 'PLAN_REVIEW_DISAGREES' });
  await world.merge();
  await expectRefusal(world, { exitCode: 29, code: 'PLAN_REVIEW_DISAGREES' });
  const other = await base.fork();
  await rm(path.join(other.repository, file));
  await expectRefusal(other, { exitCode: 29, code: 'PLAN_REVIEW_DISAGREES' });
});

test('organisation.yaml changed after the plan makes the plan void', async () => {
  const world = await base.fork();
  await world.configure((text) => `${text}limits: { suspend: { floor: 500 } }\n`);
  await expectRefusal(world, { exitCode: 27, code: 'PLAN_CONFIGURATION_CHANGED' });
});

test('organisation.yaml changed only in the work tree makes the plan void too', async () => {
  const world = await base.fork();
  await world.edit(`desired/${ORGANISATION}/organisation.yaml`, (text) => `${text}# relaxed\n`);
  await expectRefusal(world, { exitCode: 27, code: 'PLAN_CONFIGURATION_CHANGED' });
});

test('a plan folder that was renamed or copied is refused', async () => {
  const world = await base.fork();
  const from = path.join(world.repository, planFolder(name));
  const copied = name.replace(/^0002/, '0003');
  await cp(from, path.join(world.repository, planFolder(copied)), { recursive: true });
  await expectRefusal(world, { exitCode: 22, code: 'PLAN_DIGEST' });
  await rm(from, { recursive: true });
  await expectRefusal(world, { exitCode: 22, code: 'PLAN_DIGEST' });
  await rename(path.join(world.repository, planFolder(copied)), path.join(world.repository, 'plans', 'elsewhere'));
  await expectRefusal(world, { exitCode: 20, code: 'PLAN_MISSING' }, () => world.apply(name));
});

test('a plan that was merged and then replaced in the work tree, with another one merged on top, is refused', async () => {
  const world = await base.fork();
  await writePlanFiles(world, '0003-00000000', await readPlan(world, name));
  await world.merge();
  await expectRefusal(world, { exitCode: 22, code: 'PLAN_DIGEST' });
});

/** A suspension of the account at another address, with the id that follows. */
function readdress({ id: _id, ...content }: Change, address: string): Change {
  return buildChange((content.action === 'suspend' ? { ...content, address } : content) as ChangeContent);
}

/** The suspension hits somebody else. */
function changeVictim(plan: PlanFile): PlanFile {
  const changes = plan.body.changes.map((change) => readdress(change, buildPeople(10)[5]!.address));
  const changed = { ...plan, body: { ...plan.body, changes } };
  if (planName(changed) !== planName(plan)) throw new Error('the digest was meant to stay');
  return changed;
}
