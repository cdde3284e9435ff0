import { factAbout } from '../support/plan-builder.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildChange, type Change, type ChangeContent } from '../../src/model/change/change.ts';
import { evaluateGuards } from '../../src/model/plan/guards.ts';
import type { PlanBody } from '../../src/model/schema/generated/plan.ts';
import { parseConfiguration } from '../../src/model/configuration/configuration.ts';
import { readPlan, replacePlan } from '../support/e2e/edit-plan.ts';
import { buildPeople, changePeople } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { ORGANISATION, World } from '../support/e2e/world.ts';

/** Twenty managed people, one of them protected; the plan in the work tree renames one of them. */
const people = buildPeople(20);
const guarded = people[9]!;
let base: World;

beforeAll(async () => {
  base = await World.createSettled({
    people,
    settings: `protected: { addresses: [${guarded.address}], administrators: [${guarded.address}] }\n`,
  });
  await base.writeDirectory(changePeople(people, [1], () => ({ name: 'Noor Kuipers' })));
  const made = await base.plan();
  if (made.exitCode !== 0) throw new Error(made.stderr);
});

afterAll(() => base.close());

interface Account {
  readonly id: string;
  readonly address: string;
  readonly name: string;
}

type Forgery = (body: PlanBody, accounts: readonly Account[]) => PlanBody | Promise<PlanBody>;

/** Whole in every respect: canonical bytes, digest, name, rendered review, merged like any other. */
async function applyForged(forge: Forgery): Promise<{ exit: number | undefined; writes: number; why: string }> {
  const world = await base.fork();
  const accounts = world.sandbox.accounts().flatMap(({ id, address, resource }) => {
    const { name } = resource as { name?: { formatted: string } };
    return name === undefined ? [] : [{ id, address, name: name.formatted }];
  });
  const { body } = JSON.parse(await world.read(`plans/${ORGANISATION}/${await world.newestPlan()}/plan.json`)) as {
    body: PlanBody;
  };
  const forged = await forge(body, accounts);
  await replacePlan(world, () => forged);
  await world.merge();
  const before = world.writes().length;
  const { exitCode, stderr } = await world.apply();
  return { exit: exitCode, writes: world.writes().length - before, why: stderr };
}

/** The table of limits that such a plan would have. */
async function withLimits(body: PlanBody): Promise<PlanBody> {
  const settings = await base.read(`desired/${ORGANISATION}/organisation.yaml`);
  const configuration = parseConfiguration(settings, ORGANISATION, '/');
  const derived = evaluateGuards(body, { configuration, now: new Date(body.createdAt), index: null });
  return { ...body, limits: [...derived, ...body.limits.filter(({ rule }) => rule === 'administrators')] };
}

function forgeChange(like: Change, { id, address, name }: Account, parts: object): Change {
  const { id: _id, ...content } = like;
  return buildChange({
    ...content,
    kind: 'user',
    key: null,
    zivverId: id,
    address,
    fullName: name,
    sealed: false,
    ...parts,
  } as ChangeContent);
}

const SUSPENDED = { action: 'suspend', reason: 'disabled', before: { active: true }, after: { active: false } };
const others = (accounts: readonly Account[]): Account[] =>
  accounts.filter(({ address }) => address !== guarded.address);
const keyOfFirst = (body: PlanBody): string | null => body.changes[0]!.key;

