import { buildGroup, buildPeople, changePeople, DOMAIN, type Person } from './people.ts';
import { zivverIdOf } from './stored-users.ts';
import { World } from './world.ts';

const people = buildPeople(9);
const newcomers = buildPeople(3, 2);
const MOVED_ALIAS = `moved@${DOMAIN}`;
const staff = changePeople(people, [0], () => ({ aliases: [MOVED_ALIAS] }));

/**
 * A settled world with an approved plan of few changes of every sort: creations, a rename, an alias that moves from one
 * account to another, a suspension, a reactivation, other names and numbers, delegates, and members of a functional account.
 */
export async function createMixedWorld(): Promise<World> {
  const world = await World.createSettled({ people: staff, groups: [buildGroup('Care', staff.slice(0, 3))] });
  await world.callZivver('PUT', `/Users/${zivverIdOf(staff[7]!)}`, { active: false });
  await world.writeDirectory(changeEverything(), [buildGroup('Care', [...staff.slice(1, 4), newcomers[0]!])]);
  await world.planAndMerge();
  return world;
}

function changeEverything(): Person[] {
  let changed = changePeople(staff, [0], () => ({ aliases: [] }));
  changed = changePeople(changed, [1], ({ aliases }) => ({ aliases: [...aliases, MOVED_ALIAS] }));
  changed = changePeople(changed, [4], ({ name }) => ({ name: `${name} (Care)`, mobile: '+31687654321' }));
  changed = changePeople(changed, [5], () => ({ disabled: true }));
  changed = changePeople(changed, [6], () => ({ address: `renamed@${DOMAIN}`, aliases: [] }));
  changed = changePeople(changed, [8], () => ({ delegates: [staff[4]!.name, newcomers[1]!.name] }));
  return [...changed, ...newcomers];
}
