import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPlanFile } from '../../src/model/plan/plan-file.ts';
import { planName } from '../../src/model/plan/plan-name.ts';
import type { PlanBody } from '../../src/model/schema/generated/plan.ts';
import { FixtureGit } from '../support/e2e/fixture-git.ts';
import { readPlan, replacePlan, writePlanFiles } from '../support/e2e/edit-plan.ts';
import { buildPeople, changePeople } from '../support/e2e/people.ts';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import { World } from '../support/e2e/world.ts';

/** Six managed people; the directory wants one suspended and one created; no plan yet. */
let base: World;

beforeAll(async () => {
  const people = buildPeople(6);
  base = await World.createSettled({ people });
  await base.writeDirectory([...changePeople(people, [2], () => ({ disabled: true })), ...buildPeople(1, 2)]);
});

afterAll(() => base.close());

test('a plan that is not committed, not pushed, or only on another branch is not approved', async () => {
  const world = await base.fork();
  expectEnd(await world.plan(), 0);
  await expectRefusal(world, { exitCode: 30, code: 'APPROVAL_MISSING' });
  await world.git.commitAll('Plan');
  await expectRefusal(world, { exitCode: 30, code: 'APPROVAL_MISSING' });
  await world.git.push('main:proposal');
  await expectRefusal(world, { exitCode: 30, code: 'APPROVAL_MISSING' });
  await world.git.push();
  expectEnd(await world.apply(), 0);
  expect(world.writes()).toHaveLength(2);
});

test('a merged plan that somebody took back is not approved any more, even in an old checkout', async () => {
  const world = await base.fork();
  await world.planAndMerge();
  const merged = await world.git.call('rev-parse', 'HEAD');
  await world.git.call('revert', '--no-edit', '--mainline', '1', 'HEAD');
  await world.git.push();
  await world.git.call('reset', '--quiet', '--hard', merged);
  await expectRefusal(world, { exitCode: 30, code: 'APPROVAL_MISSING' });
});

test('a merge of something else on top does not take the approval away', async () => {
  const world = await base.fork();
  await world.planAndMerge();
  await world.git.call('commit', '--quiet', '--allow-empty', '--message', 'Something else');
  await world.git.push();
  await world.git.call('reset', '--quiet', '--hard', 'HEAD~1');
  expectEnd(await world.apply(), 0);
});

test('once a later plan is merged on top, only the later one can be applied', async () => {
  const world = await base.fork();
  const first = await world.planAndMerge();
  await world.writeDirectory([...world.people, ...buildPeople(1, 3)]);
  const second = await world.planAndMerge();
  expect([first.slice(0, 4), second.slice(0, 4)]).toEqual(['0002', '0003']);
  await expectRefusal(world, { exitCode: 29, code: 'PLAN_REVIEW_DISAGREES' }, () => world.apply(first));
  expectEnd(await world.apply(), 0);
  expect(world.writes()).toHaveLength(3);
});

test('a plan is applied once', async () => {
  const world = await base.fork();
  await world.planAndMerge();
  expectEnd(await world.apply(), 0);
  await expectRefusal(world, { exitCode: 25, code: 'PLAN_SUPERSEDED' });
  await expectRefusal(world, { exitCode: 25, code: 'PLAN_SUPERSEDED' }, () => world.apply('--resume'));
});

test('a plan made before another one was applied is superseded', async () => {
  const world = await base.fork();
  const first = await world.planAndMerge();
  const twin = buildPlanFile({ ...(await readPlan(world)).body, sequence: 3 });
  await writePlanFiles(world, planName(twin), twin);
  await world.merge();
  expectEnd(await world.apply(first), 0);
  await expectRefusal(world, { exitCode: 25, code: 'PLAN_SUPERSEDED' });
  expect(world.writes()).toHaveLength(2);
});

