import { createHash } from 'node:crypto';
import { keyOf, type Person } from './people.ts';

const ZIVVER_USER = 'urn:ietf:params:scim:schemas:zivver:0.1:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** An answer of GET /Users in which these people have exactly the account the directory asks for. */
export function buildStoredUsers(people: readonly Person[]): string {
  const Resources = people.map((person) => buildStoredUser(person));
  return JSON.stringify({ Resources, totalResults: Resources.length });
}

/** The id that `buildStoredUsers` gives a person. */
export function zivverIdOf({ address }: Pick<Person, 'address'>): string {
  const hex = createHash('sha256').update(`zivver id ${address}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function buildStoredUser(person: Person): object {
  const id = zivverIdOf(person);
  return {
    id,
    userName: person.address,
    name: { formatted: person.name },
    active: !person.disabled,
    phoneNumbers: person.mobile === null ? [] : [{ value: person.mobile }],
    meta: { created: '2024-03-01', location: `/scim/v2/Users/${id}`, resourceType: 'User' },
    schemas: [CORE, ENTERPRISE, ZIVVER_USER],
    [ENTERPRISE]: { division: '/' },
    [ZIVVER_USER]: {
      aliases: person.aliases,
      delegates: [],
      ExternalAccountId: keyOf(person),
      SsoAccountKey: person.guid.toString('base64'),
    },
  };
}
