import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfiguration } from '../../src/model/configuration/configuration.ts';
import { renderDesiredFiles } from '../../src/model/desired/desired-state.ts';
import { mapAccounts } from '../../src/model/mapping/map-accounts.ts';
import { takeWhole } from '../../src/model/mapping/open-mapping.ts';
import { attributesToRead } from '../../src/model/mapping/mapped-attributes.ts';
import type { DesiredAccount } from '../../src/model/schema/generated/account.ts';
import { createLdifSource } from '../../src/adapters/ldif/ldif.ts';

const FIRST_NAMES = ['Anna', 'Bram', 'Chloé', 'Daan', 'Eva', 'Fatima', 'Gijs', 'Hanna', 'Ilse', 'Joris'];
const LAST_NAMES = ['Bakker', 'de Vries', 'van den Berg', 'Jansen', 'El Amrani', 'Mulder', 'Smit', 'Visser'];
const PEOPLE_PER_GROUP = 50;

export interface Staff {
  readonly people: number;
  /** One person in so many has another name than the desired state and Zivver know; 0 = nobody. */
  readonly changedEvery?: number;
  /** Of these the account is disabled. */
  readonly disabled?: ReadonlySet<number>;
}

export function writeLdif(file: string, { people, changedEvery = 0, disabled = new Set() }: Staff): void {
  const records: string[] = [];
  for (let number = 0; number < people; number += 1)
    records.push(
      renderPerson(number, {
        isChanged: changedEvery > 0 && number % changedEvery === 0,
        isDisabled: disabled.has(number),
      }),
    );
  for (let number = 0; number < people / PEOPLE_PER_GROUP; number += 1) records.push(renderGroup(number));
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `version: 1\n\n${records.join('\n')}\n`);
}

/** What the product makes of an LDIF file, by its own modules. */
export async function mapLdif(file: string, organisationYaml: string): Promise<readonly DesiredAccount[]> {
  const configuration = parseConfiguration(organisationYaml, 'bench', path.dirname(file));
  const [configured] = configuration.sources;
  if (configured === undefined) throw new Error('the bench has one source');
  const snapshot = await createLdifSource({ name: configured.name, files: [file] }).read(attributesToRead(configured));
  const rules = { configuration, now: new Date(0) };
  const sources = [takeWhole({ configured, snapshot, lookedUp: [] }, rules)];
  const mapped = mapAccounts({ ...rules, sources, managedKeys: new Set() });
  return mapped.accounts.map(({ account }) => account);
}

export function writeDesired(folder: string, accounts: readonly DesiredAccount[]): void {
  for (const name of ['users', 'functional']) mkdirSync(path.join(folder, name), { recursive: true });
  for (const [file, { text }] of renderDesiredFiles(accounts)) writeFileSync(path.join(folder, file), text);
}

/** Answers of GET /Users and GET /Groups that equal the accounts. */
export function writeLists(folder: string, accounts: readonly DesiredAccount[]): { users: string; groups: string } {
  const ids = new Map(accounts.map(({ address, key }) => [address, idOf(key)]));
  const users = accounts.filter(({ kind }) => kind === 'user').map((account) => renderUser(account));
  const groups = accounts
    .filter(({ kind }) => kind === 'functional')
    .map((account) => renderGroupResource(account, ids));
  const files = { users: path.join(folder, 'users.json'), groups: path.join(folder, 'groups.json') };
  writeFileSync(files.users, JSON.stringify({ Resources: users, totalResults: users.length }));
  writeFileSync(files.groups, JSON.stringify({ Resources: groups, totalResults: groups.length }));
  return files;
}

function renderPerson(number: number, { isChanged, isDisabled }: { isChanged: boolean; isDisabled: boolean }): string {
  const name = `${FIRST_NAMES[number % 10]} ${LAST_NAMES[number % 8]} ${number}${isChanged ? ' (new)' : ''}`;
  const dn = `CN=Person ${number},OU=Unit ${number % 97},OU=Staff,DC=company,DC=org`;
  return [
    `dn: ${dn}`,
    'objectClass: top',
    'objectClass: person',
    'objectClass: organizationalPerson',
    'objectClass: user',
    `name:: ${Buffer.from(name).toString('base64')}`,
    `displayName:: ${Buffer.from(name).toString('base64')}`,
    `objectGUID:: ${digest(`person ${number}`).toString('base64')}`,
    `sAMAccountName: p${number}`,
    `userAccountControl: ${isDisabled ? 514 : 512}`,
    'accountExpires: 0',
    `mail: p${number}@company.org`,
    `proxyAddresses: SMTP:p${number}@company.org`,
    `proxyAddresses: smtp:person.${number}@company.org`,
    `mobile: +316${String(10_000_000 + number).slice(0, 8)}`,
    `memberOf: CN=Group ${Math.floor(number / PEOPLE_PER_GROUP)},OU=Groups,DC=company,DC=org`,
    ...(number % 25 === 1
      ? [`msExchDelegateListLink: CN=Person ${number - 1},OU=Unit ${(number - 1) % 97},OU=Staff,DC=company,DC=org`]
      : []),
    '',
  ].join('\n');
}

function renderGroup(number: number): string {
  return [
    `dn: CN=Group ${number},OU=Groups,DC=company,DC=org`,
    'objectClass: top',
    'objectClass: group',
    `name: Group ${number}`,
    `cn: Group ${number}`,
    `objectGUID:: ${digest(`group ${number}`).toString('base64')}`,
    `mail: group${number}@company.org`,
    `proxyAddresses: SMTP:group${number}@company.org`,
    '',
  ].join('\n');
}

const EXTENSION = 'urn:ietf:params:scim:schemas:zivver:0.1:';

function renderUser(account: DesiredAccount): Record<string, unknown> {
  if (account.kind !== 'user') throw new Error('not a user');
  const { address, fullName, active, aliases = [], delegates = [], mobile, key } = account;
  return {
    id: idOf(key),
    userName: address,
    name: { formatted: fullName },
    active,
    phoneNumbers: mobile === undefined ? [] : [{ value: mobile }],
    meta: { created: '2024-06-01', location: `/scim/v2/Users/${idOf(key)}`, resourceType: 'User' },
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      `${EXTENSION}User`,
    ],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { division: '/' },
    [`${EXTENSION}User`]: { aliases, delegates, ExternalAccountId: key },
  };
}

function renderGroupResource(account: DesiredAccount, ids: ReadonlyMap<string, string>): Record<string, unknown> {
  if (account.kind !== 'functional') throw new Error('not a functional account');
  const { address, fullName, aliases = [], members = [], key } = account;
  return {
    id: idOf(key),
    externalId: address,
    displayName: fullName,
    members: members.map((member) => ({ value: ids.get(member) })),
    meta: { created: '2024-06-01', location: `/scim/v2/Groups/${idOf(key)}`, resourceType: 'Group' },
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:Group',
      `${EXTENSION}Group`,
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { division: '/' },
    [`${EXTENSION}Group`]: { aliases, ExternalAccountId: key },
  };
}

/** A UUID v4 that follows from the key. */
function idOf(key: string): string {
  const hex = digest(`id ${key}`).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, 16);
}
