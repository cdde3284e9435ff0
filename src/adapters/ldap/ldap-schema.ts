import type { Filter } from 'ldapts';

import type { Entry } from '../../model/directory/entry.ts';
import { OPTIONAL_ATTRIBUTES } from '../../model/directory/source.ts';
import { ReconcileError } from '../../model/errors.ts';
import { findNearNames } from '../../model/text/near-names.ts';
import type { LdapConnection } from './ldap-connection.ts';
import { equalsAny, isPresent } from './ldap-filters.ts';
import { resultCodeOf } from './ldap-problems.ts';
import { readAnswer } from './ldap-search.ts';

/** Where the attributes of a forest are described; `schema` null: the server does not say. */
export interface SchemaPlace {
  readonly connection: LdapConnection;
  readonly schema: string | null;
}

const NAME = 'lDAPDisplayName';

/** Those of the names, in lower case, that the schema does not have; none if it cannot be read. */
export async function findUnknownAttributes(
  place: SchemaPlace,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = await readNames(place, equalsAny(NAME, ['objectClass', ...names]));
  if (!known.has('objectclass')) return new Set();
  return new Set(names.map((name) => name.toLowerCase()).filter((name) => name !== '' && !known.has(name)));
}

async function readNames({ connection, schema }: SchemaPlace, filter: Filter): Promise<ReadonlyMap<string, string>> {
  if (schema === null) return new Map();
  try {
    const request = { base: schema, scope: 'sub', filter, attributes: [NAME] } as const;
    const { entries } = await readAnswer(connection, request, { pageSize: 1000 });
    const names = entries.flatMap(({ attributes }) => attributes.get(NAME.toLowerCase())?.slice(0, 1) ?? []);
    return new Map(names.map((name) => [name.toLowerCase(), name]));
  } catch (error) {
    if (resultCodeOf(error) === null) throw error;
    return new Map();
  }
}

/** Asked for by default, and unknown to a directory that never had Exchange. */
const OF_EXCHANGE = 'msexchdelegatelistlink';

/**
 * An attribute that the schema does not know is empty in everybody, and without an error: addresses or names would seem to be gone.
 * Asks the schema only for what no entry has. Throws `CONFIGURATION_INVALID` with the nearest names.
 */
export async function verifyAttributesExist(
  place: SchemaPlace,
  attributes: readonly string[],
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return;
  const absent = attributes.filter((name) => {
    const lower = name.toLowerCase();
    const isExpected = !OPTIONAL_ATTRIBUTES.has(lower) && lower !== OF_EXCHANGE;
    return isExpected && !entries.some((entry) => entry.attributes.has(lower));
  });
  const unknown = absent.length === 0 ? new Set<string>() : await findUnknownAttributes(place, absent);
  if (unknown.size === 0) return;
  const all = await readNames(place, isPresent(NAME));
  const names = absent.filter((name) => unknown.has(name.toLowerCase()));
  throw new ReconcileError('CONFIGURATION_INVALID', `the directory’s schema has no attribute ${names.join(', ')}`, {
    remedy: 'Correct the name in organisation.yaml (see: zivver-gitops attributes).',
    problems: names.map((name) => ({ where: name, what: describeNear(name, all) })),
  });
}

function describeNear(name: string, all: ReadonlyMap<string, string>): string {
  const [near] = findNearNames(name.toLowerCase(), [...all.keys()]);
  const hint = near === undefined ? '' : `; did you mean ${all.get(near)}?`;
  return `no such attribute${hint}`;
}
