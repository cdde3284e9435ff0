import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Evidence, OpenReason, PlanBody, Reason } from '../../src/model/schema/generated/plan.ts';
import { buildOrganisation, type DrawnOrganisation } from '../support/world/organisation.ts';
import { commitFiles, replayOnce } from '../support/world/reconciliation.ts';
import { planNow, startSettled, type Simulation } from '../support/world/simulation.ts';
import { randomGuid } from '../support/world/dice.ts';
import { keyOf, type Group, type Person } from '../support/world/staff.ts';
import type { StoredAccount } from '../support/world/stored-account.ts';
import { CLAUSE_NAMES, findUntrueSentences, listClauses } from '../support/world/true-sentences.ts';

type Sentence = `reason ${Reason}` | `open ${OpenReason}` | `lookup ${Evidence['lookup']}`;

interface Told {
  readonly options?: Partial<DrawnOrganisation>;
  readonly happens: (world: Inhabited) => void | Promise<void>;
}

/** A settled organisation with some people and groups by name. */
interface Inhabited extends Simulation {
  readonly anna: Person;
  readonly bas: Person;
  readonly carla: Person;
  readonly daan: Person;
  readonly team: Group;
  readonly accountOf: (one: Person | Group) => StoredAccount;
  readonly passCycle: () => Promise<void>;
}

/** What no directory of this kind can say is compared with its input there. */
interface Elsewhere {
  readonly file: string;
  /** Left out: the word itself. */
  readonly says?: string;
}

