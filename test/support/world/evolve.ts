import { randomGuid, type Dice } from './dice.ts';
import { DOMAIN_DN, type Group, type Person, type Staff } from './staff.ts';

/** Few addresses on purpose: what goes wrong goes wrong where two accounts want the same one. */
const LOCAL_PARTS = [
  'anna',
  'bas',
  'carla',
  'daan',
  'eva',
  'finn',
  'gijs',
  'hugo',
  'iris',
  'jan',
  'kim',
  'lars',
  'mia',
];
const DOMAINS = ['company.org', 'company.org', 'company.nl'];
export const IN_SCOPE_UNITS = ['care', 'office'];

export interface EvolveOptions {
  readonly now: Date;
  /** Whether people may get an address that another one has in the directory. */
  readonly allowsDoubles: boolean;
}

/** A directory of a few people and groups. */
export function buildStaff(dice: Dice, people: number): Staff {
  const staff: Staff = { people: [], groups: [], deleted: [], units: new Map() };
  staff.units.set('care', `OU=Care,OU=Staff,${DOMAIN_DN}`);
  staff.units.set('office', `OU=Office,OU=Staff,${DOMAIN_DN}`);
  staff.units.set('elsewhere', `OU=Elsewhere,${DOMAIN_DN}`);
  staff.people.push({ ...buildPerson(dice, 'admin@company.org'), isProtected: true, isDisabled: false });
  for (let count = 0; count < 4; count += 1) staff.groups.push(buildGroup(dice, staff));
  for (let count = 0; count < people; count += 1) hire(dice, staff);
  return staff;
}

/** A number of random events, one after the other. */
export function evolveStaff(
  dice: Dice,
  staff: Staff,
  { events, ...options }: EvolveOptions & { events: number },
): void {
  for (let count = 0; count < events; count += 1) dice.pick(EVENTS)(dice, staff, options);
  if (!options.allowsDoubles) separateAddresses(dice, staff);
}

type Event = (dice: Dice, staff: Staff, options: EvolveOptions) => void;

const EVENTS: readonly Event[] = [
  hire,
  hire,
  leave,
  onPerson((person, { dice }) => (person.isDisabled = dice.chance(0.7))),
  onPerson((person) => (person.isDisabled = false)),
  onPerson((person, { dice, now }) => {
    const hours = dice.integer(-48, 48);
    person.expires = dice.chance(0.5) ? null : new Date(now.getTime() + hours * 3_600_000);
  }),
  onPerson((person, { dice, staff }) => rename(person, freeAddress(dice, staff), dice.chance(0.5))),
  onPerson((person, { dice }) => rename(person, anyAddress(dice), dice.chance(0.3))),
  onPerson((person, { dice, staff }) => person.aliases.push(freeAddress(dice, staff))),
  onPerson((person) => person.aliases.pop()),
  onPerson((person, { dice }) => person.aliases.push(`${dice.pick(LOCAL_PARTS)}@partner.example`)),
  onPerson(
    (person, { dice }) => (person.name = `${dice.pick(LOCAL_PARTS)} ${dice.pick(['Jansen', 'de Vries, MD', 'Ü'])}`),
  ),
  onPerson((person, { dice }) => (person.unit = dice.pick([...IN_SCOPE_UNITS, 'elsewhere']))),
  onPerson(
    (person, { dice }) => (person.mobile = dice.pick([null, '06 12345678', '+31687654321', '020 7946018', 'x'])),
  ),
  onPerson((person, { dice, staff }) => (person.delegates = dice.sample(staff.people, dice.integer(0, 3)))),
  onPerson((person, { dice, staff }) => (person.groups = dice.sample(staff.groups, dice.integer(0, 3)))),
  onPerson((person) => (person.primary = null)),
  onPerson((person, { dice }) => (person.hides = dice.pick(['memberships', 'addresses', 'key', null]))),
  onPerson((person) => (person.hides = null)),
  onGroup(remake),
  moveAlias,
  exchangeAddresses,
  chainAddresses,
  rehire,
  reuseAddress,
  claimLeaver,
  renameUnit,
  (dice, staff) => void staff.groups.push(buildGroup(dice, staff)),
  onGroup((group, { dice, staff }) => (group.primary = dice.chance(0.3) ? null : freeAddress(dice, staff))),
  onGroup((group, { dice, staff }) => (group.groups = dice.sample(staff.groups, dice.integer(0, 3)))),
  onGroup((group, { dice, staff }) => (group.aliases = dice.chance(0.5) ? [] : [freeAddress(dice, staff)])),
  onGroup((group, { staff }) => {
    staff.groups.splice(staff.groups.indexOf(group), 1);
    for (const member of [...staff.people, ...staff.groups])
      member.groups = member.groups.filter((other) => other !== group);
  }),
];

interface Place {
  readonly dice: Dice;
  readonly staff: Staff;
  readonly now: Date;
}

function onPerson(change: (person: Person, place: Place) => unknown): Event {
  return (dice, staff, { now }) => {
    const free = staff.people.filter(({ isProtected }) => !isProtected);
    if (free.length > 0) change(dice.pick(free), { dice, staff, now });
  };
}

function onGroup(change: (group: Group, place: Place) => unknown): Event {
  return (dice, staff, { now }) => {
    if (staff.groups.length > 0) change(dice.pick(staff.groups), { dice, staff, now });
  };
}

/** Deleted and made again under its address, with the same people in it. */
function remake(group: Group, { dice, staff }: Place): void {
  const other: Group = { ...group, guid: randomGuid(dice) };
  staff.groups[staff.groups.indexOf(group)] = other;
  for (const member of [...staff.people, ...staff.groups])
    member.groups = member.groups.map((one) => (one === group ? other : one));
}

