import { expect, test } from 'vitest';
import { buildGroup, buildPeople, changePeople } from '../support/e2e/people.ts';
import { expectDone, World } from '../support/e2e/world.ts';

test('one person comes back with the memberships, and stays although the directory still says disabled', async () => {
  const people = buildPeople(4);
  const [first, ...others] = people;
  const team = buildGroup('Team', people);
  const world = await World.create({ people, groups: [team] });
  try {
    await world.planAndMerge('--bootstrap');
    await expectDone(world.apply());
    const members = () =>
      ((world.sandbox.accounts().find(({ kind }) => kind === 'functional')?.resource['members'] ?? []) as unknown[])
        .length;
    expect(members()).toBe(4);
    await world.writeDirectory(
      changePeople(people, [0], () => ({ disabled: true })),
      [team],
    );
    await world.planAndMerge();
    await expectDone(world.apply());
    expect(members()).toBe(3);

    await expectDone(world.call(['restore', first!.address, '--reason', 'Disabled by mistake'], world.planSecrets()));
    await world.merge();
    await expectDone(world.apply());
    expect(members()).toBe(4);
    expect(world.sandbox.accounts().filter(({ resource }) => resource['active'] === false)).toEqual([]);

    // The hold is told until it ends.
    const next = await expectDone(world.plan());
    expect(next.stdout).toMatch(/^No changes, but 1 account is open/);
    expect(members()).toBe(others.length + 1);
  } finally {
    await world.close();
  }
}, 600_000);
