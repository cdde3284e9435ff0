import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountAt } from '../../src/operations/audit/account-at.ts';
import { callCli } from '../support/e2e/cli.ts';
import { buildGroup, buildPeople, changePeople, type Person } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { World } from '../support/e2e/world.ts';

interface Moment {
  readonly at: string;
  readonly truth: readonly string[];
}

const people = buildPeople(8);
const [anna, bram, chris] = people as [Person, Person, Person];
const team = buildGroup('Team', people.slice(0, 4));
let world: World;
const moments: Moment[] = [];

/** A line an account as Zivver itself has it. */
function truthOf(): string[] {
  const accounts = world.sandbox.accounts();
  const addresses = new Map(accounts.map(({ id, address }) => [id, address]));
  return accounts
    .map(({ address, resource }) => {
      const given = resource as unknown as Record<string, unknown> & { members?: { value: string }[] };
      const extension = (given['urn:ietf:params:scim:schemas:zivver:0.1:User'] ??
        given['urn:ietf:params:scim:schemas:zivver:0.1:Group']) as { aliases?: string[]; delegates?: string[] };
      const members = given.members?.map(({ value }) => addresses.get(value) ?? value);
      return formatLine(address, given['active'] !== false, {
        aliases: extension.aliases ?? [],
        readers: members ?? extension.delegates ?? [],
      });
    })
    .sort();
}

function formatLine(address: string, active: boolean, lists: Pick<AccountAt, 'aliases' | 'readers'>): string {
  return [address, active, [...lists.aliases].sort().join(','), [...lists.readers].sort().join(',')].join(' | ');
}

async function accessAt(...args: string[]): Promise<{ stdout: string; accounts: AccountAt[] }> {
  const result = await world.call(['access', '--json', ...args], {});
  expectEnd(result, 0);
  return { stdout: result.stdout, ...(JSON.parse(result.stdout) as { accounts: AccountAt[] }) };
}

beforeAll(async () => {
  world = await World.createSettled({ people, groups: [team] });
  const remember = (): void => void moments.push({ at: new Date().toISOString(), truth: truthOf() });
  remember();
  const reconcile = async (next: readonly Person[], groups = [team]): Promise<void> => {
    await world.writeDirectory(next, groups);
    await world.planAndMerge();
    expectEnd(await world.apply(), 0);
    remember();
  };
  const delegated = changePeople(people, [1], () => ({ delegates: [anna.name] }));
  await reconcile(delegated);
  const left = changePeople(delegated, [2], () => ({ disabled: true }));
  const renamed = changePeople(left, [1], () => ({ address: 'bram.new@company.org' }));
  await reconcile(renamed, [{ ...team, members: team.members.slice(0, 2) }]);
}, 120_000);

afterAll(() => world.close());

test('every past moment is told as Zivver was then', async () => {
  expect(new Set(moments.map(({ truth }) => truth.join('\n'))).size).toBe(3);
  for (const { at, truth } of moments) {
    const { accounts } = await accessAt('--at', at);
    expect(accounts.map((account) => formatLine(account.address, account.active, account)).sort()).toEqual(truth);
  }
});

test('whose mail a person could read, and who could read an account, has one answer each', async () => {
  const last = moments.at(-1)!.at;
  const reader = await accessAt('--to', anna.address, '--at', last);
  expect(reader.accounts.map(({ address }) => address)).toContain('bram.new@company.org');
  expect((await accessAt('--to', anna.address, '--at', moments[0]!.at)).accounts.map(({ address }) => address)).toEqual(
    [team.address],
  );
  const told = await world.call(['access', '--of', 'bram.new@company.org', '--at', last], {});
  expect(told.stdout).toContain(`readers ${anna.address}`);
  expect(told.stdout).toMatch(/ledger up to\s+sha256:[0-9a-f]{64}/);
});

test('the difference of two dates names who gained and who lost access', async () => {
  const told = await world.call(['access', '--since', moments[0]!.at, '--at', moments.at(-1)!.at], {});
  expectEnd(told, 0);
  expect(told.stdout).toContain(`could newly be read by ${anna.address}`);
  expect(told.stdout).toContain(`was called ${bram.address}`);
  const suspended = told.stdout.split('\n\n').find((block) => block.startsWith(chris.address));
  expect(suspended).toContain('was suspended');
});

test('a moment before the first plan, an unknown address and a bad date are told', async () => {
  expect((await accessAt('--at', '2001-01-01')).accounts).toEqual([]);
  expect((await world.call(['access', '--at', '2001-01-01'], {})).stdout).toContain('no plan had been applied');
  for (const args of [
    ['--of', 'nobody@company.org'],
    ['--at', '2026-02-31'],
    ['--of', 'a@b.c', '--to', 'd@e.f'],
  ])
    expectEnd(await world.call(['access', ...args], {}), 3, 'CLI_USAGE');
});

test('from the clone alone the same is told, and what could not be checked', async () => {
  const asked = ['history', '--class', 'mailAccess'];
  const online = await world.call(asked, {});
  expect(online.stdout).toContain(bram.address);
  await world.git.call('remote', 'set-url', 'origin', path.join(world.folder, 'gone.git'));
  expectEnd(await world.call(asked, {}), 3, 'GIT_UNUSABLE');
  const offline = await world.call([...asked, '--offline'], {});
  expectEnd(offline, 0);
  expect(offline.stdout).toBe(online.stdout);
  expect(offline.stderr).toMatch(
    /^Offline: main and ledger as this clone fetched them, .*Not checked: what origin has since/m,
  );
  expectEnd(await world.call(['access', '--offline'], {}), 0);
  await world.git.call('remote', 'set-url', 'origin', world.gitRemote);
});

test('the report of a time is the same from another clone, byte for byte, and agrees with the history', async () => {
  const span = ['--from', '2020-01-01', '--to', moments.at(-1)!.at];
  const csv = await world.call(['report', ...span, '--csv', '--separator', ';'], {});
  expectEnd(csv, 0);
  const page = path.join(world.folder, 'report.html');
  expectEnd(await world.call(['report', ...span, '--html', page, '--offline'], {}), 0);
  const clone = path.join(world.folder, 'auditor');
  await world.git.call('clone', '--quiet', world.gitRemote, clone);
  const again = path.join(world.folder, 'again.html');
  expectEnd(await callCli(clone, ['report', ...span, '--html', again], {}), 0);
  expect(await readFile(again, 'utf8')).toBe(await readFile(page, 'utf8'));
  const rows = (parse(csv.stdout, { bom: true, delimiter: ';' }) as string[][]).filter(([part]) => part === 'leavers');
  const told = await world.call(['history', '--action', 'suspend', '--json'], {});
  const suspensions = JSON.parse(told.stdout) as { address: string; record: string }[];
  expect(rows.map((row) => [row[3], row.at(-1)])).toEqual(suspensions.map(({ address, record }) => [address, record]));
  expect(rows).toHaveLength(1);
  for (const args of [
    ['--from', '2026-01-01'],
    ['--from', '2026-02-01', '--to', '2026-01-01'],
  ])
    expect((await world.call(['report', ...args], {})).exitCode).toBe(3);
});
