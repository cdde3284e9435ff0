import type { WholeRead } from '../../../src/model/mapping/read-source.ts';
import { delegatesToLookUp } from '../../../src/model/mapping/map-accounts.ts';
import type { ConfiguredSource } from '../../../src/model/configuration/configuration.ts';
import { accountKeyOf } from '../../../src/model/account/key.ts';
import { areDnsEqual, isDnUnder } from '../../../src/model/directory/distinguished-name.ts';
import { formatGuid } from '../../../src/model/directory/guid.ts';
import type { DomainRead } from '../../../src/model/settle/evidence.ts';
import type { Entry } from '../../../src/model/directory/entry.ts';

/** A directory that evolves: the people and groups of one domain. */
export interface Staff {
  readonly people: Person[];
  readonly groups: Group[];
  readonly deleted: Person[];
  /** Path of the organisational unit by its short name; renaming one moves everybody in it. */
  readonly units: Map<string, string>;
}

export interface Person {
  /** base64 of the sixteen bytes. */
  readonly guid: string;
  /** Protected people are left alone by events. */
  readonly isProtected: boolean;
  name: string;
  /** Short name of the unit. */
  unit: string;
  primary: string | null;
  aliases: string[];
  isDisabled: boolean;
  expires: Date | null;
  mobile: string | null;
  delegates: Person[];
  groups: Group[];
  /** What of it the reading account may not see, or sees damaged; the rest of the directory says otherwise. */
  hides: 'memberships' | 'addresses' | 'key' | null;
}

export interface Group {
  readonly guid: string;
  name: string;
  primary: string | null;
  aliases: string[];
  /** `mail` only, as for groups that Exchange never saw. */
  readonly isMailOnly: boolean;
  groups: Group[];
}

export const DOMAIN_DN = 'DC=company,DC=org';

export function keyOf({ guid }: Pick<Person, 'guid'>): string {
  return accountKeyOf(formatGuid(guid));
}

export function dnOfPerson(person: Person, { units }: Staff): string {
  return `CN=${person.name.replaceAll(',', '\\,')} ${formatGuid(person.guid).slice(0, 8)},${units.get(person.unit) ?? ''}`;
}

export function dnOfGroup({ name, guid }: Group): string {
  return `CN=${name} ${formatGuid(guid).slice(0, 8)},OU=Groups,${DOMAIN_DN}`;
}

export function personEntry(person: Person, staff: Staff): Entry {
  const { primary, aliases, expires, hides } = person;
  return entryOf(dnOfPerson(person, staff), {
    objectClass: ['top', 'person', 'organizationalPerson', 'user'],
    objectGUID: [hides === 'key' ? withoutLastByte(person.guid) : person.guid],
    name: [person.name],
    userAccountControl: [person.isDisabled ? '514' : '512'],
    accountExpires: [expires === null ? '9223372036854775807' : fileTimeOf(expires)],
    mail: primary === null ? [] : [primary],
    proxyAddresses:
      hides === 'addresses'
        ? []
        : [
            ...(primary === null ? [] : [`SMTP:${primary.toUpperCase()}`]),
            ...aliases.map((alias) => `smtp:${alias}`),
            'X500:/o=company/cn=x',
          ],
    mobile: person.mobile === null ? [] : [person.mobile],
    memberOf: hides === 'memberships' ? [] : person.groups.map(dnOfGroup),
    msExchDelegateListLink: person.delegates
      .filter((delegate) => staff.people.includes(delegate))
      .map((delegate) => dnOfPerson(delegate, staff)),
  });
}

export function groupEntry(group: Group, staff: Staff): Entry {
  const { primary, aliases, isMailOnly } = group;
  const proxies = isMailOnly || primary === null ? [] : [`SMTP:${primary}`, ...aliases.map((alias) => `smtp:${alias}`)];
  return entryOf(dnOfGroup(group), {
    objectClass: ['top', 'group'],
    objectGUID: [group.guid],
    name: [group.name],
    proxyAddresses: proxies,
    mail: primary === null ? [] : [primary],
    member: [
      ...staff.people.filter(({ groups }) => groups.includes(group)).map((person) => dnOfPerson(person, staff)),
      ...staff.groups.filter(({ groups }) => groups.includes(group)).map(dnOfGroup),
    ],
    memberOf: group.groups.map(dnOfGroup),
  });
}

/** What a complete read of the domain gives for this source. */
export function readStaff(staff: Staff, configured: ConfiguredSource): WholeRead {
  const baseDn = configured.ldap?.baseDn ?? DOMAIN_DN;
  const people = staff.people.map((person) => personEntry(person, staff));
  const groups = staff.groups.map((group) => groupEntry(group, staff));
  const selected = people.filter(({ dn }) => isDnUnder(dn, baseDn));
  const snapshot = {
    name: configured.name,
    kind: 'ldap',
    server: 'dc1.company.org',
    baseDn,
    selected: [...selected, computerEntry(baseDn)],
    groups,
    pages: 1,
    warnings: [],
  } as const;
  const { dns } = delegatesToLookUp(configured, snapshot);
  const lookedUp = [...people, ...groups].filter(({ dn }) => dns.some((one) => areDnsEqual(one, dn)));
  return { configured, snapshot, lookedUp };
}

export function readWholeDomain(staff: Staff, configured: ConfiguredSource): DomainRead {
  const people = staff.people.map((person) => personEntry(person, staff));
  const deleted = staff.deleted.map((person) => ({
    dn: `CN=${person.name}\\0ADEL:${formatGuid(person.guid)},CN=Deleted Objects,${DOMAIN_DN}`,
    attributes: new Map([
      ['objectguid', [person.guid]],
      ['isdeleted', ['TRUE']],
    ]),
  }));
  return { configured, people, deleted };
}

function withoutLastByte(base64: string): string {
  return Buffer.from(base64, 'base64').subarray(0, 15).toString('base64');
}

function computerEntry(baseDn: string): Entry {
  return entryOf(`CN=PC-1,${baseDn}`, { objectClass: ['top', 'person', 'user', 'computer'] });
}

function entryOf(dn: string, attributes: Readonly<Record<string, readonly string[]>>): Entry {
  const present = Object.entries(attributes).filter(([, values]) => values.length > 0);
  return { dn, attributes: new Map(present.map(([name, values]) => [name.toLowerCase(), values])) };
}

function fileTimeOf(date: Date): string {
  return String((BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n);
}
