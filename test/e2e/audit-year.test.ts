import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccessAt } from '../../src/operations/audit/read-access.ts';
import type { AuditReport } from '../../src/operations/audit/report/audit-report.ts';
import { callCliApart } from '../support/e2e/cli.ts';
import { buildGroup, buildPeople, fileTimeOf } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { ORGANISATION, World } from '../support/e2e/world.ts';
import { IS_LONG } from '../support/trials.ts';
import { rollDice } from '../support/world/dice.ts';
import { checkReport } from '../support/year/check-report.mjs';
import { QUESTIONS } from '../support/year/questions.ts';
import { formatAccess, simulateYear, type Moment } from '../support/year/simulate-year.ts';

/** `PEOPLE PLANS PAIRS`, for a run of another size. */
const [SIZE, PLANS, PAIRS] = (process.env['ZIVVER_GITOPS_YEAR'] ?? (IS_LONG ? '2000 250 1000' : '14 3 40'))
  .split(' ')
  .map(Number) as [number, number, number];
const people = buildPeople(SIZE).map((person, place) => ({
  ...person,
  lastLogin: fileTimeOf(place % 7 === 0 ? 200 : 1),
}));
const dice = rollDice('year');
let world: World;
let moments: readonly Moment[];
let byHand = 0;

beforeAll(async () => {
  const many = '{ floor: 100000, share: 100 }';
  const limits = [
    'suspend',
    'unexplained',
    'reactivate',
    'accessGranted',
    'create',
    'sameAttribute',
    'membersRemoved',
    'ssoKeys',
    'openAccess',
  ];
  world = await World.create({
    inZivver: people,
    people,
    groups: ['Team', 'Complaints'].map((name, index) => buildGroup(name, people.slice(index * 3, index * 3 + 4))),
    settings: `limits: { ${limits.map((name) => `${name}: ${many}`).join(', ')} }\n`,
  });
  await world.planAndMerge('--bootstrap');
  expectEnd(await world.apply(), 0);
  const year = await simulateYear(world, { plans: PLANS, dice });
  ({ moments, byHand } = year);
}, 3_600_000);

afterAll(() => world.close());

async function call(...args: string[]): Promise<string> {
  const result = await world.call(args, {});
  expectEnd(result, 0);
  return result.stdout;
}

test('every figure of the report is what plans, ledger and the log of Zivver say', async () => {
  expectEnd(await world.call(['notify', '--after', 'plan', '--code', '32'], {}), 0);
  expectEnd(await world.call(['notify', '--after', 'daily', '--code', '50'], {}), 0);
  const report = JSON.parse(
    await call('report', '--from', '2020-01-01', '--to', '2099-12-31', '--json'),
  ) as AuditReport;
  await world.git.call('fetch', '--quiet', 'origin');
  const requestLog = { file: path.join(world.folder, 'requests.jsonl'), byHand };
  const given = { repository: world.repository, organisation: ORGANISATION, report, requestLog };
  expect(checkReport(given)).toEqual([]);
  // The checker sees what is not so.
  const leavers = report.parts.find(({ id }) => id === 'leavers');
  const forged = report.parts.map((part) => (part === leavers ? { ...part, rows: part.rows.slice(1) } : part));
  expect(checkReport({ ...given, report: { ...report, parts: forged } })).not.toEqual([]);
});

test('access is what Zivver held, at any moment between two plans', { timeout: 3_600_000 }, async () => {
  let compared = 0;
  while (compared < PAIRS) {
    const moment = moments[dice.integer(0, moments.length)] as Moment;
    const { accounts } = JSON.parse(await call('access', '--at', moment.at, '--json')) as AccessAt;
    const told = new Map(accounts.map((one) => [one.address, formatAccess(one.active, one)]));
    expect([...told.keys()].sort()).toEqual([...moment.truth.keys()].sort());
    for (const address of dice.sample([...moment.truth.keys()], 20)) {
      expect(`${address} ${told.get(address)}`).toBe(`${address} ${moment.truth.get(address)}`);
      compared += 1;
    }
  }
});

test('every question of an auditor has one command that answers it', { timeout: 600_000 }, async () => {
  const out = path.join(world.folder, 'out');
  await mkdir(out, { recursive: true });
  const now = moments.at(-1)?.at ?? '';
  const names: Readonly<Record<string, string>> = {
    ONE: people[0]?.address ?? '',
    BOX: world.groups[0]?.address ?? '',
    NOW: now,
    THEN: moments[0]?.at ?? '',
  };
  const slow: string[] = [];
  for (const [question, ...words] of QUESTIONS) {
    const args = words.map((word) => names[word] ?? word.replace('OUT', out));
    const before = performance.now();
    const result =
      IS_LONG || process.env['ZIVVER_GITOPS_YEAR']
        ? await callCliApart(world.repository, args, {})
        : await world.call(args, {});
    slow.push(`${Math.round(performance.now() - before)} ms  ${words.join(' ')}`);
    expectEnd(result, 0);
    expect(result.stdout, question).not.toBe('');
  }
  if (process.env['ZIVVER_GITOPS_YEAR']) console.log(slow.join('\n'));
});
