import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PartId, AuditReport, ReportPart } from '../../src/operations/audit/report/audit-report.ts';
import { buildGroup, buildPeople, fileTimeOf, type Person } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { ORGANISATION, World } from '../support/e2e/world.ts';

const people = buildPeople(8);
const at = (place: number): Person => people[place]!;
const groups = ['Team', 'Desk'].map((name) => buildGroup(name, people.slice(0, 3)));

let world: World;

beforeAll(async () => {
  world = await World.createSettled({ people, groups });
});

afterAll(() => world.close());

async function partOf(id: PartId): Promise<ReportPart | undefined> {
  const told = await world.call(['report', '--from', '2020-01-01', '--to', '2099-12-31', '--json'], {});
  expectEnd(told, 0);
  return (JSON.parse(told.stdout) as AuditReport).parts.find((part) => part.id === id);
}

async function planMoved(members: readonly string[]): Promise<string> {
  const logins = [fileTimeOf(1), fileTimeOf(200)];
  const seen = people.map((person, place) => (place < 2 ? { ...person, lastLogin: logins[place]! } : person));
  await world.writeDirectory(seen, [{ ...groups[0]!, members, managedBy: at(2).name }, groups[1]!]);
  const plan = await world.planAndMerge();
  expectEnd(await world.apply(), 0);
  return world.read(`plans/${ORGANISATION}/${plan}/plan.md`);
}

test('what no source shows was not looked at', async () => {
  expect((await partOf('dormant'))?.summary).toMatch(/^Not looked at: no source showed lastLogonTimestamp/);
});

test('an export with logins and owners tells the report who is dormant, and the review whom to ask', async () => {
  const owner = `${at(2).name} <${at(2).address}>`;
  const review = await planMoved(people.slice(0, 4).map(({ name }) => name));
  expect(review).toMatch(
    new RegExp(`team@company.org.* is owned by .*${at(2).name.split(' ')[0]}.* by managedBy in Active Directory`),
  );

  const dormant = await partOf('dormant');
  expect(dormant?.summary).toMatch(/^7 of 8 people in use had not logged in to Active Directory for 90 days/);
  const rows = dormant?.rows.map(({ subject, what }) => [subject, what]) ?? [];
  expect(rows).toHaveLength(7);
  expect(rows).toContainEqual([at(1).address, 'last login on record']);
  expect(rows).toContainEqual([at(2).address, 'no login is on record']);

  const functional = await partOf('functional');
  expect(functional?.rows.map(({ subject, outcome }) => [subject, outcome])).toEqual([
    ['desk@company.org', 'no owner is named'],
    ['team@company.org', `owned by ${owner} (managedBy), no next review is named`],
  ]);
});

test('owners.yaml goes before managedBy, and only who has neither is told as without an owner', async () => {
  const file = `desired/${ORGANISATION}/owners.yaml`;
  await writeFile(path.join(world.repository, file), 'owners: []\n');
  await world.git.publish('Start a list of owners');
  expect(await planMoved(people.slice(0, 2).map(({ name }) => name))).toMatch(
    /Nobody owns, by owners\.yaml or managedBy: `?desk@company\.org`?\./,
  );
  expect((await partOf('functional'))?.summary).toContain('1 of them without an owner');
  expect((await world.call(['status'], {})).stdout).toMatch(/1 functional account/);

  const given = '{ account: team@company.org, owner: Somebody Else, reason: a team, reviewBy: 2199-01-01 }';
  await writeFile(path.join(world.repository, file), `owners:\n  - ${given}\n`);
  await world.git.publish('Name an owner');
  const { rows = [] } = (await partOf('functional')) ?? {};
  expect(rows.map(({ outcome }) => outcome)).toContain('owned by Somebody Else, next review by 2199-01-01');
});
