import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listLedgerFiles, readLedgerRecords, rewriteLedger } from '../support/e2e/ledger-file.ts';
import { buildPeople } from '../support/e2e/people.ts';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import { World } from '../support/e2e/world.ts';

/** Two applied plans, the second with two creates, and a third one that is approved. */
let base: World;

beforeAll(async () => {
  const people = buildPeople(3);
  base = await World.createSettled({ people });
  await base.writeDirectory([...people, ...buildPeople(2, 2)]);
  await base.planAndMerge();
  await base.apply();
  await base.writeDirectory([...people, ...buildPeople(3, 2)]);
  await base.planAndMerge();
});

afterAll(() => base.close());

const damages: Record<string, (lines: string[]) => string[]> = {
  'one record altered': (lines) => lines.map((line) => line.replace('"status":"applied"', '"status":"failed"')),
  'its first record dropped': (lines) => lines.slice(1),
  'a record in the middle dropped': (lines) => lines.filter((_, place) => place !== 2),
  'two records swapped': ([first, second, third, ...rest]) => [first!, third!, second!, ...rest],
  'a record twice': ([first, ...rest]) => [first!, first!, ...rest],
  'its last record cut': (lines) => [...lines.slice(0, -1), lines.at(-1)!.slice(0, 40)],
  'its last record reformatted': (lines) => [...lines.slice(0, -1), lines.at(-1)!.replace('{', '{ ')],
};

for (const [what, damage] of Object.entries(damages))
  test(`a ledger with ${what} stops plan and apply`, async () => {
    const world = await base.fork();
    const [, latest] = await listLedgerFiles(world);
    await rewriteLedger(world, latest!, (text) => `${damage(text.trimEnd().split('\n')).join('\n')}\n`);
    await expectRefusal(world, { exitCode: 46, code: 'LEDGER_INVALID' });
    await expectRefusal(world, { exitCode: 46, code: 'LEDGER_INVALID' }, () => world.plan());
  });

test('a ledger whose line end is missing, whose file or genesis is gone stops apply', async () => {
  const world = await base.fork();
  const [first, latest] = await listLedgerFiles(world);
  await rewriteLedger(world, latest!, (text) => text.trimEnd());
  await expectRefusal(world, { exitCode: 46, code: 'LEDGER_INVALID' });
  const second = await base.fork();
  await rewriteLedger(second, first!, () => null);
  await expectRefusal(second, { exitCode: 46, code: 'LEDGER_INVALID' });
  const third = await base.fork();
  await rewriteLedger(third, 'genesis.json', () => null);
  await expectRefusal(third, { exitCode: 46, code: 'LEDGER_INVALID' });
});

test('the end of a ledger cannot be forgotten: the plan names the record it follows', async () => {
  const world = await base.fork();
  const [, latest] = await listLedgerFiles(world);
  await rewriteLedger(world, latest!, (text) => text.replace(/[^\n]+\n$/, ''));
  await expectRefusal(world, { exitCode: 46, code: 'LEDGER_INVALID' });
  const other = await base.fork();
  await rewriteLedger(other, latest!, () => null);
  await expectRefusal(other, { exitCode: 46, code: 'LEDGER_INVALID' });
});

test('a git remote that refuses the ledger is told before the first write', async () => {
  const world = await base.fork();
  await installHook(world, 'exit 1');
  await expectRefusal(world, { exitCode: 45, code: 'LEDGER_NOT_WRITABLE' });
  await removeHook(world);
  expectEnd(await world.apply(), 0);
  expect(world.writes()).toHaveLength(1);
});

test('a git remote that is gone gives no approval', async () => {
  const world = await base.fork();
  await rm(world.gitRemote, { recursive: true });
  expectEnd(await world.apply(), 30, 'APPROVAL_MISSING');
  expect(world.requests()).toEqual([]);
});

test('a ledger that cannot be written at the end is written by the next apply, without a second write', async () => {
  const world = await base.fork();
  const counter = path.join(world.folder, 'pushes');
  await installHook(world, `echo push >> '${counter}'; [ "$(wc -l < '${counter}')" -lt 2 ]`);
  expectEnd(await world.apply(), 45, 'LEDGER_NOT_WRITABLE');
  expect(await readFile(counter, 'utf8')).toBe('push\npush\n');
  await removeHook(world);
  expectEnd(await world.apply(), 0);
  expect(world.writes()).toHaveLength(1);
  expect(await readTypes(world)).toEqual(['begin', 'started', 'finished', 'end', 'resume', 'finished', 'end']);
  await expectRefusal(world, { exitCode: 25, code: 'PLAN_SUPERSEDED' });
});

test('the ledger says who approved, what was done and that all of it is so', async () => {
  const world = await base.fork();
  expectEnd(await world.apply(), 0);
  const records = await readLatest(world);
  expect(records.map(({ type }) => type)).toEqual(['begin', 'started', 'finished', 'end']);
  expect(records[0]).toMatchObject({
    sequence: 3,
    changes: 1,
    approval: { branch: 'main', gitRemote: 'origin', mergedBy: 'Rita Reviewer <rita@company.org>' },
  });
  expect(records[2]).toMatchObject({ address: buildPeople(3, 2)[2]!.address, status: 'applied' });
  expect(records[3]).toMatchObject({ verdict: 'complete', totals: { applied: 1 }, unconfirmed: [] });
});

async function readLatest(world: World): Promise<Record<string, unknown>[]> {
  const records = await readLedgerRecords(world);
  return records.slice(records.findLastIndex(({ type }) => type === 'begin'));
}

async function readTypes(world: World): Promise<unknown[]> {
  return (await readLatest(world)).map(({ type }) => type);
}

/** A shell script that git runs for every push to the ledger branch. */
async function installHook(world: World, script: string): Promise<void> {
  const file = path.join(world.gitRemote, 'hooks', 'pre-receive');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

async function removeHook(world: World): Promise<void> {
  await rm(path.join(world.gitRemote, 'hooks', 'pre-receive'));
}