describe('a plan that was forged, repaired and merged is refused before the first write', () => {
  test.each<[string, number, Forgery]>([
    [
      '20 suspensions called suspensions, a protected administrator among them',
      33,
      (body, accounts) => ({ ...body, changes: accounts.map((one) => forgeChange(body.changes[0]!, one, SUSPENDED)) }),
    ],
    [
      '20 suspensions called updates',
      21,
      (body, accounts) => ({
        ...body,
        changes: accounts.map((one) =>
          forgeChange(body.changes[0]!, one, {
            ...SUSPENDED,
            action: 'update',
            reason: 'attributes',
            key: `k${one.id}`,
          }),
        ),
      }),
    ],
    [
      '20 suspensions called reactivations',
      21,
      (body, accounts) => ({
        ...body,
        changes: accounts.map((one) =>
          forgeChange(body.changes[0]!, one, { ...SUSPENDED, action: 'reactivate', reason: 'returned' }),
        ),
      }),
    ],
    [
      '19 suspensions of people who are said to be 2,000',
      32,
      (body, accounts) =>
        withLimits({
          ...body,
          existing: { users: 2000, activeUsers: 2000, functional: 0, managed: 2000, activeManaged: 2000 },
          changes: others(accounts).map((one) => forgeChange(body.changes[0]!, one, SUSPENDED)),
        }),
    ],
    [
      '19 suspensions of people who are said to be 2,000, with the limits of before',
      32,
      (body, accounts) => ({
        ...body,
        existing: { users: 2000, activeUsers: 2000, functional: 0, managed: 2000, activeManaged: 2000 },
        changes: others(accounts).map((one) => forgeChange(body.changes[0]!, one, SUSPENDED)),
      }),
    ],
    [
      'one deletion',
      32,
      (body, accounts) => {
        const [one] = others(accounts) as [Account];
        const parts = { before: { address: one.address, fullName: one.name, active: true }, after: {} };
        return {
          ...body,
          changes: [forgeChange(body.changes[0]!, one, { ...parts, action: 'delete', reason: 'deleted' })],
        };
      },
    ],
    ['a second first plan', 29, (body) => withLimits({ ...body, bootstrap: true })],
    ['no limits', 29, (body) => ({ ...body, limits: [] })],
    [
      'limits of zero',
      29,
      (body) => ({ ...body, limits: body.limits.map((limit) => ({ ...limit, observed: 0, of: 0 })) }),
    ],
    ['no sources', 29, (body) => withLimits({ ...body, source: [] })],
    [
      'a lowered floor',
      29,
      (body) => withLimits({ ...body, source: body.source.map((source) => ({ ...source, previousEntries: 1 })) }),
    ],
    ['no expiry', 29, (body) => ({ ...body, expiresAt: '9999-12-31T23:59:59.999Z' })],
    ['a plan made in 2020', 29, (body) => ({ ...body, createdAt: '2020-01-01T00:00:00.000Z' })],
    [
      'a plan made in ten years',
      29,
      (body) => ({ ...body, createdAt: '2036-01-01T00:00:00.000Z', expiresAt: '2036-01-04T00:00:00.000Z' }),
    ],
    ['a number that can never be passed', 29, (body) => ({ ...body, sequence: Number.MAX_SAFE_INTEGER })],
    [
      'an accounting in which nobody changes',
      29,
      ({ accounting: { managed, ...rest }, ...body }) => {
        const { equal, changed } = managed;
        return { ...body, accounting: { ...rest, managed: { ...managed, equal: equal + changed, changed: 0 } } };
      },
    ],
    ['one change twice', 21, (body) => ({ ...body, changes: [body.changes[0]!, body.changes[0]!] })],
    [
      'the id of one change for another',
      21,
      (body) => ({ ...body, changes: body.changes.map((change) => ({ ...change, id: '0123456789' })) }),
    ],
    [
      'the account of a protected person under a harmless address',
      33,
      (body, accounts) => {
        const protectedOne = accounts.find(({ address }) => address === guarded.address)!;
        const harmless = others(accounts)[0]!;
        return { ...body, changes: [forgeChange(body.changes[0]!, { ...harmless, id: protectedOne.id }, SUSPENDED)] };
      },
    ],
    [
      'the account of one person under the address and key of another',
      29,
      (body, accounts) => {
        const [one, other] = others(accounts).slice(3) as [Account, Account];
        const pair = {
          action: 'update',
          reason: 'renamed',
          key: keyOfFirst(body),
          before: { address: other.address },
          after: { address: one.address },
        };
        return withLimits({
          ...body,
          changes: [forgeChange(body.changes[0]!, { ...one, address: other.address, name: other.name }, pair)],
        });
      },
    ],
    [
      'a mailbox under a key that nobody has',
      29,
      (body, accounts) => {
        const [one] = others(accounts).slice(5) as [Account];
        const key = '0b0c3a4e-54a1-5d11-a9c8-6f9f6f0f8a10';
        const pair = {
          action: 'update',
          reason: 'attributes',
          key,
          before: { externalAccountId: null },
          after: { externalAccountId: key },
        };
        return withLimits({ ...body, changes: [forgeChange(body.changes[0]!, one, pair)] });
      },
    ],
  ])('%s (%i)', async (_name, exit, forge) => {
    const seen = await applyForged(forge);
    expect({ exit: seen.exit, writes: seen.writes }, seen.why).toEqual({ exit, writes: 0 });
  });
});

test('the plan that was not forged is applied', async () => {
  const world = await base.fork();
  await world.merge();
  const before = world.writes().length;
  const { exitCode, stderr } = await world.apply();
  expect({ exitCode, writes: world.writes().length - before }, stderr).toEqual({ exitCode: 0, writes: 1 });
});

test('the check of the pull request refuses what the branch and the fetched ledger contradict', async () => {
  const world = await base.fork();
  await world.git.call('switch', '--quiet', '--create', 'proposal');
  await world.git.commitAll('Propose a plan');
  const check = () => world.call(['pull-request', 'verify', '--base', 'main'], {});
  expectEnd(await check(), 0);
  const forgeries: readonly [number, (body: PlanBody) => PlanBody][] = [
    [29, (body) => ({ ...body, sequence: body.sequence + 1 })],
    [25, (body) => ({ ...body, sequence: body.sequence - 1 })],
    [25, (body) => ({ ...body, parent: `sha256:${'0'.repeat(64)}` })],
    [26, (body) => ({ ...body, lineage: '5f0e8a9c-3a9b-4c1e-9c57-0b6b2f6f3a11' })],
    [29, (body) => ({ ...body, source: body.source.map((source) => ({ ...source, previousEntries: 20 + 1 })) })],
    [29, (body) => ({ ...body, desired: { ...body.desired, written: body.desired.written + 1 } })],
    [
      29,
      (body) => ({ ...body, accounting: { ...body.accounting, managed: { ...body.accounting.managed, equal: 0 } } }),
    ],
    [29, (body) => ({ ...body, createdAt: later(body.createdAt, 1), expiresAt: later(body.expiresAt, 1) })],
  ];
  for (const [exitCode, forge] of forgeries) {
    const { body } = await readPlan(world);
    const forged = await withLimits(forge(body));
    await replacePlan(world, () => forged);
    await world.git.commitAll('Forge it');
    const result = await check();
    expect(result.exitCode, `${forge.toString()}\n${result.stderr}`).toBe(exitCode);
    await world.git.call('reset', '--quiet', '--hard', 'HEAD^');
  }
  // Another plan of this number is merged meanwhile.
  await world.git.call('branch', '--quiet', 'other');
  await replacePlan(world, (body) => ({ ...body, notes: [factAbout('another')] }));
  await world.git.commitAll('Propose another');
  await world.git.call('push', '--quiet', 'origin', 'proposal:main');
  await world.git.call('switch', '--quiet', 'other');
  const second = await check();
  expectEnd(second, 29, 'PLAN_CLAIM_FALSE');
  expect(second.stderr).toContain('its number is not the next one');
});

function later(time: string, days: number): string {
  return new Date(Date.parse(time) + days * 86_400_000).toISOString();
}
