import type { Group, Person } from './people.ts';

const STAFF = 'OU=Staff,DC=company,DC=org';

/** A complete export of the directory, as `ldapsearch` writes it. */
export function renderLdif(people: readonly Person[], groups: readonly Group[] = []): string {
  const entries = [...people.map((person) => renderPerson(person, groups)), ...groups.map(renderGroup)];
  return entries.map((lines) => `${lines.join('\n')}\n\n`).join('');
}

function renderPerson(person: Person, groups: readonly Group[]): string[] {
  return [
    `dn: CN=${person.name},${STAFF}`,
    'objectClass: top',
    'objectClass: person',
    'objectClass: organizationalPerson',
    'objectClass: user',
    `objectGUID:: ${person.guid.toString('base64')}`,
    `name: ${person.name}`,
    `sAMAccountName: ${person.address.split('@')[0]}`,
    `userAccountControl: ${person.disabled ? 514 : 512}`,
    'accountExpires: 0',
    ...(person.lastLogin === undefined ? [] : [`lastLogonTimestamp: ${person.lastLogin}`]),
    `mail: ${person.address}`,
    `proxyAddresses: SMTP:${person.address}`,
    ...person.aliases.map((alias) => `proxyAddresses: smtp:${alias}`),
    ...(person.mobile === null ? [] : [`mobile: ${person.mobile}`]),
    ...person.delegates.map((name) => `msExchDelegateListLink: CN=${name},${STAFF}`),
    ...groups.filter(({ members }) => members.includes(person.name)).map(({ name }) => `memberOf: ${groupDn(name)}`),
  ];
}

function renderGroup({ guid, name, address, members, managedBy }: Group): string[] {
  return [
    `dn: ${groupDn(name)}`,
    'objectClass: top',
    'objectClass: group',
    `objectGUID:: ${guid.toString('base64')}`,
    `name: ${name}`,
    `displayName: ${name}`,
    `mail: ${address}`,
    `proxyAddresses: SMTP:${address}`,
    ...(managedBy === undefined ? [] : [`managedBy: CN=${managedBy},${STAFF}`]),
    ...members.map((member) => `member: CN=${member},${STAFF}`),
  ];
}

function groupDn(name: string): string {
  return `CN=${name},OU=Groups,DC=company,DC=org`;
}