const INPUTS: Readonly<Record<Sentence, Told | Elsewhere>> = {
  'reason new': { happens: (world) => void world.staff.people.push(likeOf(world.anna, world, 'new@company.org')) },
  'reason attributes': { happens: ({ anna }) => void (anna.name = 'Another Name') },
  'reason renamed': { happens: ({ anna }) => void (anna.primary = 'other@company.org') },
  'reason disabled': { happens: ({ anna }) => void (anna.isDisabled = true) },
  'reason expired': { happens: ({ anna, now }) => void (anna.expires = now) },
  'reason moved': { happens: ({ anna }) => void (anna.unit = 'elsewhere') },
  'reason filtered': {
    options: { filters: '[{ exclude: { attribute: name, values: [Left Out] } }]' },
    happens: ({ anna }) => void (anna.name = 'Left Out'),
  },
  'reason address-removed': { happens: ({ anna }) => void Object.assign(anna, { primary: null, aliases: [] }) },
  'reason deleted': { happens: (world) => remove(world, world.anna, { isSeen: true }) },
  'reason unexplained': { happens: (world) => remove(world, world.anna, { isSeen: false }) },
  'reason returned': {
    happens: async (world) => {
      world.anna.isDisabled = true;
      await world.passCycle();
      world.anna.isDisabled = false;
    },
  },
  'reason suspended-outside': { happens: ({ anna, accountOf }) => void (accountOf(anna).active = false) },
  'reason handed-over': { file: 'test/e2e/handover.test.ts', says: 'Another person may read this mail' },
  'reason sign-on': { file: 'test/e2e/people-stories.test.ts' },
  'reason rollback': { file: 'test/e2e/day-two.test.ts' },
  'open claimed': {
    happens: (world) => {
      world.anna.isDisabled = true;
      world.staff.people.push(likeOf(world.bas, world, world.anna.primary));
    },
  },
  'open remade': {
    happens: ({ staff, team, dice }) => {
      const other = { ...team, guid: randomGuid(dice) };
      staff.groups.splice(staff.groups.indexOf(team), 1, other);
      for (const person of staff.people) person.groups = person.groups.map((one) => (one === team ? other : one));
    },
  },
  'open another-person': { file: 'test/unit/model/settle/other-person.test.ts', says: 'findOtherPerson' },
  'open ambiguous': {
    happens: (world) =>
      void world.staff.people.push(
        likeOf(world.anna, world, 'x@company.org'),
        likeOf(world.bas, world, 'x@company.org'),
      ),
  },
  'open address-held': {
    happens: ({ anna, zivver }) => {
      zivver.createUser({ address: 'x@company.org', fullName: 'X' });
      anna.primary = 'x@company.org';
    },
  },
  'open alias-held': {
    happens: ({ anna, zivver }) => {
      zivver.createUser({ address: 'x@company.org', fullName: 'X' });
      anna.aliases = ['x@company.org'];
    },
  },
  'open alias-refused': { file: 'test/e2e/refused-alias.test.ts', says: 'Zivver refused the alias' },
  'open refused-twice': { file: 'test/e2e/failed-before.test.ts' },
  'open circular-addresses': {
    happens: ({ anna, bas }) => void ([anna.primary, bas.primary] = [bas.primary, anna.primary]),
  },
  'open wrong-kind': {
    happens: (world) => {
      world.zivver.createFunctional({ address: 'x@company.org', fullName: 'X' });
      world.staff.people.push(likeOf(world.anna, world, 'x@company.org'));
    },
  },
  'open malformed': { file: 'test/e2e/people-ldif.test.ts' },
  'open lost-rights': { happens: ({ anna }) => void (anna.hides = 'addresses') },
  'open no-key': { happens: ({ anna }) => void (anna.hides = 'key') },
  'open unknown-state': { file: 'test/unit/operations/reading/field-kinds.test.ts' },
  'open no-name': { happens: ({ anna }) => void (anna.name = 'N/A') },
  'open no-address': {
    happens: ({ anna }) => void Object.assign(anna, { primary: null, aliases: ['a1@company.org'] }),
  },
  'open unclaimed-address': {
    happens: ({ anna }) => void Object.assign(anna, { primary: 'a@partner.example', aliases: ['a1@company.org'] }),
  },
  'open unreadable': {
    happens: (world) => {
      remove(world, world.anna, { isSeen: false });
      world.bas.hides = 'key';
    },
  },
  'open servers-disagree': { file: 'test/integration/absence.test.ts' },
  'open unconfirmed': { file: 'test/unit/model/settle/absences.test.ts' },
  'open grace': {
    options: { users: '{ missing: suspend, unexplainedAfter: 3d }' },
    happens: (world) => remove(world, world.anna, { isSeen: false }),
  },
  'open on-hold': { file: 'test/unit/model/settle/holds.test.ts' },
  'open members-disagree': { happens: ({ anna }) => void (anna.hides = 'memberships') },
  'open waiting': {
    happens: (world) => {
      for (const one of [world.anna, world.bas, world.carla]) {
        one.isDisabled = true;
        world.staff.people.push(likeOf(world.daan, world, one.primary));
      }
      world.daan.name = 'Another Name';
    },
  },
  'lookup selection': { happens: ({ anna }) => void (anna.isDisabled = true) },
  'lookup domain': { happens: ({ anna }) => void (anna.unit = 'elsewhere') },
  'lookup deleted': { happens: (world) => remove(world, world.anna, { isSeen: true }) },
  'lookup nowhere': { happens: (world) => remove(world, world.anna, { isSeen: false }) },
  'lookup unasked': {
    options: { functional: '{ missing: empty }' },
    happens: (world) => void world.staff.groups.splice(world.staff.groups.indexOf(world.team), 1),
  },
  'lookup file': { file: 'test/unit/model/mapping/row-mapping.test.ts' },
  'lookup no-file': { file: 'test/unit/model/settle/absences.test.ts' },
  'lookup neither': { file: 'test/unit/model/review/words-evidence.test.ts' },
};

