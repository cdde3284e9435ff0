import type { Group, User } from '../../src/model/schema/generated/scim.ts';

/** A personal account as Zivver sends it; `n` makes it distinct. */
export function userResource(n: number): User & { schemas: string[] } {
  return {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      'urn:ietf:params:scim:schemas:zivver:0.1:User',
    ],
    id: uuid('a', n),
    userName: `person${n}@company.org`,
    name: { formatted: `Person ${n}` },
    active: true,
    meta: { created: '2024-06-01' },
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { division: '/' },
    'urn:ietf:params:scim:schemas:zivver:0.1:User': { aliases: [], delegates: [], ExternalAccountId: `key-${n}` },
  };
}

/** A functional account as Zivver sends it, with `userResource(n)` as member. */
export function groupResource(n: number): Group {
  return {
    id: uuid('b', n),
    externalId: `desk${n}@company.org`,
    displayName: `Desk ${n}`,
    members: [{ value: uuid('a', n) }],
    meta: { created: '2024-06-01' },
    'urn:ietf:params:scim:schemas:zivver:0.1:Group': { aliases: [], ExternalAccountId: null },
  };
}

/** Zivver's list of them. */
export function listOf<Resource>(...resources: Resource[]): { Resources: Resource[]; totalResults: number } {
  return { Resources: resources, totalResults: resources.length };
}

function uuid(first: string, n: number): string {
  return `${first.repeat(8)}-0000-4000-8000-${String(n).padStart(12, '0')}`;
}
