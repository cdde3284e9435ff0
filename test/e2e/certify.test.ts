import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildGroup, buildPeople, type Person } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { ORGANISATION, World } from '../support/e2e/world.ts';

const people = buildPeople(6);
const [anna, bram, chris] = people as [Person, Person, Person];
const team = buildGroup('Team', [anna, bram]);
let world: World;

beforeAll(async () => {
  world = await World.createSettled({ people, groups: [team] });
});

afterAll(() => world.close());

const DUE = '2030-06-30';
const FOLDER = `desired/${ORGANISATION}/certifications/${DUE}-functional`;

async function decide(reader: Person, decision: string): Promise<void> {
  const [file = ''] = await readdir(path.join(world.repository, FOLDER));
  const name = path.join(world.repository, FOLDER, file);
  const text = await readFile(name, 'utf8');
  const place = text.indexOf(reader.address);
  const decided = text
    .slice(place)
    .replace('decision:\n', `decision: ${decision}\n`)
    .replace('by:\n', 'by: Vera Jacobs\n');
  await writeFile(name, text.slice(0, place) + decided);
}

test('an owner keeps one reader and refuses another, whom a later plan cannot give again in silence', async () => {
  const started = await world.call(['certify', 'start', '--scope', 'functional', '--due', DUE], {});
  expectEnd(started, 0);
  expect(started.stdout).toContain('1 mailbox with 2 readers');
  expectEnd(await world.call(['certify', 'start', '--scope', 'functional', '--due', DUE], {}), 3, 'CLI_USAGE');
  await decide(anna, 'keep');
  await decide(bram, 'remove');
  await world.git.commitAll('Decide');
  await world.git.push();
  const status = await world.call(['certify', 'status'], {});
  expect(status.stdout.replace(/\s+/g, ' ')).toContain('1 kept, 1 refused, 0 questioned, 0 undecided');
  expect(status.stdout.replace(/\s+/g, ' ')).toContain(
    `${bram.address} can still read ${team.address}, and was refused by Vera Jacobs`,
  );

  const others = buildGroup('Team', [anna, chris]);
  await world.writeDirectory(people, [{ ...others, guid: team.guid }]);
  await world.planAndMerge();
  expectEnd(await world.apply(), 0);
  expect((await world.call(['certify', 'status'], {})).stdout).not.toContain('can still read');

  await world.writeDirectory(people, [team]);
  const plan = await world.plan();
  expectEnd(plan, 0);
  const name = await world.newestPlan();
  const review = await world.read(`plans/${ORGANISATION}/${name}/plan.md`);
  expect(review).toContain('was refused at certification by `Vera Jacobs`');
  expectEnd(await world.call(['verify'], {}), 0);
  await world.git.call('checkout', '--', '.');
  await world.git.call('clean', '-fdq', 'plans', 'desired');
});

test('report and history tell who certified what', async () => {
  const history = await world.call(['history', bram.address], {});
  expect(history.stdout.replace(/\s+/g, ' ')).toContain('refused, certified by Vera Jacobs');
  const mailbox = await world.call(['history', team.address, '--json'], {});
  const [account] = JSON.parse(mailbox.stdout) as { certified: { reader: string; decision: string }[] }[];
  expect(account?.certified.map(({ reader, decision }) => `${reader} ${decision}`).sort()).toEqual(
    [`${anna.address} keep`, `${bram.address} remove`].sort(),
  );
  const report = await world.call(['report', '--from', '2020-01-01', '--to', '2099-12-31', '--csv'], {});
  expect(report.stdout).toContain('certified by Vera Jacobs');
});
