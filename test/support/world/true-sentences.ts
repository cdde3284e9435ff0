import { factText } from '../../../src/model/facts/fact.ts';
import type { Entry } from '../../../src/model/directory/entry.ts';
import type { Evidence, OpenAccount, PlanBody } from '../../../src/model/schema/generated/plan.ts';
import { dnOfGroup, dnOfPerson, groupEntry, keyOf, personEntry, type Person, type Staff } from './staff.ts';

/** What the sentences of a plan claim of the directory and the directory denies; [] if everything is so. */
export function findUntrueSentences({ changes, open }: Pick<PlanBody, 'changes' | 'open'>, given: World): string[] {
  const world = describeWorld(given);
  return [
    ...changes.flatMap(({ key, evidence, address, reason }) =>
      reason === 'rollback' ? [] : findUntrueEvidence(evidence, key, world).map((what) => `${address}: ${what}`),
    ),
    ...open.flatMap((one) => [
      ...(one.evidence === null ? [] : findUntrueEvidence(one.evidence, one.key, world)),
      ...findUntrueStory(one, world),
    ]),
  ];
}

interface World {
  readonly staff: Staff;
  readonly now: Date;
}

interface Directory {
  readonly staff: Staff;
  readonly now: Date;
  /** By DN: what everybody may read there. */
  readonly entries: ReadonlyMap<string, Entry['attributes']>;
  readonly dnOfKey: ReadonlyMap<string, string>;
  readonly deleted: ReadonlySet<string>;
}

function describeWorld({ staff, now }: World): Directory {
  const shown = [
    ...staff.people.map((one) => personEntry(one, staff)),
    ...staff.groups.map((one) => groupEntry(one, staff)),
  ];
  return {
    staff,
    now,
    entries: new Map(shown.map(({ dn, attributes }) => [dn, attributes])),
    dnOfKey: new Map([
      ...staff.people.map((one) => [keyOf(one), dnOfPerson(one, staff)] as const),
      ...staff.groups.map((one) => [keyOf(one), dnOfGroup(one)] as const),
    ]),
    deleted: new Set(staff.deleted.map(keyOf)),
  };
}

/** The entry is there and is the account's own, and what was seen of it is what it shows. */
function findUntrueEvidence(
  { entry, lookup, attribute, value }: Evidence,
  key: string | null,
  { entries, dnOfKey, deleted }: Directory,
): string[] {
  if (entry === null) return [];
  if (lookup === 'deleted') return deleted.has(key ?? '') ? [] : [`${entry} was not deleted`];
  const shown = entries.get(entry);
  if (shown === undefined) return [`there is no ${entry}`];
  if (attribute === 'distinguishedName') return value === entry ? [] : [`${entry} does not lie at ${value}`];
  const filtered = attribute === 'filters' ? /on (\S+): (.*)$/.exec(value ?? '') : null;
  if (filtered !== null) {
    const [, name = '', named = ''] = filtered;
    const isSo = shown.get(name.toLowerCase())?.some((one) => named.includes(one)) === true;
    return isSo ? [] : [`${name} of ${entry} is not as ${value} says`];
  }
  const own = key === null ? undefined : dnOfKey.get(key);
  const isOwn = own === undefined || own === entry || attribute === 'objectGUID';
  const values = attribute === null ? [] : (shown.get(attribute.toLowerCase()) ?? []);
  const isShown = value === null || isMadeOf(value.replaceAll(`${attribute} = `, ''), values);
  const isEmpty = value !== null || attribute === null || attribute === 'objectGUID' || values.length === 0;
  return [
    ...(isOwn ? [] : [`${entry} is not the entry of ${key}`]),
    ...(isShown && isEmpty ? [] : [`${attribute} of ${entry} is ${values.join()}, not ${value}`]),
  ];
}

/** All of the values are in it, and nothing else. */
function isMadeOf(text: string, values: readonly string[]): boolean {
  const longestFirst = [...values].sort((a, b) => b.length - a.length);
  const rest = longestFirst.reduce((left, one) => left.replace(one, ''), text);
  return values.every((one) => text.includes(one)) && !/[\p{L}\p{N}]/u.test(rest);
}

/** What the words say beyond their evidence. */
function findUntrueStory(open: OpenAccount, directory: Directory): string[] {
  const untrue = CLAUSES.filter(({ isSaid, isSo }) => isSaid(open, directory) && !isSo(open, directory));
  return untrue.map(() => `not so: ${open.reason}, ${factText(open.detail)}`);
}

interface Clause {
  readonly name: string;
  readonly isSaid: (open: OpenAccount, directory: Directory) => boolean;
  readonly isSo: (open: OpenAccount, directory: Directory) => boolean;
}

