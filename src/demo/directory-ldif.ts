import { formatAttribute } from './ldif-line.ts';
import {
  BASE_DN,
  CARE,
  CLINIC,
  dnOf,
  GROUPS,
  guidOf,
  LEAVERS,
  OFFICE,
  TRAINEES,
  type Group,
  type Hospital,
  type OtherEntry,
  type Person,
} from './hospital.ts';

type Attributes = readonly (readonly [name: string, value: string | Buffer | null])[];

const NEVER = '9223372036854775807';
const UNITS = ['OU=Staff', CARE, CLINIC, OFFICE, TRAINEES, LEAVERS, GROUPS];

/**
 * The directory as `ldapsearch -LLL` exports it. objectGUID is the single sign-on key of the example: such a file of
 * a real directory is a secret.
 */
export function renderDirectoryLdif(hospital: Hospital): string {
  const entries = [
    ...UNITS.map(renderUnit),
    ...hospital.people.map((person) => renderPerson(person, hospital)),
    ...hospital.others.map(renderOther),
    ...hospital.groups.map((group) => renderGroup(group, hospital)),
  ];
  return `${[HEADER, ...entries].join('\n')}\n`;
}

const HEADER = `# Active Directory of an invented hospital, in the form of: ldapsearch -LLL -E pr=1000/noprompt …
# No such hospital and no such people. Keep exports of your own directory out of git: objectGUID is the key that
# single sign-on sends, and whoever has it and an account can read mail.
`;

function renderUnit(place: string): string {
  const name = /^OU=([^,]+)/.exec(place)?.[1] ?? '';
  return renderEntry(`${place},${BASE_DN}`, [
    ['objectClass', 'top'],
    ['objectClass', 'organizationalUnit'],
    ['ou', name],
    ['name', name],
  ]);
}

function renderPerson(person: Person, hospital: Hospital): string {
  const { login, name, displayName, address, mobile } = person;
  const delegates = hospital.people.filter((other) => person.delegates.includes(other.login));
  return renderEntry(dnOf(person), [
    ...classes('top', 'person', 'organizationalPerson', 'user'),
    ['cn', name],
    ['name', name],
    ['displayName', displayName],
    ['objectGUID', guidOf(login)],
    ['sAMAccountName', login],
    ['userAccountControl', person.isDisabled ? '514' : '512'],
    ['accountExpires', person.expires ?? NEVER],
    ['mail', address],
    ['proxyAddresses', address === null ? null : `SMTP:${address}`],
    ...person.aliases.map((alias) => ['proxyAddresses', `smtp:${alias}`] as const),
    ['mobile', mobile],
    ...person.groups.map((group) => ['memberOf', groupDn(group)] as const),
    ...delegates.map((delegate) => ['msExchDelegateListLink', dnOf(delegate)] as const),
  ]);
}

function renderOther({ name, place, objectClass, address }: OtherEntry): string {
  const own = objectClass === 'computer' ? ['user', 'computer'] : ['contact'];
  return renderEntry(dnOf({ name, place }), [
    ...classes('top', 'person', 'organizationalPerson', ...own),
    ['cn', name],
    ['name', name],
    ['objectGUID', guidOf(name)],
    ['mail', address],
  ]);
}

function renderGroup({ name, address, groups }: Group, hospital: Hospital): string {
  const people = hospital.people.filter((person) => person.groups.includes(name)).map(dnOf);
  const nested = hospital.groups.filter((other) => other.groups.includes(name)).map((other) => groupDn(other.name));
  return renderEntry(groupDn(name), [
    ...classes('top', 'group'),
    ['cn', name],
    ['name', name],
    ['displayName', name],
    ['objectGUID', guidOf(`group ${name}`)],
    ['mail', address],
    ...[...people, ...nested].map((member) => ['member', member] as const),
    ...groups.map((other) => ['memberOf', groupDn(other)] as const),
  ]);
}

function classes(...names: string[]): Attributes {
  return names.map((name) => ['objectClass', name] as const);
}

function groupDn(name: string): string {
  return dnOf({ name, place: GROUPS });
}

function renderEntry(dn: string, attributes: Attributes): string {
  const lines = attributes.map(([name, value]) => (value === null ? '' : formatAttribute(name, value)));
  return formatAttribute('dn', dn) + lines.join('');
}
