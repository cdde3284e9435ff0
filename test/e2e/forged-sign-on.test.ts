import { identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_SECRETS, sealSecrets, unsealSecrets } from '../../src/adapters/secrets/seal.ts';
import { buildChange, type AttributePair, type Change, type ChangeContent } from '../../src/model/change/change.ts';
import { parseConfiguration } from '../../src/model/configuration/configuration.ts';
import { formatGuid } from '../../src/model/directory/guid.ts';
import { evaluateGuards } from '../../src/model/plan/guards.ts';
import { readPlan, replacePlan } from '../support/e2e/edit-plan.ts';
import { buildPeople, changePeople } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { ORGANISATION, World } from '../support/e2e/world.ts';

/** Three of eight people got their single sign-on key by an apply, in base64; from now on keys are written otherwise. */
const people = buildPeople(8);
const before = changePeople(people, [1, 2, 3], ({ address }) => ({ aliases: [`one.${address}`] }));
const after = changePeople(people, [1], ({ address }) => ({ aliases: [`two.${address}`] }));
let base: World;

beforeAll(async () => {
  base = await World.createSettled({ people });
  await base.writeDirectory(before);
  await base.planAndMerge();
  expectEnd(await base.apply(), 0);
  await base.writeDirectory(after);
});

afterAll(() => base.close());

/** The key of one person is another one in the sealed part, or what the review says of keys is left out. */
async function applyForged(
  world: World,
  forge: (change: Change) => Change,
  spell: (ssoKey: string) => string = (ssoKey) => ssoKey,
): Promise<{ result: Awaited<ReturnType<World['apply']>>; writes: number }> {
  expectEnd(await world.plan(), 0);
  const { body } = await readPlan(world);
  const { ssoKeys } = await unsealSecrets(body.sealed ?? '', world.identity);
  const forged = body.changes.map((change) => [change.id, forge(change)] as const);
  const keys = new Map(forged.map(([id, change]) => [change.id, spell(ssoKeys.get(id) ?? '')]));
  const sealed = await sealSecrets({ ...NO_SECRETS, ssoKeys: keys }, [await identityToRecipient(world.identity)]);
  const settings = await world.read(`desired/${ORGANISATION}/organisation.yaml`);
  const configuration = parseConfiguration(settings, ORGANISATION, '/');
  const changed = { ...body, changes: forged.map(([, change]) => change), sealed };
  const derived = evaluateGuards(changed, { configuration, now: new Date(body.createdAt), index: null });
  const limits = [...derived, ...body.limits.slice(derived.length)];
  await replacePlan(world, () => ({ ...changed, limits }));
  await world.merge();
  const count = world.writes().length;
  const result = await world.apply();
  return { result, writes: world.writes().length - count };
}

function withoutSignOn(change: Change): Change {
  const { id: _id, ...content } = change;
  const strip = ({ signOnKey: _told, ...rest }: AttributePair['after']): AttributePair['after'] => rest;
  const pair: AttributePair = change;
  const rest = { before: strip(pair.before), after: strip(pair.after) };
  return buildChange({ ...content, ...rest } as ChangeContent);
}

test('a key that is replaced with a new alias, without a word of it, is refused before the first write', async () => {
  const world = await base.fork();
  await world.configure((text) => text.replace('keyFormat: base64', 'keyFormat: guid'));
  await world.writeDirectory(changePeople(before, [1], ({ address }) => ({ aliases: [`two.${address}`] })));
  const { result, writes } = await applyForged(world, (change) =>
    'aliases' in change.after ? withoutSignOn(change) : change,
  );
  expectEnd(result, 29, 'PLAN_CLAIM_FALSE');
  expect(result.stderr).toContain('what becomes of the single sign-on key is not what the ledger');
  expect(writes).toBe(0);
});

test('a key of the right person in the wrong spelling is refused before the first write', async () => {
  const world = await base.fork();
  const { result, writes } = await applyForged(world, (change) => change, formatGuid);
  expectEnd(result, 29, 'PLAN_CLAIM_FALSE');
  expect(result.stderr).toContain('is not spelt as sso.keyFormat says');
  expect(writes).toBe(0);
});

test('a rollback sends the keys of the plan that it undoes, unless they are made otherwise since', async () => {
  const world = await base.fork();
  await world.writeDirectory(before);
  const older = await world.newestPlan();
  const invert = (): ReturnType<World['call']> =>
    world.call(['invert', older, '--reason', 'a mistake'], {
      ...world.planSecrets(),
      ZIVVER_GITOPS_IDENTITY: world.identity,
    });
  expectEnd(await invert(), 0);
  const rollback = (await readPlan(world)).body.changes;
  expect(rollback.map(({ sealed }) => sealed)).toEqual([true, true, true]);
  await world.git.call('clean', '--quiet', '--force', '-d');
  await world.git.call('checkout', '--quiet', '.');
  await world.configure((text) => text.replace('keyFormat: base64', 'keyFormat: guid'));
  await world.planAndMerge();
  expectEnd(await world.apply(), 0);
  const newest = await world.newestPlan();
  const nothing = await invert();
  expectEnd(nothing, 0);
  expect(nothing.stdout.replace(/\s+/g, ' ')).toContain('which is made otherwise since');
  expect(await world.newestPlan()).toBe(newest);
});