const isGone: Clause['isSo'] = ({ key }, { staff }) => !isReadable(key, staff);

const CLAUSES: readonly Clause[] = [
  {
    name: 'its entry was deleted',
    isSaid: says('was deleted'),
    isSo: ({ key }, { deleted, dnOfKey }) => deleted.has(key ?? '') && !dnOfKey.has(key ?? ''),
  },
  { name: 'its entry is not found any more', isSaid: says('is not found any more'), isSo: isGone },
  { name: 'found nowhere', isSaid: ({ detail }) => factText(detail).startsWith('found nowhere'), isSo: isGone },
  {
    name: 'its own entry is disabled',
    isSaid: ({ detail }) => /own entry \S.* is disabled/.test(factText(detail)),
    isSo: ({ key }, { staff }) => personOf(key, staff)?.isDisabled === true,
  },
  {
    name: 'its own entry has expired',
    isSaid: ({ detail }) => /own entry \S.* has expired/.test(factText(detail)),
    isSo: ({ key }, { staff, now }) => isExpired(personOf(key, staff), now),
  },
  {
    name: 'its own entry has no address',
    isSaid: says('has no address any more'),
    isSo: ({ key }, { staff }) =>
      [...staff.people, ...staff.groups].some((one) => keyOf(one) === key && one.primary === null),
  },
  {
    name: 'its own entry was moved',
    isSaid: says('was moved out of the selection'),
    isSo: ({ key }, { staff }) => personOf(key, staff)?.unit === 'elsewhere',
  },
  {
    name: 'the key is no GUID',
    isSaid: says('no GUID of sixteen bytes'),
    isSo: (_open, { staff }) => staff.people.some(({ hides }) => hides === 'key'),
  },
  {
    name: 'addresses look unreadable',
    isSaid: ({ reason }) => reason === 'lost-rights',
    isSo: ({ entry }, { staff }) => personAt(entry, staff)?.hides === 'addresses',
  },
  {
    name: 'member and memberOf disagree',
    isSaid: ({ detail }) => /^(member|memberOf) of /.test(factText(detail)),
    isSo: (_open, { staff }) => staff.people.some(({ hides }) => hides === 'memberships'),
  },
  {
    name: 'nobody has memberOf',
    isSaid: says('nobody in the source has memberOf'),
    isSo: (_open, { staff, entries }) =>
      !isAnyShown(
        'memberof',
        staff.people.map((one) => dnOfPerson(one, staff)),
        entries,
      ),
  },
  {
    name: 'no group has member',
    isSaid: says('no group has member'),
    isSo: (_open, { staff, entries }) => !isAnyShown('member', staff.groups.map(dnOfGroup), entries),
  },
  {
    name: 'another entry has the address',
    isSaid: ({ claimant }) => claimant !== null,
    isSo: ({ claimant }, { entries }) =>
      claimant !== null && entries.has(claimant.entry) && hasAddress(claimant, entries),
  },
];

/** Of what `CLAUSES` can tell whether it is so; a clause that no world says proves nothing. */
export const CLAUSE_NAMES: readonly string[] = CLAUSES.map(({ name }) => name);

export function listClauses(open: readonly OpenAccount[], world: World): string[] {
  const directory = describeWorld(world);
  return CLAUSES.filter(({ isSaid }) => open.some((one) => isSaid(one, directory))).map(({ name }) => name);
}

function says(words: string): Clause['isSaid'] {
  return ({ detail }) => factText(detail).includes(words);
}

function hasAddress({ address, entry }: NonNullable<OpenAccount['claimant']>, entries: Directory['entries']): boolean {
  const values = entries.get(entry)?.get('proxyaddresses') ?? entries.get(entry)?.get('mail') ?? [];
  return values.some((one) => one.toLowerCase().endsWith(address));
}

function isAnyShown(attribute: string, dns: readonly string[], entries: Directory['entries']): boolean {
  return dns.some((dn) => entries.get(dn)?.has(attribute) === true);
}

function personOf(key: string | null, { people }: Staff): Person | undefined {
  return people.find((one) => keyOf(one) === key);
}

function personAt(dn: string | null, staff: Staff): Person | undefined {
  return staff.people.find((one) => dnOfPerson(one, staff) === dn);
}

/** Somebody with this key is in the directory, and shows it. */
function isReadable(key: string | null, { people, groups }: Staff): boolean {
  const isPerson = people.some((one) => keyOf(one) === key && one.hides !== 'key');
  return isPerson || groups.some((one) => keyOf(one) === key);
}

function isExpired(person: Person | undefined, now: Date): boolean {
  return person !== undefined && person.expires !== null && person.expires <= now;
}
