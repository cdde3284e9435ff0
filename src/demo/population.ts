import { v5 as uuidV5 } from 'uuid';
import { ENTERPRISE_USER, GROUP_SCHEMAS, USER_SCHEMAS, ZIVVER_GROUP, ZIVVER_USER } from '../sandbox/schema-names.ts';
import { DOMAIN } from './hospital.ts';

/** What Zivver holds of one account before the tool comes; every attribute but the address has an ordinary default. */
export interface StoredUser {
  readonly address: string;
  readonly name: string;
  readonly isActive?: boolean;
  readonly mobile?: string | undefined;
  readonly division?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
  readonly delegates?: readonly string[] | undefined;
  readonly externalAccountId?: string;
}

export interface StoredFunctional {
  readonly address: string;
  readonly name: string;
  /** Addresses of users. */
  readonly members: readonly string[];
  readonly aliases?: readonly string[] | undefined;
  readonly externalAccountId?: string;
}

/** Answers of `GET /Users` and `GET /Groups`, as `zivver-gitops sandbox --import-users … --import-groups …` takes them. */
export interface StoredAnswers {
  readonly users: object;
  readonly groups: object;
}

/** Made by hand over the years: some of them are people of the directory, some are nobody's. */
export const FIRST_USERS: readonly StoredUser[] = [
  { address: `w.bos@${DOMAIN}`, name: 'Wouter Bos', mobile: '+31612345623' },
  { address: `a.visser@${DOMAIN}`, name: 'A. Visser' },
  { address: `p.vos@${DOMAIN}`, name: 'Pieter Vos', mobile: '+31612345616', aliases: [`surgery@${DOMAIN}`] },
  { address: `m.dekker@${DOMAIN}`, name: 'Mirjam Dekker' },
  { address: `v.jacobs@${DOMAIN}`, name: 'Vera Jacobs' },
  { address: `z.meijer@${DOMAIN}`, name: 'Zoë Meijer' },
  { address: `y.arslan@${DOMAIN}`, name: 'Yusuf Arslan', isActive: false },
  { address: `b.okafor@${DOMAIN}`, name: 'Blessing Okafor', division: 'care' },
  { address: `zivver.test@${DOMAIN}`, name: 'Test account' },
  { address: `trainee1@${DOMAIN}`, name: 'Trainee 1', isActive: false },
];

export const FIRST_FUNCTIONAL: readonly StoredFunctional[] = [
  { address: `info@${DOMAIN}`, name: 'Information', members: [`v.jacobs@${DOMAIN}`, `z.meijer@${DOMAIN}`] },
  { address: `museum@${DOMAIN}`, name: 'Hospital museum', members: [`zivver.test@${DOMAIN}`] },
];

export function buildStoredAnswers(
  users: readonly StoredUser[],
  functional: readonly StoredFunctional[],
): StoredAnswers {
  return {
    users: { Resources: users.map(buildUser), totalResults: users.length },
    groups: { Resources: functional.map(buildGroup), totalResults: functional.length },
  };
}

function buildUser(user: StoredUser): object {
  const { address, name, isActive = true, mobile, division = '/', aliases = [], delegates = [] } = user;
  return {
    id: idOf(address),
    userName: address,
    name: { formatted: name },
    active: isActive,
    phoneNumbers: mobile === undefined ? [] : [{ value: mobile }],
    meta: { created: CREATED, location: `/scim/v2/Users/${idOf(address)}`, resourceType: 'User' },
    schemas: USER_SCHEMAS,
    [ENTERPRISE_USER]: { division },
    [ZIVVER_USER]: { aliases, delegates, ...externalIdOf(user) },
  };
}

function buildGroup(account: StoredFunctional): object {
  const { address, name, members, aliases = [] } = account;
  return {
    id: idOf(address),
    externalId: address,
    displayName: name,
    members: members.map((member) => ({ value: idOf(member) })),
    meta: { created: CREATED, location: `/scim/v2/Groups/${idOf(address)}`, resourceType: 'Group' },
    schemas: GROUP_SCHEMAS,
    [ENTERPRISE_USER]: { division: '/' },
    [ZIVVER_GROUP]: { aliases, ...externalIdOf(account) },
  };
}

function externalIdOf({ externalAccountId }: { readonly externalAccountId?: string }): object {
  return externalAccountId === undefined ? {} : { ExternalAccountId: externalAccountId };
}

const CREATED = '2024-03-18';
const ID_NAMESPACE = '0d1f0f6e-52a3-4a7b-8f2a-7b0c5d9e4a11';

/** Zivver's id of an account: stays through a rename, so it is not to be worked out of an address later. */
function idOf(address: string): string {
  return uuidV5(address, ID_NAMESPACE);
}