function hire(dice: Dice, staff: Staff): void {
  const person = buildPerson(dice, freeAddress(dice, staff));
  person.groups = dice.sample(staff.groups, dice.integer(0, 3));
  person.delegates = dice.chance(0.3) ? dice.sample(staff.people, 2) : [];
  staff.people.push(person);
}

function leave(dice: Dice, staff: Staff): Person | null {
  const free = staff.people.filter(({ isProtected }) => !isProtected);
  if (free.length === 0) return null;
  const person = dice.pick(free);
  staff.people.splice(staff.people.indexOf(person), 1);
  if (dice.chance(0.7)) staff.deleted.push(person);
  return person;
}

/** The same human being comes back as another account of the directory. */
function rehire(dice: Dice, staff: Staff): void {
  const gone = leave(dice, staff);
  if (gone) staff.people.push({ ...gone, guid: randomGuid(dice), isDisabled: false, expires: null });
}

/** Somebody new gets the address of somebody who left. */
function reuseAddress(dice: Dice, staff: Staff): void {
  const gone = leave(dice, staff);
  if (gone) staff.people.push(buildPerson(dice, gone.primary));
}

/** Of two objects of one human being the old one is disabled, and both have the address. */
function claimLeaver(dice: Dice, staff: Staff, { now }: EvolveOptions): void {
  const [gone] = pickPeople(dice, staff, 1);
  if (!gone) return;
  if (dice.chance(0.5)) gone.isDisabled = true;
  else gone.expires = now;
  staff.people.push({ ...buildPerson(dice, gone.primary), isDisabled: dice.chance(0.2) });
}

function rename(person: Person, address: string, keepsOld: boolean): void {
  if (keepsOld && person.primary !== null) person.aliases.push(person.primary);
  person.primary = address;
  person.aliases = person.aliases.filter((alias) => alias !== address);
}

function moveAlias(dice: Dice, staff: Staff): void {
  const [from, to] = pickPeople(dice, staff, 2);
  const alias = from?.aliases.shift();
  if (alias !== undefined && to) to.aliases.push(alias);
}

/** A takes what B had and B takes what A had, as primary address or as alias. */
function exchangeAddresses(dice: Dice, staff: Staff): void {
  const [one, other] = pickPeople(dice, staff, 2);
  if (!one || !other) return;
  [one.primary, other.primary] = [other.primary, one.primary];
  if (dice.chance(0.5)) [one.aliases, other.aliases] = [other.aliases, one.aliases];
}

/** A takes the address of B, B that of C, C a new one. */
function chainAddresses(dice: Dice, staff: Staff): void {
  const chain = pickPeople(dice, staff, 4);
  const freed = chain.map(({ primary }) => primary);
  chain.forEach((person, index) => {
    const next = freed[index + 1];
    person.primary = next === undefined ? freeAddress(dice, staff) : next;
    person.aliases = person.aliases.filter((alias) => alias !== person.primary);
  });
}

function renameUnit(dice: Dice, staff: Staff): void {
  const unit = dice.pick(IN_SCOPE_UNITS);
  staff.units.set(unit, `OU=${unit} ${dice.integer(0, 1000)},OU=Staff,${DOMAIN_DN}`);
}

function pickPeople(dice: Dice, staff: Staff, count: number): Person[] {
  const free = staff.people.filter(({ isProtected, primary }) => !isProtected && primary !== null);
  return dice.shuffle(free).slice(0, count);
}

function buildPerson(dice: Dice, primary: string | null): Person {
  return {
    guid: randomGuid(dice),
    isProtected: false,
    name: `${dice.pick(LOCAL_PARTS)} ${dice.pick(['Jansen', 'Bakker', 'Visser'])}`,
    unit: dice.pick(IN_SCOPE_UNITS),
    primary,
    aliases: [],
    isDisabled: dice.chance(0.1),
    expires: null,
    mobile: dice.pick([null, '06 12345678', '+31 6 87654321']),
    delegates: [],
    groups: [],
    hides: null,
  };
}

function buildGroup(dice: Dice, staff: Staff): Group {
  return {
    guid: randomGuid(dice),
    name: `Team ${dice.integer(0, 100)}`,
    primary: dice.chance(0.7) ? freeAddress(dice, staff) : null,
    aliases: [],
    isMailOnly: dice.chance(0.3),
    groups: staff.groups.length > 0 && dice.chance(0.4) ? [dice.pick(staff.groups)] : [],
  };
}

export function anyAddress(dice: Dice): string {
  return `${dice.pick(LOCAL_PARTS)}${dice.integer(0, 2)}@${dice.pick(DOMAINS)}`;
}

/** Not in the directory now; it may still be somebody's in Zivver. */
function freeAddress(dice: Dice, staff: Staff): string {
  const taken = new Set([...staff.people, ...staff.groups].flatMap(({ primary, aliases }) => [primary, ...aliases]));
  for (let tries = 0; tries < 20; tries += 1) {
    const address = anyAddress(dice);
    if (!taken.has(address)) return address;
  }
  return `n${dice.integer(0, 1_000_000)}@company.org`;
}

/** Exchange allows an address once in a forest: the later one gives way. */
function separateAddresses(dice: Dice, staff: Staff): void {
  const taken = new Set<string>();
  for (const account of [...staff.people, ...staff.groups]) {
    if (account.primary !== null && taken.has(account.primary)) account.primary = freeAddress(dice, staff);
    if (account.primary !== null) taken.add(account.primary);
  }
  for (const account of [...staff.people, ...staff.groups]) {
    account.aliases = account.aliases.filter((alias) => !taken.has(alias));
    for (const alias of account.aliases) taken.add(alias);
  }
}
