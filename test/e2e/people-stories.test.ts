import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factText } from '../../src/model/facts/fact.ts';
import { readPlan } from '../support/e2e/edit-plan.ts';
import { buildGroup, buildPeople, changePeople, keyOf, type Person } from '../support/e2e/people.ts';
import { expectEnd } from '../support/e2e/refusal.ts';
import { World } from '../support/e2e/world.ts';

const people = buildPeople(12);
const [first, second, third] = people as [Person, Person, Person];
const team = buildGroup('Team', [first, second, third]);

let base: World;

beforeAll(async () => {
  base = await World.createSettled({ people, groups: [team] });
});

afterAll(() => base.close());

async function editDirectory(world: World, change: (text: string) => string): Promise<void> {
  const file = path.join(world.folder, 'directory.ldif');
  await writeFile(file, change(await readFile(file, 'utf8')));
}

describe('every person is accounted for', () => {
  test('members whom memberOf no longer shows stay members while the group itself has them', async () => {
    const world = await base.fork();
    await editDirectory(world, (text) => text.replace(/^memberOf: .*\n/m, ''));
    await world.planAndMerge();
    const { changes, open } = (await readPlan(world)).body;
    expect(changes).toEqual([]);
    expect(open).toMatchObject([{ reason: 'members-disagree', address: team.address, keepsAccess: false }]);
    expect(open[0] && factText(open[0].detail)).toContain(`member of the group has ${first.address}`);
    expectEnd(await world.plan('--detailed-exitcode'), 2);
    expect((await world.plan()).stdout).toContain('No changes, but 1 account is open');
  });

  test('an exchange, a second claimant and a group that was made again are told until they end', async () => {
    const world = await base.fork();
    const [leaver, one, other] = [people[5]!, people[6]!, people[7]!];
    const moved = changePeople(people, [5, 6, 7], (person) => ({
      disabled: person === leaver,
      address: person === one ? other.address : person === other ? one.address : person.address,
    }));
    const claimant: Person = { ...buildPeople(1, 2)[0]!, address: leaver.address, aliases: [], mobile: null };
    await world.writeDirectory([...moved, claimant], [{ ...team, guid: buildPeople(1, 3)[0]!.guid }]);
    await world.planAndMerge();
    const { changes, open } = (await readPlan(world)).body;
    expect(changes).toEqual([]);
    expect(open.map(({ reason, address, keepsAccess }) => [reason, address, keepsAccess])).toEqual([
      ['claimed', leaver.address, true],
      ['remade', team.address, true],
      ['circular-addresses', one.address, false],
      ['circular-addresses', other.address, false],
    ]);
    expectEnd(await world.plan('--detailed-exitcode'), 2);
    const status = (await world.call(['status'], {})).stdout.replace(/\s+/g, ' ');
    expect(status).toContain('4 accounts stay as they are; 2 keep access although the source does not say so');
    expectEnd(await world.call(['drift'], world.planSecrets()), 0);

    const handover = `{ from: ${keyOf(team)}, to: ${keyOf(buildPeople(1, 3)[0]!)}, reason: "made again" }`;
    await world.configure((text) => `${text}handovers: [${handover}]\n`);
    const back = changePeople(people, [5], () => ({ disabled: true }));
    await world.writeDirectory(back, [{ ...team, guid: buildPeople(1, 3)[0]!.guid }]);
    await world.planAndMerge();
    expectEnd(await world.apply(), 0);
    expectEnd(await world.plan('--detailed-exitcode'), 0);
  });

  test('aliases that go round are carried out, and whoever is found nowhere is told before anything is planned', async () => {
    const world = await base.fork();
    const [one, other, gone] = [people[0]!, people[3]!, people[4]!];
    const swapped = changePeople(people, [0, 3], (person) => ({
      aliases: person === one ? other.aliases : one.aliases,
    }));
    await world.configure((text) => `${text}users: { unexplainedAfter: 3d }\n`);
    await world.writeDirectory(swapped.filter(({ address }) => address !== gone.address));
    await world.planAndMerge();
    const { changes, open } = (await readPlan(world)).body;
    expect(changes).toMatchObject([
      { address: one.address, after: { aliases: other.aliases } },
      { address: other.address, after: { aliases: one.aliases } },
    ]);
    expect(open).toMatchObject([{ reason: 'grace', address: gone.address, keepsAccess: true }]);
    expect(open[0] && factText(open[0].detail)).toContain('Planned for suspension if still missing on');
    expectEnd(await world.apply(), 0);
    expectEnd(await world.plan('--detailed-exitcode'), 2);
    expect((await world.plan()).stdout).toContain('No changes, but 1 account is open');

    // Back in between: nothing happened.
    await world.writeDirectory(swapped);
    await world.planAndMerge();
    expect((await readPlan(world)).body).toMatchObject({ changes: [], open: [] });
    expectEnd(await world.apply(), 0);
    expectEnd(await world.plan('--detailed-exitcode'), 0);
  });

  test('an account key that changes for everybody is refused, or taken along by the attribute before', async () => {
    const world = await base.fork();
    const configureKey = (text: string, more: string): string =>
      text
        .replace('    phoneRegion: NL', `    phoneRegion: NL\n    mapping: { accountKey: sAMAccountName${more} }`)
        .replace('keyFormat: base64', 'keyFormat: base64, key: objectGUID');
    const before = await world.read('desired/head-office/organisation.yaml');
    await world.configure((text) => configureKey(text, ''));
    const refused = await world.plan();
    expectEnd(refused, 12, 'SOURCE_IMPLAUSIBLE');
    expect(refused.stderr).toContain('mapping.formerAccountKey');
    await world.configure(() => configureKey(before, ', formerAccountKey: objectGUID'));
    await world.planAndMerge();
    const { changes, open, notes } = (await readPlan(world)).body;
    expect([changes, open]).toEqual([[], []]);
    expect(notes.map(factText).join()).toContain('12 accounts get another key');
    expectEnd(await world.apply(), 0);
    expectEnd(await world.plan('--detailed-exitcode'), 0);
    expectEnd(await world.call(['drift'], world.planSecrets()), 0);
  });

  test('another format of single sign-on keys is a change for everybody, within a limit of its own', async () => {
    const world = await base.fork();
    await world.configure((text) => text.replace('keyFormat: base64', 'keyFormat: guid'));
    const page = path.join(world.folder, 'review.html');
    expectEnd(await world.call(['show', '--html', page], {}), 0);
    const older = await readFile(page, 'utf8');
    const refused = await world.plan('--html', page);
    expectEnd(refused, 32, 'PLAN_LIMIT');
    const newer = await readFile(page, 'utf8');
    expect([newer === older, newer.includes(' is refused"]')]).toEqual([false, true]);
    expectEnd(await world.call(['show', '99', '--html', page], {}), 20, 'PLAN_MISSING');
    await expect(readFile(page)).rejects.toThrow();
    expect(refused.stderr).toContain('ssoKeys: 12 of 12, at most 10 allowed');
    const waves = [10, 2].map((count) => async () => {
      await world.planAndMerge('--wave');
      const { changes } = (await readPlan(world)).body;
      expect(changes).toHaveLength(count);
      for (const change of changes)
        expect(change).toMatchObject({
          reason: 'sign-on',
          before: { signOnKey: 'unknown' },
          after: { signOnKey: 'objectGUID as guid' },
          sealed: true,
        });
      const review = await world.read(`plans/head-office/${await world.newestPlan()}/plan.md`);
      expect(review.replace(/\s+/g, ' ')).toContain('cannot log in until the identity provider sends the same value');
      expectEnd(await world.apply(), 0);
    });
    for (const wave of waves) await wave();
    expectEnd(await world.plan('--detailed-exitcode'), 0);
    expectEnd(await world.call(['drift'], world.planSecrets()), 0);

    // Whose key an apply has set loses it with the next write of the extension, and not before.
    await world.configure((text) => text.replace('sso: { enabled: true', 'sso: { enabled: false'));
    expectEnd(await world.plan('--detailed-exitcode'), 0);
    await world.writeDirectory(changePeople(people, [4], () => ({ aliases: ['one@company.org'] })));
    await world.planAndMerge();
    const { changes, limits } = (await readPlan(world)).body;
    expect(changes).toMatchObject([
      { before: { signOnKey: 'objectGUID as guid' }, after: { signOnKey: null }, sealed: false },
    ]);
    expect(limits).toContainEqual(expect.objectContaining({ rule: 'ssoKeys', observed: 1, verdict: 'within' }));
    const review = await world.read(`plans/head-office/${await world.newestPlan()}/plan.md`);
    expect(review.replace(/\s+/g, ' ')).toContain('it is erased, so that the person cannot log in with it any more');
    expectEnd(await world.apply(), 0);
    await world.writeDirectory([...world.people, ...buildPeople(1, 2)]);
    await world.planAndMerge();
    expectEnd(await world.apply(), 0);
    expectEnd(await world.plan('--detailed-exitcode'), 0);

    // Switched on again: who lost the key, and who was made without one, get it.
    await world.configure((text) => text.replace('sso: { enabled: false', 'sso: { enabled: true'));
    await world.planAndMerge();
    const sent = { before: { signOnKey: 'none sent' }, after: { signOnKey: 'objectGUID as guid' }, sealed: true };
    expect((await readPlan(world)).body.changes).toMatchObject([sent, sent]);
    expectEnd(await world.apply(), 0);
    expectEnd(await world.plan('--detailed-exitcode'), 0);
  });
});
