import { expect, test } from 'vitest';
import { buildPeople, changePeople, DOMAIN, keyOf } from '../support/e2e/people.ts';
import { expectDone, World } from '../support/e2e/world.ts';

const guest = `old.guest@${DOMAIN}`;

/** Lines are broken at the width of a terminal. */
const unwrap = (text: string): string => text.replace(/\s+/g, ' ');

test('a guest among the aliases of a new colleague costs her that alias, not the account, and is not asked for twice', async () => {
  const people = buildPeople(3);
  const [first] = people;
  const world = await World.create({ people: people.slice(1), sandbox: { guests: [guest] } });
  try {
    await world.planAndMerge('--bootstrap');
    await expectDone(world.apply());
    const joiner = { ...first!, aliases: [`fine@${DOMAIN}`, guest] };
    await world.writeDirectory([joiner, ...people.slice(1)]);
    await world.planAndMerge();

    const applied = await world.apply();
    expect(applied.exitCode, applied.stderr).toBe(0);
    expect(applied.stdout).toContain(`without the alias ${guest} (it has received Zivver messages as a guest)`);
    expect(applied.stdout).toContain('fix: Have the guest merged');
    const account = world.sandbox.accounts().find(({ address }) => address === joiner.address);
    expect(account?.resource).toMatchObject({
      'urn:ietf:params:scim:schemas:zivver:0.1:User': { aliases: [`fine@${DOMAIN}`], ExternalAccountId: keyOf(joiner) },
    });

    const writes = world.writes().length;
    await world.planAndMerge();
    await expectDone(world.apply());
    const again = await world.plan('--detailed-exitcode');
    expect(again.stdout).toMatch(/^No changes, but 1 account is open/);
    expect(unwrap(again.stdout)).toContain(`Zivver refused the alias ${guest}`);
    expect(again.exitCode).toBe(2);
    const drift = await world.call(['drift'], world.planSecrets());
    expect(unwrap(drift.stdout)).toContain(`Zivver refused the alias ${guest}`);
    expect(drift.exitCode).toBe(0);
    expect(world.writes()).toHaveLength(writes);

    // Merged by hand: the account has the alias, and nobody speaks of it any more.
    const path = `/Users/${account?.id}`;
    await world.startSandbox({ guests: [] });
    await world.callZivver('PUT', path, {
      'urn:ietf:params:scim:schemas:zivver:0.1:User': {
        aliases: [`fine@${DOMAIN}`],
        delegates: [],
        ExternalAccountId: keyOf(joiner),
      },
    });
    const retried = await world.plan('--retry-aliases', '--detailed-exitcode');
    expect(retried.exitCode, retried.stdout).toBe(2);
    expect(retried.stdout).toContain(guest);

    // Taken out of the directory: nothing is left to tell.
    await world.writeDirectory(changePeople(world.people, [0], () => ({ aliases: [`fine@${DOMAIN}`] })));
    await world.planAndMerge();
    await expectDone(world.apply());
    const last = await world.plan();
    expect(last.stdout).toContain('No changes: Zivver is as the source wants it.');
  } finally {
    await world.close();
  }
});
