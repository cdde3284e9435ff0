import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CliResult } from '../support/e2e/cli.ts';
import { readLedgerRecords } from '../support/e2e/ledger-file.ts';
import { buildGroup, buildPeople, changePeople } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { countExecuted } from '../support/e2e/request-lines.ts';
import { ORGANISATION, World, type WorldOptions } from '../support/e2e/world.ts';

const ZIVVER_USER = 'urn:ietf:params:scim:schemas:zivver:0.1:User';

test('plan, merge, apply and plan again end in no changes, first for an empty Zivver and then for a normal day', async () => {
  const people = buildPeople(8);
  const groups = [buildGroup('Care', people.slice(0, 3))];
  const [, delegate] = people;
  const withDelegates = changePeople(people, [0], () => ({ delegates: [delegate!.name] }));
  const world = await openWorld({ people: withDelegates, groups });

  expectEnd(await world.plan('--bootstrap'), 0);
  expect(world.writes()).toEqual([]);
  expect(await changedFolders(world)).toEqual([`desired/${ORGANISATION}`, `plans/${ORGANISATION}`]);
  await world.merge();
  expectEnd(await world.apply(), 0);
  expect([...countExecuted(world.writes()).values()].reduce((sum, count) => sum + count, 0)).toBe(10);
  expect(world.sandbox.status()).toMatchObject({ users: 8, suspended: 0, functional: 1 });
  expect(await world.git.status()).toBe('');
  await expectNothingLeft(world);

  const leaver = withDelegates[7]!;
  const married = { name: 'Mila van Dam', address: 'mila.van.dam@company.org' };
  const nextDay = [
    ...changePeople(withDelegates, [7], () => ({ disabled: true })).map((person, place) =>
      place === 5 ? { ...person, ...married, aliases: [person.address] } : person,
    ),
    ...buildPeople(1, 2),
  ];
  await world.writeDirectory(nextDay);
  const planned = await world.plan('--detailed-exitcode', '--json');
  expectEnd(planned, 2);
  expect(parseJson(planned)).toMatchObject({ changes: 3 });
  await world.merge();
  const name = await world.newestPlan();
  expect(parseJson(await world.call(['show', '--json'], {}))).toMatchObject({ body: { sequence: 2 } });
  expect(parseJson(await world.call(['verify', '--json'], {}))).toMatchObject({ plan: name, verified: true });
  const applied = await world.apply('--json');
  expectEnd(applied, 0);
  expect(parseJson(applied)).toMatchObject({ plan: name, verdict: 'complete', unconfirmed: [] });
  const accounts = new Map(world.sandbox.accounts().map((account) => [account.address, account]));
  expect(accounts.get(leaver.address)?.resource).toMatchObject({ active: false });
  expect(accounts.get(married.address)?.resource).toMatchObject({
    name: { formatted: married.name },
    [ZIVVER_USER]: { aliases: [people[5]!.address] },
  });
  expect(world.sandbox.ssoKeyOf(accounts.get(married.address)!.id)).toBe(people[5]!.guid.toString('base64'));
  await expectNothingLeft(world);

  const records = await readLedgerRecords(world);
  expect(records.filter(({ type }) => type === 'end').map((record) => record['verdict'])).toEqual([
    'complete',
    'complete',
  ]);
});

test('a second plan before the merge replaces the files of the first one', async () => {
  const people = buildPeople(5);
  const world = await openWorld({ people, inZivver: people.slice(0, 4) });
  expectEnd(await world.plan('--bootstrap'), 0);
  const first = await world.newestPlan();
  await world.writeDirectory(people.slice(0, 3));
  expectEnd(await world.plan('--bootstrap'), 0);
  const second = await world.newestPlan();
  expect(second).not.toBe(first);
  expect(existsSync(path.join(world.repository, 'plans', ORGANISATION, first))).toBe(false);
  await expect(world.git.call('ls-files', '--others', `desired/${ORGANISATION}/users`)).resolves.toMatch(
    /^(.+\n){2}.+$/,
  );
  expect(world.writes()).toEqual([]);
});

