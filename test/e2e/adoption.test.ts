import { expect, test } from 'vitest';
import { buildPeople, changePeople, keyOf } from '../support/e2e/people.ts';
import { expectDone, ORGANISATION, World } from '../support/e2e/world.ts';

test('a first plan adopts without a write, the next one aligns in waves, and a hold keeps one account as it is', async () => {
  const old = buildPeople(14);
  const people = changePeople(old, old.keys(), ({ name }) => ({ name: `${name} MSc` }));
  const world = await World.create({ people, inZivver: old });
  try {
    const before = JSON.stringify(world.sandbox.accounts());
    const first = await expectDone(world.plan('--bootstrap'));
    expect(first.stdout).toContain('Adopted as they are');
    await world.merge();
    await expectDone(world.apply());
    expect(world.writes()).toEqual([]);
    expect(JSON.stringify(world.sandbox.accounts())).toBe(before);
    const file = await world.read(`desired/${ORGANISATION}/users/${old[0]?.address}.yaml`);
    expect(file).toContain(`key: "${keyOf(old[0]!)}"\nzivverId:`);

    const whole = await world.plan();
    expect(whole.exitCode, whole.stdout).toBe(32);
    const only = await world.plan('--only', old[3]!.address, '--json');
    expect(JSON.parse(only.stdout)).toMatchObject({ changes: 1 });
    const wave = await expectDone(world.plan('--wave', '--json'));
    expect(JSON.parse(wave.stdout)).toMatchObject({ changes: 10 });
    await world.merge();
    await expectDone(world.apply());

    const last = old
      .map(({ address }) => address)
      .sort()
      .at(-1)!;
    await expectDone(world.call(['hold', last, '--until', inDays(5), '--reason', 'Parental leave'], {}));
    const rest = await expectDone(world.plan('--json'));
    expect(JSON.parse(rest.stdout)).toMatchObject({ changes: 3 });
    await world.merge();
    await expectDone(world.apply());
    const end = await expectDone(world.plan());
    expect(end.stdout.replace(/\s+/g, ' ')).toContain('No changes');
    expect(end.stdout).toContain('on hold until');
    expect(world.writes()).toHaveLength(13);
  } finally {
    await world.close();
  }
}, 600_000);

function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 3_600_000).toISOString().slice(0, 10);
}
