import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPeople, changePeople } from '../support/e2e/people.ts';
import { readBegin } from '../support/e2e/proof.ts';
import { expectEnd, expectRefusal } from '../support/e2e/refusal.ts';
import { callGitAs, mergeAs, proposeAs } from '../support/e2e/signing-people.ts';
import { World } from '../support/e2e/world.ts';

const NOT_APPROVED = { exitCode: 30, code: 'APPROVAL_MISSING' } as const;

describe('approval.distinctPeople', () => {
  let base: World;
  const anna = { name: 'Anna Aal', address: 'anna@company.org', keyFile: '' };
  const bot = { name: 'planner', address: 'planner@company.org', keyFile: '' };

  beforeAll(async () => {
    const people = buildPeople(4);
    base = await World.createSettled({ people });
    await base.configure((text) => `${text}approval: { distinctPeople: true, bots: [planner@company.org] }\n`);
    await base.writeDirectory(changePeople(people, [2], () => ({ disabled: true })));
    expectEnd(await base.plan(), 0);
  });

  afterAll(() => base.close());

  test.each([
    ['the same person', anna, anna, /is Anna Aal <anna@company.org>, who committed it too/],
    ['the planner’s bot', anna, bot, /is planner <planner@company.org>, a bot/],
    ['the bot itself', bot, bot, /a bot/],
  ])('refuses a plan that was merged by %s', async (_name, author, merger, why) => {
    const world = await base.fork();
    await proposeAs(world, author);
    await mergeAs(world, merger);
    expect((await expectRefusal(world, NOT_APPROVED)).stderr).toMatch(why);
  });

  test.each([
    ['another person', anna, { ...anna, name: 'Rita Roos', address: 'rita@company.org' }],
    ['a person, of a bot', bot, anna],
  ])('applies a plan that was merged by %s', async (_name, author, merger) => {
    const world = await base.fork();
    await proposeAs(world, author);
    await mergeAs(world, merger);
    expectEnd(await world.apply(), 0);
    expect((await readBegin(world)).approval).toMatchObject({ distinctPeople: true, signatures: null });
  });

  test('refuses a plan that was committed straight onto the branch', async () => {
    const world = await base.fork();
    await world.git.call('add', '--all');
    await callGitAs(world, anna, 'commit', '--quiet', '--message', 'Plan');
    await world.git.push();
    await expectRefusal(world, NOT_APPROVED);
  });
});