/** Sentences beside those that a reason has of itself. */
const MORE: readonly Told[] = [
  {
    happens: (world) => {
      world.anna.expires = world.now;
      world.staff.people.push(likeOf(world.bas, world, world.anna.primary));
    },
  },
  {
    happens: (world) => {
      const { primary } = world.anna;
      Object.assign(world.anna, { primary: null, aliases: [] });
      world.staff.people.push(likeOf(world.bas, world, primary));
    },
  },
  {
    happens: (world) => {
      world.anna.unit = 'elsewhere';
      world.staff.people.push(likeOf(world.bas, world, world.anna.primary));
    },
  },
  ...[true, false].map((isSeen) => ({
    happens: (world: Inhabited) => {
      remove(world, world.anna, { isSeen });
      world.staff.people.push(likeOf(world.anna, world, world.anna.primary));
    },
  })),
  { happens: ({ staff }) => staff.people.forEach((one) => void (one.hides = 'memberships')) },
  { happens: ({ staff }) => [...staff.people, ...staff.groups].forEach((one) => void (one.groups = [])) },
];

describe('every sentence of a plan', () => {
  const met = new Set<string>();

  it.each(Object.entries(INPUTS))('%s has an input of its own, and says what is so', async (sentence, input) => {
    if ('file' in input) {
      expect(readFileSync(input.file, 'utf8')).toContain(input.says ?? sentence.split(' ')[1]);
      return;
    }
    const body = await tell(input, met);
    expect(sentencesOf(body)).toContain(sentence);
  });

  it.each(MORE.map((input, index) => [index, input] as const))('more than a reason says: %i', async (_index, input) => {
    await tell(input, met);
  });

  it('was compared with a world that says it', () => {
    expect(CLAUSE_NAMES.filter((name) => !met.has(name))).toEqual([]);
  });
});

async function tell({ options = {}, happens }: Told, met: Set<string>): Promise<PlanBody> {
  const world = await startInhabited(options);
  await happens(world);
  const { body } = (await planNow(world)).plan;
  expect(findUntrueSentences(body, world)).toEqual([]);
  for (const name of listClauses(body.open, world)) met.add(name);
  return body;
}

function sentencesOf({ changes, open }: PlanBody): string[] {
  return [
    ...changes.flatMap(({ reason, evidence }) => [`reason ${reason}`, `lookup ${evidence.lookup}`]),
    ...open.flatMap(({ reason, evidence }) => [`open ${reason}`, `lookup ${evidence?.lookup}`]),
  ];
}

async function startInhabited(options: Partial<DrawnOrganisation>): Promise<Inhabited> {
  const settled = await startSettled('sentences', buildOrganisation(options), 9);
  const { staff, zivver } = settled;
  const [team] = staff.groups.filter(({ primary }) => primary !== null);
  const [anna, bas, carla, daan] = staff.people.filter(({ isProtected }) => !isProtected);
  if (!team || !anna || !bas || !carla || !daan) throw new Error('too few people');
  const world: Inhabited = Object.assign(settled, {
    team,
    anna,
    bas,
    carla,
    daan,
    accountOf: (one: Person | Group): StoredAccount => {
      const account = zivver.holderOf(one.primary ?? '');
      if (account === undefined) throw new Error(`${one.primary} has no account`);
      return account;
    },
    passCycle: async () => {
      const planned = await planNow(world);
      await replayOnce(planned, zivver);
      world.baseline = commitFiles(planned.files);
      world.previous = planned.plan;
      world.now = new Date(world.now.getTime() + 24 * 3_600_000);
    },
  });
  [anna, bas, carla, daan].forEach((one, index) =>
    Object.assign(one, {
      isDisabled: false,
      primary: `p${index}@company.org`,
      aliases: [],
      unit: 'care',
      groups: [team],
    }),
  );
  staff.deleted.push(likeOf(anna, world, 'long-gone@company.org'));
  await world.passCycle();
  return world;
}

function likeOf(person: Person, { dice }: Simulation, primary: string | null): Person {
  return { ...person, guid: randomGuid(dice), primary, isDisabled: false, expires: null };
}

/** Deleted; among deleted objects, or nowhere. */
function remove({ staff }: Simulation, person: Person, { isSeen }: { readonly isSeen: boolean }): void {
  staff.people.splice(
    staff.people.findIndex((one) => keyOf(one) === keyOf(person)),
    1,
  );
  if (isSeen) staff.deleted.push(person);
}
