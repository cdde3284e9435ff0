import type { Entry } from '../../../src/model/directory/entry.ts';
import type { Evidence, OpenAccount, PlanBody } from '../../../src/model/schema/generated/plan.ts';
import { dnOfGroup, dnOfPerson, groupEntry, keyOf, personEntry, type Person, type Staff } from './staff.ts';

/** What the sentences of a plan claim of the directory and the directory denies; [] if everything is so. */
export function findUntrueSentences(
  { changes, open }: Pick<PlanBody, 'changes' | 'open'>,
  { staff, now }: { readonly staff: Staff; readonly now: Date },
): string[] {
  const world = describeWorld(staff, now);
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

interface Directory {
  readonly staff: Staff;
  readonly now: Date;
  /** By DN: what everybody may read there. */
  readonly entries: ReadonlyMap<string, Entry['attributes']>;
  readonly dnOfKey: ReadonlyMap<string, string>;
  readonly deleted: ReadonlySet<string>;
}

function describeWorld(staff: Staff, now: Date): Directory {
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
function findUntrueStory(open: OpenAccount, { staff, entries, dnOfKey, deleted, now }: Directory): string[] {
  const { reason, detail, key, claimant, entry } = open;
  const claims: readonly (readonly [boolean, boolean])[] = [
    [detail.includes('was deleted'), deleted.has(key ?? '') && !dnOfKey.has(key ?? '')],
    [detail.includes('is not found any more'), !isReadable(key, staff)],
    [detail.startsWith('found nowhere'), !isReadable(key, staff)],
    [/own entry \S.* is disabled/.test(detail), personOf(key, staff)?.isDisabled === true],
    [/own entry \S.* has expired/.test(detail), isExpired(personOf(key, staff), now)],
    [detail.includes('no GUID of sixteen bytes'), staff.people.some(({ hides }) => hides === 'key')],
    [reason === 'lost-rights', personAt(entry, staff)?.hides === 'addresses'],
    [/^(member|memberOf) of /.test(detail), staff.people.some(({ hides }) => hides === 'memberships')],
    [
      detail.includes('nobody in the source has memberOf'),
      !isAnyShown(
        'memberof',
        staff.people.map((one) => dnOfPerson(one, staff)),
        entries,
      ),
    ],
    [detail.includes('no group has member'), !isAnyShown('member', staff.groups.map(dnOfGroup), entries)],
    [claimant !== null && entries.has(claimant.entry), claimant !== null && hasAddress(claimant, entries)],
    [claimant !== null, claimant !== null && entries.has(claimant.entry)],
  ];
  return claims.filter(([isClaimed, isSo]) => isClaimed && !isSo).map(() => `not so: ${reason}, ${detail}`);
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
