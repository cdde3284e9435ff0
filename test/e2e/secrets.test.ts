import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFaultPlan } from '../../src/sandbox/fault-plan.ts';
import { findLeaks, readAllObjects, ssoKeyForms } from '../support/e2e/canaries.ts';
import type { CliResult } from '../support/e2e/cli.ts';
import { FixtureGit } from '../support/e2e/fixture-git.ts';
import { buildGroup, buildPeople, changePeople } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { zivverIdOf } from '../support/e2e/stored-users.ts';
import { API_KEY, World } from '../support/e2e/world.ts';

const people = buildPeople(8);
const newcomers = buildPeople(4, 2);
const WRONG_KEY = 'e2e.AnotherKey-77aa01';

/** Eight managed people, before a plan that creates, renames, suspends and reactivates. */
let base: World;

beforeAll(async () => {
  base = await World.createSettled({ people });
  await base.callZivver('PUT', `/Users/${zivverIdOf(people[5]!)}`, { active: false });
  const renamed = changePeople(people, [1], () => ({ address: 'mila.van.dam@company.org', aliases: [] }));
  const everybody = [...changePeople(renamed, [3], () => ({ disabled: true })), ...newcomers];
  await base.writeDirectory(everybody, [buildGroup('Care', [...people.slice(4), ...newcomers])]);
});

afterAll(() => base.close());

test('the forms of a secret are found where they are', () => {
  const [person] = people;
  const forms = new Map([['one', ssoKeyForms(person!)]]);
  expect(findLeaks(Buffer.from(`x ${person!.guid.toString('base64')}`), forms)).toEqual(['one']);
  expect(findLeaks(Buffer.concat([Buffer.from('x'), person!.guid]), forms)).toEqual(['one']);
  expect(findLeaks(Buffer.from(people[1]!.guid.toString('base64')), forms)).toEqual([]);
});

test('no secret reaches git, the ledger, the output or the request log when all goes well', async () => {
  const world = await base.fork();
  const results = [await world.plan(), await world.plan('--json')];
  await world.merge();
  results.push(await world.call(['show'], {}), await world.call(['show', '--json'], {}));
  results.push(await world.call(['verify', '--json'], {}), await world.apply('--json'), await world.plan());
  for (const result of results) expectEnd(result, 0);
  for (const person of newcomers) {
    const account = world.sandbox.accounts().find(({ address }) => address === person.address)!;
    expect(world.sandbox.ssoKeyOf(account.id), 'the key did get to Zivver').toBe(person.guid.toString('base64'));
  }
  await expectNoLeak(world, results);
});

test('no secret reaches git, the ledger, the output or the request log when everything fails', async () => {
  const world = await base.fork({ guests: ['mila.van.dam@company.org'] });
  const results = [await world.plan()];
  await world.merge();
  const secrets = { ZIVVER_API_KEY: API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity };
  results.push(await world.call(['apply'], { ...secrets, ZIVVER_API_KEY: WRONG_KEY }));
  results.push(await world.call(['apply'], { ...secrets, ZIVVER_API_KEY: `${API_KEY} ${API_KEY}` }));
  results.push(await world.call(['apply'], { ...secrets, ZIVVER_GITOPS_IDENTITY: world.identity.toLowerCase() }));
  results.push(await world.call(['apply'], { ...secrets, ZIVVER_GITOPS_IDENTITY: API_KEY }));
  await world.startSandbox({ faults: parseFaultPlan('html@POST#1,5xx@POST#2,half-body@POST#3,401#9+') });
  results.push(await world.apply(), await world.apply('--json'));
  expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 43, 3, 3, 3, 40, 43]);
  await world.startSandbox();
  results.push(await world.apply());
  expectEnd(results.at(-1)!, 0);
  await expectNoLeak(world, results);
});

test('the key of a source that is no GUID is hidden in plan and desired files as well', async () => {
  const world = await base.fork();
  const keys = {
    name: 'employee number',
    forms: people.map((_, place) => Buffer.from(`secret-employee-${place}-key`)),
  };
  await world.configure((text) =>
    text.replace('phoneRegion: NL', 'phoneRegion: NL\n    mapping: { accountKey: employeeID }'),
  );
  const file = path.join(world.folder, 'directory.ldif');
  let place = 0;
  const text = (await readFile(file, 'utf8')).replace(
    /^sAMAccountName/gm,
    () => `employeeID: secret-employee-${place++}-key\nsAMAccountName`,
  );
  await writeFile(file, text);
  const planned = await world.plan();
  await world.merge().catch(() => undefined);
  expect(findLeaks(await readEverything(world, [planned]), new Map([[keys.name, keys.forms]]))).toEqual([]);
});

async function expectNoLeak(world: World, results: readonly CliResult[]): Promise<void> {
  const canaries = new Map([...people, ...newcomers].map((person) => [person.address, ssoKeyForms(person)]));
  canaries.set('API key', [Buffer.from(API_KEY), Buffer.from(WRONG_KEY)]);
  const identity = world.identity.replace('AGE-SECRET-KEY-', '');
  canaries.set('age identity', [Buffer.from(identity), Buffer.from(identity.toLowerCase())]);
  expect(findLeaks(await readEverything(world, results), canaries)).toEqual([]);
}

/** All that anybody else may see: git objects here and at the git remote, what was printed, what Zivver logged. */
async function readEverything(world: World, results: readonly CliResult[]): Promise<Buffer> {
  const remote = new FixtureGit(world.gitRemote);
  const parts = [await readAllObjects(world.git), await readAllObjects(remote)];
  for (const result of results) parts.push(Buffer.from(result.stdout + result.stderr));
  parts.push(await readFile(path.join(world.folder, 'requests.jsonl')));
  for (const entry of await readdir(world.repository, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && !entry.parentPath.includes(`${path.sep}objects`))
      parts.push(await readFile(path.join(entry.parentPath, entry.name)));
  return Buffer.concat(parts);
}
