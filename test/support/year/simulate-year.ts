import type { Sandbox } from '../../../src/sandbox/server.ts';
import { expectEnd } from '../e2e/refusal.ts';
import { buildPeople, type Group, type Person } from '../e2e/people.ts';
import type { World } from '../e2e/world.ts';
import type { Dice } from '../world/dice.ts';

/** What Zivver itself held at a moment: address → what `access` tells of it. */
export interface Moment {
  /** After the end of one apply and before the beginning of the next. */
  readonly at: string;
  readonly truth: ReadonlyMap<string, string>;
}

export interface Year {
  readonly plans: number;
  readonly dice: Dice;
}

/** Plans of an organisation that people join and leave, one after the other, each merged and applied. */
export async function simulateYear(
  world: World,
  { plans, dice }: Year,
): Promise<{ moments: readonly Moment[]; byHand: number }> {
  const moments = [remember(world.sandbox)];
  let byHand = 0;
  for (let number = 1; number <= plans; number += 1) {
    const people = evolve(world.people, dice, number);
    const groups = world.groups.map((group) => regroup(group, people, dice));
    await world.writeDirectory(people, groups);
    if (dice.chance(0.15)) byHand += await meddle(world, dice);
    expectEnd(await world.plan(), 0);
    if ((await world.git.status()) === '') continue;
    await world.merge();
    expectEnd(await world.apply(), 0);
    moments.push(remember(world.sandbox));
  }
  return { moments, byHand };
}

/** Somebody works in Zivver by hand; the next plan puts it right. */
async function meddle(world: World, dice: Dice): Promise<number> {
  const users = world.sandbox.accounts().filter(({ address }) => address.startsWith('p'));
  const [one] = dice.sample(users, 1);
  if (one === undefined) return 0;
  await world.callZivver('PUT', `/Users/${one.id}`, { phoneNumbers: [{ value: '+31687654321' }] });
  return 1;
}

function evolve(people: readonly Person[], dice: Dice, number: number): readonly Person[] {
  const joiners = buildPeople(dice.integer(0, 3), 1000 + number);
  const places = dice.sample([...people.keys()], Math.min(people.length, dice.integer(1, 5)));
  const changed = people.map((person, place) => (places.includes(place) ? change(person, people, dice) : person));
  return [...changed, ...joiners];
}

function change(person: Person, people: readonly Person[], dice: Dice): Person {
  switch (dice.integer(0, 5)) {
    case 0:
      return { ...person, disabled: !person.disabled };
    case 1:
      return { ...person, mobile: `+3161${String(dice.integer(1_000_000, 9_999_999))}` };
    case 2:
      return { ...person, address: person.address.replace('@', 'x@') };
    case 3:
      return { ...person, aliases: person.aliases.length > 0 ? [] : [person.address.replace('@', '.alias@')] };
    default:
      return {
        ...person,
        delegates: dice.sample(people, dice.integer(0, 3)).flatMap(({ name }) => (name === person.name ? [] : [name])),
      };
  }
}

function regroup(group: Group, people: readonly Person[], dice: Dice): Group {
  if (!dice.chance(0.3)) return group;
  const [one] = dice.sample(people, 1);
  if (one === undefined) return group;
  const others = group.members.filter((name) => name !== one.name);
  return {
    ...group,
    members: others.length < group.members.length && others.length > 1 ? others : [...others, one.name],
  };
}

export function remember(sandbox: Sandbox): Moment {
  const accounts = sandbox.accounts();
  const addresses = new Map(accounts.map(({ id, address }) => [id, address]));
  const truth = new Map(
    accounts.map(({ address, resource }) => {
      const given = resource as unknown as Record<string, unknown> & { members?: { value: string }[] };
      const extension = (given['urn:ietf:params:scim:schemas:zivver:0.1:User'] ??
        given['urn:ietf:params:scim:schemas:zivver:0.1:Group'] ??
        {}) as { aliases?: string[]; delegates?: string[] };
      const members = given.members?.map(({ value }) => addresses.get(value) ?? value);
      const lists = { aliases: extension.aliases ?? [], readers: members ?? extension.delegates ?? [] };
      return [address, formatAccess(given['active'] !== false, lists)] as const;
    }),
  );
  return { at: new Date().toISOString(), truth };
}

export function formatAccess(
  active: boolean,
  { aliases, readers }: { readonly aliases: readonly string[]; readonly readers: readonly string[] },
): string {
  return [active, [...aliases].sort().join(','), [...readers].sort().join(',')].join(' | ');
}