test('a plan that was approved too late has expired', async () => {
  const world = await base.fork();
  await world.configure((text) => `${text}plan: { expiresAfter: 1h }\n`);
  expectEnd(await world.plan(), 0);
  const { createdAt, expiresAt } = (await readPlan(world)).body;
  expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(3_600_000);
  await replacePlan(world, (body) => ({ ...body, ...shiftTimes(body, 3_600_000) }));
  await world.merge();
  await expectRefusal(world, { exitCode: 24, code: 'PLAN_EXPIRED' });
  const young = await base.fork();
  expectEnd(await young.plan(), 0);
  await replacePlan(young, (body) => ({ ...body, ...shiftTimes(body, 4 * 60_000) }));
  await young.merge();
  expectEnd(await young.apply(), 0);
});

test('a plan for another target or of another ledger is refused', async () => {
  const changes: ((body: PlanBody) => PlanBody)[] = [
    (body) => ({ ...body, target: 'https://app.zivver.com/api/scim/v2' }),
    (body) => ({ ...body, lineage: '2f1dbf5c-6f0b-4e57-9d5d-3a51e3f0c0de' }),
  ];
  for (const change of changes) {
    const world = await base.fork();
    expectEnd(await world.plan(), 0);
    await replacePlan(world, change);
    await world.merge();
    await expectRefusal(world, { exitCode: 26, code: 'PLAN_WRONG_TARGET' });
  }
});

test('after zivver.url was changed neither plan nor apply goes on with the old ledger', async () => {
  const world = await base.fork();
  await world.planAndMerge();
  await world.configure((text) => text.replace(/127\.0\.0\.1/, 'localhost'));
  await expectRefusal(world, { exitCode: 26, code: 'PLAN_WRONG_TARGET' });
  const before = world.requests();
  await expectRefusal(world, { exitCode: 26, code: 'PLAN_WRONG_TARGET' }, () => world.plan());
  expect(world.requests(), 'the key goes to no target that the ledger does not know').toEqual(before);
});

test('a plan of an incompatible version is refused', async () => {
  const world = await base.fork();
  expectEnd(await world.plan(), 0);
  await replacePlan(world, (body) => ({ ...body, tool: '7.0.0' }));
  await world.merge();
  await expectRefusal(world, { exitCode: 25, code: 'PLAN_SUPERSEDED' });
});

test('a plan that does not exist is missing, named or not', async () => {
  const world = await base.fork();
  await expectRefusal(world, { exitCode: 20, code: 'PLAN_MISSING' }, () => world.apply('0009-0123abcd'));
  await rm(path.join(world.repository, 'plans'), { recursive: true });
  await expectRefusal(world, { exitCode: 20, code: 'PLAN_MISSING' });
});

test('a branch without a ledger gives no approval', async () => {
  const world = await base.fork();
  await world.planAndMerge();
  await new FixtureGit(world.gitRemote).call('update-ref', '-d', 'refs/heads/ledger');
  await expectRefusal(world, { exitCode: 46, code: 'LEDGER_INVALID' });
});

test('without its git remote a clone approves nothing by itself', async () => {
  const world = await base.fork();
  expectEnd(await world.plan(), 0);
  await world.git.commitAll('Plan');
  await world.git.call('remote', 'remove', 'origin');
  await expectRefusal(world, { exitCode: 30, code: 'APPROVAL_MISSING' });
});

test('outside a git repository there is nothing to do', async () => {
  const world = await base.fork();
  await rm(path.join(world.repository, '.git'), { recursive: true });
  expectEnd(await world.plan(), 3, 'GIT_UNUSABLE');
  expectEnd(await world.apply(), 3, 'GIT_UNUSABLE');
});

function shiftTimes({ createdAt, expiresAt }: PlanBody, byMs: number): Pick<PlanBody, 'createdAt' | 'expiresAt'> {
  const shift = (at: string): string => new Date(Date.parse(at) - byMs).toISOString();
  return { createdAt: shift(createdAt), expiresAt: shift(expiresAt) };
}
