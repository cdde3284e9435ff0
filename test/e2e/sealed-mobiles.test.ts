import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFaultPlan } from '../../src/sandbox/fault-plan.ts';
import { findLeaks, mobileForms, readAllObjects } from '../support/e2e/canaries.ts';
import type { CliResult } from '../support/e2e/cli.ts';
import { FixtureGit } from '../support/e2e/fixture-git.ts';
import { buildPeople, changePeople, type Person } from '../support/e2e/people.ts';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import { zivverIdOf } from '../support/e2e/stored-users.ts';
import { World } from '../support/e2e/world.ts';

/** Digits that no version, time or port has by chance. */
const number = (person: number, round: number): string => `+316${round}827364${person}`;
const SPOKEN = '06-28273695';
const people = buildPeople(6).map((person, place) => ({ ...person, mobile: place < 4 ? number(place, 1) : null }));
const newcomers = changePeople(buildPeople(2, 2), [0], () => ({ mobile: number(7, 1) }));
const NUMBERS = [1, 2, 3].flatMap((round) => [0, 1, 2, 3, 7].map((person) => number(person, round)));

/** Six managed people, four with a number; a plan gives one a new number, one none any more, one the first, and creates two. */
let base: World;

beforeAll(async () => {
  base = await World.createSettled({ people, sealsMobile: true });
  const renumbered = changePeople(people, [1], () => ({ mobile: SPOKEN }));
  const renamed = changePeople(renumbered, [2], ({ name }) => ({ name: `${name} (Care)` }));
  await base.writeDirectory([...changePeople(renamed, [4], () => ({ mobile: number(3, 3) })), ...newcomers]);
});

afterAll(() => base.close());

test('the forms of a number are found where they are', () => {
  const forms = new Map([['one', mobileForms('+31628273695')]]);
  const leaks = ['x+31628273695', '06-28273695', Buffer.from('ab+31628273695cd').toString('base64')];
  for (const leak of leaks) expect(findLeaks(Buffer.from(leak), forms), leak).toEqual(['one']);
  expect(findLeaks(Buffer.from('+31 6 •••• ••95 sealed:aaaaaa:0123456789abcdef'), forms)).toEqual([]);
});

test('a sealed number gets to Zivver, a second plan sees no difference, and git and output never show it', async () => {
  const world = await base.fork();
  const results = [await world.plan(), await world.plan('--json')];
  const name = await world.newestPlan();
  const review = await world.read(`plans/head-office/${name}/plan.md`);
  expect(review).toMatch(/mobile number none → `\+31 6 •••• ••43 sealed:[0-9a-f]{6}:[0-9a-f]{16}`/);
  expect(await world.read(`desired/head-office/users/${people[1]!.address}.yaml`)).toMatch(
    /^mobile: "\+31 6 •••• ••95 sealed:[0-9a-f:]+"$/m,
  );
  await world.merge();
  const page = path.join(world.folder, 'repository', 'review.html');
  results.push(await world.call(['show'], {}), await world.call(['show', '--json'], {}));
  results.push(await world.call(['show', '--html', page], {}));
  results.push(await world.apply('--json'), await world.call(['history', people[1]!.address], {}));
  results.push(await world.plan());
  for (const result of results) expectEnd(result, 0);
  expect(results.at(-1)!.stdout).toContain('No changes');
  expect(mobileOf(world, people[1]!)).toBe('+31628273695');
  expect(mobileOf(world, people[4]!)).toBe(number(3, 3));
  expect(mobileOf(world, newcomers[0]!)).toBe(number(7, 1));
  await expectNoNumber(world, results);
});

test('no failure of an apply shows a number, and Zivver that changed meanwhile is found by its fingerprint', async () => {
  const world = await base.fork({ faults: parseFaultPlan('html@POST#1,half-body@PUT#2') });
  const results = [await world.plan()];
  await world.merge();
  await world.callZivver('PUT', `/Users/${zivverIdOf(people[1]!)}`, { phoneNumbers: [{ value: number(1, 3) }] });
  results.push(await world.apply('--json'));
  await world.startSandbox();
  results.push(await world.apply());
  expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 41, 41]);
  expect(results.at(-1)!.stdout).toContain('has another mobile than when the plan was made');
  expect(mobileOf(world, people[1]!), 'what somebody set by hand stays').toBe(number(1, 3));
  await world.callZivver('PUT', `/Users/${zivverIdOf(people[0]!)}`, { phoneNumbers: [{ value: number(0, 3) }] });
  results.push(await world.call(['drift'], world.planSecrets()));
  expectEnd(results.at(-1)!, 50, 'DRIFT_FOUND');
  await expectNoNumber(world, results);
});

test('without the fingerprint key there is no plan, and drift counts what it cannot compare', async () => {
  const world = await base.fork();
  const secrets = world.planSecrets();
  const refuse = (key: string | undefined): Promise<CliResult> =>
    expectRefusal(world, { exitCode: 3, code: 'CONFIGURATION_SECRET_MISSING' }, () =>
      world.call(['plan'], { ...secrets, ZIVVER_GITOPS_FINGERPRINT_KEY: key }),
    );
  const results = [await refuse(undefined), await refuse('ab'.repeat(32)), await refuse('no key')];
  expect(results[1]!.stderr).toContain('organisation.yaml names the key');
  const { ZIVVER_API_KEY } = secrets;
  results.push(await world.call(['drift'], { ZIVVER_API_KEY }));
  expectEnd(results.at(-1)!, 0);
  expect(results.at(-1)!.stdout).toContain('Not verifiable: 4 sealed mobile numbers');
  await expectNoNumber(world, results);
});

