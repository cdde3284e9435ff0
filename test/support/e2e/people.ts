import { createHash } from 'node:crypto';
import { accountKeyOf } from '../../../src/model/account/key.ts';
import { formatGuid } from '../../../src/model/directory/guid.ts';

export const DOMAIN = 'company.org';

/** Somebody in the directory. The GUID is what single sign-on sends, so it is a secret of the tests. */
export interface Person {
  readonly guid: Buffer;
  readonly name: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly mobile: string | null;
  readonly disabled: boolean;
  /** FILETIME; left out: the directory has none. */
  readonly lastLogin?: string;
  /** Names of the people who may act for this one. */
  readonly delegates: readonly string[];
}

export interface Group {
  readonly guid: Buffer;
  readonly name: string;
  readonly address: string;
  /** Name of a person; left out: nobody. */
  readonly managedBy?: string;
  /** Names of people. */
  readonly members: readonly string[];
}

/** FILETIME of so many days before now. */
export function fileTimeOf(daysAgo: number): string {
  return String((BigInt(Date.now() - daysAgo * 24 * 3_600_000) + 11_644_473_600_000n) * 10_000n);
}

const FIRST = ['Anna', 'Bram', 'Chris', 'Daan', 'Els', 'Femke', 'Gijs', 'Hanna', 'Ivo', 'Julia', 'Koen', 'Lotte'];
const LAST = ['Jansen', 'de Vries', 'Bakker', 'Visser', 'Smit', 'Meijer', 'Mulder', 'de Groot', 'Bos', 'Vos', 'Peters'];

/** Invented people, the same for the same seed: person 7 of seed 1 is always the same one. */
export function buildPeople(count: number, seed = 1): Person[] {
  return Array.from({ length: count }, (_, number) => buildPerson(number, seed));
}

export function buildGroup(name: string, members: readonly Person[]): Group {
  const address = `${name.toLowerCase()}@${DOMAIN}`;
  return { guid: seededBytes(`group ${name}`), name, address, members: members.map((person) => person.name) };
}

export function keyOf({ guid }: Pick<Person, 'guid'>): string {
  return accountKeyOf(formatGuid(guid.toString('base64')));
}

/** `people` with the ones at these places changed. */
export function changePeople(
  people: readonly Person[],
  places: Iterable<number>,
  change: (person: Person) => Partial<Person>,
): Person[] {
  const chosen = new Set(places);
  return people.map((person, place) => (chosen.has(place) ? { ...person, ...change(person) } : person));
}

export const range = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, index) => start + index);

function buildPerson(number: number, seed: number): Person {
  const bytes = seededBytes(`person ${seed} ${number}`);
  const name = `${FIRST[bytes[14]! % FIRST.length]} ${LAST[bytes[15]! % LAST.length]} ${seed}-${number}`;
  const login = `p${seed}-${String(number).padStart(4, '0')}`;
  return {
    guid: bytes,
    name,
    address: `${login}@${DOMAIN}`,
    aliases: number % 3 === 0 ? [`${login}.alias@${DOMAIN}`] : [],
    mobile: number % 2 === 0 ? `+31612${String(340_000 + number).padStart(6, '0')}` : null,
    disabled: false,
    delegates: [],
  };
}

function seededBytes(text: string): Buffer {
  return createHash('sha256').update(`zivver-gitops e2e ${text}`).digest().subarray(0, 16);
}