test('a second bootstrap is refused once a plan was applied, and not before', async () => {
  const people = buildPeople(3);
  const world = await openWorld({ people, inZivver: people });
  await world.planAndMerge('--bootstrap');
  expectEnd(await world.plan('--bootstrap'), 0);
  expectEnd(await world.apply(), 0);
  expectEnd(await world.plan('--bootstrap'), 3, 'CLI_USAGE');
  expect(await world.git.status()).toBe('');
});

test('init makes an organisation with a key outside the repository, and keeps everything when called again', async () => {
  const world = await openWorld({ people: buildPeople(1) });
  const args = ['init', 'branch-office', '--domains', 'company.nl'];
  expectEnd(await world.call(args, {}), 0);
  const identity = path.join(world.folder, 'branch-office.age-identity');
  expect(await readFile(identity, 'utf8')).toMatch(/^AGE-SECRET-KEY-/m);
  if (process.platform !== 'win32') expect((await stat(identity)).mode & 0o077).toBe(0);
  const written = await world.read('desired/branch-office/organisation.yaml');
  const again = await world.call(args, {});
  expectEnd(again, 0);
  expect(again.stdout.match(/^kept /gm)).toHaveLength(4);
  expect(again.stdout).not.toMatch(/^(?:wrote|made) /m);
  expect(await world.read('desired/branch-office/organisation.yaml')).toBe(written);
  expectEnd(await world.call(['plan'], {}), 3, 'CLI_USAGE');
});

test('init without a terminal asks nothing, names every flag that is missing, and writes nothing', async () => {
  const world = await openWorld({ people: buildPeople(1) });
  const refused = await world.call(['init', 'other', '--base-dn', 'DC=a', '--ci', 'github'], {});
  expectEnd(refused, 3, 'CLI_USAGE');
  expect(refused.stderr.match(/--\S+(?=: is missing)/g)).toEqual([
    '--domains',
    '--ldap-urls',
    '--ldap-user',
    '--owners',
  ]);
  expect(await world.git.status()).toBe('');
  const files = [
    '--domains',
    'a.org',
    '--ldif-files',
    'people.ldif',
    '--sso',
    'off',
    '--ci',
    'gitlab',
    '--owners',
    '@a/b',
  ];
  const made = await world.call(['--json', 'init', 'other', ...files], {});
  expectEnd(made, 0);
  expect(parseJson(made)).toMatchObject({
    next: [
      { text: expect.stringContaining('desired/other/organisation.yaml') },
      { text: expect.stringContaining('other.age-identity') },
      { text: expect.stringContaining('.gitlab/zivver-gitops-settings.md') },
      { commands: expect.arrayContaining([expect.stringContaining('doctor')]) },
      { commands: [expect.stringContaining('plan --bootstrap')] },
    ],
  });
  expect(await world.read('desired/other/organisation.yaml')).toContain('files: [people.ldif]');
});

async function openWorld(options: WorldOptions): Promise<World> {
  const world = await World.create(options);
  onTestFinished(() => world.close());
  return world;
}

/** Nothing to do: no file is written, and no plan folder. */
async function expectNothingLeft(world: World): Promise<void> {
  const plans = await world.newestPlan();
  const { length } = world.writes();
  const again = await world.plan('--detailed-exitcode');
  expectEnd(again, 0);
  expect(again.stdout).toMatch(/^No changes/);
  expect(await world.git.status()).toBe('');
  expect(await world.newestPlan()).toBe(plans);
  expect(world.writes()).toHaveLength(length);
}

async function changedFolders(world: World): Promise<string[]> {
  const changed = (await world.git.call('status', '--porcelain', '--untracked-files=all')).split('\n');
  return [...new Set(changed.map((line) => line.slice(3).split('/').slice(0, 2).join('/')))].sort();
}

function parseJson({ stdout }: CliResult): unknown {
  return JSON.parse(stdout);
}