test('a rollback restores the earlier number where the identity opens it, and says so where it does not', async () => {
  const world = await base.fork();
  await world.planAndMerge();
  expectEnd(await world.apply(), 0);
  const name = await world.newestPlan();
  const invert = ['invert', name, '--reason', 'wrong numbers'];
  const blind = await world.call(invert, world.planSecrets());
  expectEnd(blind, 0);
  const told = await world.read(`plans/head-office/${await world.newestPlan()}/plan.md`);
  expect(told).toContain('The earlier mobile number is sealed');
  await world.git.call('clean', '-fdq');
  await world.git.call('checkout', '--quiet', '.');
  const { ZIVVER_API_KEY } = world.planSecrets();
  const results = [blind, await world.call(invert, { ZIVVER_API_KEY, ZIVVER_GITOPS_IDENTITY: world.identity })];
  expectEnd(results[1]!, 0);
  await world.merge();
  results.push(await world.apply());
  expectEnd(results[2]!, 0);
  expect(mobileOf(world, people[1]!)).toBe(number(1, 1));
  expect(mobileOf(world, people[4]!)).toBeNull();
  await expectNoNumber(world, results);
});

test('init and key new make keys outside the repository, name them in organisation.yaml, and overwrite nothing', async () => {
  const world = await base.fork();
  const init = (...more: string[]): Promise<CliResult> =>
    world.call(['init', 'branch-office', '--domains', 'company.nl', '--seal-mobile', ...more], {});
  const inside = { exitCode: 3, code: 'CLI_USAGE' } as const;
  await expectRefusal(world, inside, () => init('--identity-file', 'identity'));
  expectEnd(await init(), 0);
  const key = await readFile(path.join(world.folder, 'branch-office.fingerprint-key'), 'utf8');
  const [, id] = /^# id: (\w{6})\n[0-9a-f]{64}\n$/.exec(key) ?? [];
  const settings = await world.read('desired/branch-office/organisation.yaml');
  expect(settings).toMatch(new RegExp(`^  fingerprintKey: "${id}" `, 'm'));
  const made = await world.call(['key', 'new', 'identity', '--file', '../second', '--json'], {});
  const { publicPart } = JSON.parse(made.stdout) as { publicPart: string };
  expect(await readFile(path.join(world.folder, 'second'), 'utf8')).toContain(
    `# public key: ${publicPart}\nAGE-SECRET-KEY-1`,
  );
  for (const file of ['../second', 'second'])
    expectEnd(await world.call(['key', 'new', 'identity', '--file', file], {}), 3, 'CLI_USAGE');
  expectEnd(await world.call(['key', 'new', 'password'], {}), 3, 'CLI_USAGE');
});

test('a new fingerprint key rewrites the desired files and changes nothing in Zivver', async () => {
  const world = await base.fork();
  const made = await world.call(['key', 'new', 'fingerprint', '--file', '../new-key', '--json'], {});
  expectEnd(made, 0);
  const { publicPart } = JSON.parse(made.stdout) as { publicPart: string };
  await world.writeDirectory(people);
  await world.configure((text) => text.replace(/fingerprintKey: "\w+"/, `fingerprintKey: "${publicPart}"`));
  await expectRefusal(world, { exitCode: 3, code: 'CONFIGURATION_SECRET_MISSING' }, () => world.plan());
  const secrets = {
    ...world.planSecrets(),
    ZIVVER_GITOPS_FINGERPRINT_KEY: undefined,
    ZIVVER_GITOPS_FINGERPRINT_KEY_FILE: path.join(world.folder, 'new-key'),
  };
  const drift = await world.call(['drift'], secrets);
  expectEnd(drift, 0);
  expect(drift.stdout).toContain('Not verifiable: 4 sealed mobile numbers');
  const planned = await world.call(['plan'], secrets);
  expectEnd(planned, 0);
  expect(await world.read(`desired/head-office/users/${people[0]!.address}.yaml`)).toContain(`sealed:${publicPart}:`);
  await world.merge();
  const before = world.writes().length;
  expectEnd(await world.apply(), 0);
  expect(world.writes()).toHaveLength(before);
  expectEnd(await world.call(['plan', '--detailed-exitcode'], secrets), 0);
  await expectNoNumber(world, [made, planned]);
});

function mobileOf(world: World, { address }: Person): string | null {
  const account = world.sandbox.accounts().find((one) => one.address === address);
  const [phone] = (account?.resource['phoneNumbers'] ?? []) as { value: string }[];
  return phone?.value ?? null;
}

async function expectNoNumber(world: World, results: readonly CliResult[]): Promise<void> {
  const canaries = new Map([...NUMBERS, '+31628273695'].map((one) => [one, mobileForms(one)]));
  const parts = [await readAllObjects(world.git), await readAllObjects(new FixtureGit(world.gitRemote))];
  for (const { stdout, stderr } of results) parts.push(Buffer.from(stdout + stderr));
  for (const entry of await readdir(world.repository, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && !entry.parentPath.includes(`${path.sep}objects`))
      parts.push(await readFile(path.join(entry.parentPath, entry.name)));
  expect(findLeaks(Buffer.concat(parts), canaries)).toEqual([]);
}
