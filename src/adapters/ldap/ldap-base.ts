import { EqualityFilter, OrFilter } from 'ldapts';

import type { Entry } from '../../model/directory/entry.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { Problem } from '../../model/errors.ts';
import { areDnsEqual, foldCase, isDnUnder, parentOf } from '../../model/directory/distinguished-name.ts';
import { parseDn } from '../../model/directory/dn-parser.ts';
import type { LdapConnection } from './ldap-connection.ts';
import { resultCodeOf } from './ldap-problems.ts';
import { readAnswer, readEntry } from './ldap-search.ts';
import { distanceBetween } from '../../model/text/near-names.ts';

const NO_SUCH_OBJECT = 32;
const INVALID_DN = 34;
const REFERRAL = 10;

/** Throws `SOURCE_BASE_MISSING` unless `text` is a distinguished name. */
export function verifyBaseDn(text: string): void {
  try {
    if (parseDn(text).length > 0) return;
  } catch (cause) {
    const problems = cause instanceof ReconcileError ? cause.problems : [];
    const remedy = 'Write baseDn as AD does, with "\\," for a comma inside a name: OU=Staff,DC=company,DC=org.';
    throw new ReconcileError('SOURCE_BASE_MISSING', `baseDn "${text}" is not a distinguished name`, {
      remedy,
      problems,
    });
  }
  throw new ReconcileError('SOURCE_BASE_MISSING', 'baseDn is empty', {
    remedy: 'Write baseDn, e.g. DC=company,DC=org.',
  });
}

/** The domain that holds the base DN. Throws `SOURCE_BASE_MISSING` if this server holds another one. */
export function findContext(baseDn: string, contexts: readonly string[], server: string): string {
  const [context] = contexts.filter((dn) => isDnUnder(baseDn, dn)).sort((one, other) => other.length - one.length);
  if (context !== undefined) return context;
  const isShort = !/(?:^|,)\s*DC=/i.test(baseDn) && contexts[0] !== undefined;
  const remedy = isShort
    ? `Write the whole name as baseDn: ${baseDn},${contexts[0]}`
    : 'Correct the DC= parts of baseDn, or name a domain controller of that domain in urls.';
  throw new ReconcileError('SOURCE_BASE_MISSING', `${server} does not hold the domain of baseDn "${baseDn}"`, {
    remedy,
    problems: contexts.map((dn) => ({ where: server, what: `holds ${dn}` })),
  });
}

/** Throws `SOURCE_BASE_MISSING` with the nearest names that do exist, if the base DN does not. */
export async function verifyBaseExists(connection: LdapConnection, baseDn: string, context: string): Promise<void> {
  if (await hasEntry(connection, baseDn)) return;
  const parent = await findNearestParent(connection, baseDn, context);
  const levels = (await readLevels(connection, parent)).filter((dn) => !isDnUnder(dn, `CN=System,${context}`));
  const near = findNearNames(levels, levelsBetween(baseDn, parent).at(-1) ?? '').slice(0, 3);
  const below = levels.filter((dn) => areDnsEqual(parentOf(dn) ?? '', parent)).slice(0, 8);
  const found = near.length > 0 ? near.map((dn) => `did you mean ${dn}`) : below.map((dn) => `below it is ${dn}`);
  const problems: Problem[] = [`nearest level that exists: ${parent}`, ...found].map((what) => ({
    where: 'baseDn',
    what,
  }));
  throw new ReconcileError(
    'SOURCE_BASE_MISSING',
    `baseDn "${baseDn}" does not exist on ${connection.server}, or may not be seen by user`,
    {
      remedy: 'Correct baseDn, or give the account of user the right to list it.',
      problems,
    },
  );
}

/** True if the entry is there and may be seen. A DN of another domain counts as absent. */
export async function hasEntry(connection: LdapConnection, dn: string): Promise<boolean> {
  return (await findEntry(connection, dn, ['objectClass'])) !== undefined;
}

/** Undefined if the entry is not there, may not be seen, or is in another domain. */
export async function findEntry(
  connection: LdapConnection,
  dn: string,
  attributes: readonly string[],
): Promise<Entry | undefined> {
  try {
    return await readEntry(connection, dn, attributes);
  } catch (error) {
    const code = resultCodeOf(error);
    if (code === NO_SUCH_OBJECT || code === INVALID_DN || code === REFERRAL) return undefined;
    throw error;
  }
}

async function findNearestParent(connection: LdapConnection, baseDn: string, context: string): Promise<string> {
  for (let dn = parentOf(baseDn); dn !== null && isDnUnder(dn, context); dn = parentOf(dn)) {
    if (await hasEntry(connection, dn)) return dn;
  }
  return context;
}

async function readLevels(connection: LdapConnection, parent: string): Promise<readonly string[]> {
  const classes = ['organizationalUnit', 'container', 'builtinDomain'];
  const filters = classes.map((value) => new EqualityFilter({ attribute: 'objectClass', value }));
  const request = { base: parent, scope: 'sub', filter: new OrFilter({ filters }), attributes: ['1.1'] } as const;
  return (await readAnswer(connection, request, { pageSize: 1000 })).entries.map(({ dn }) => dn);
}

/** Levels that look like the missing one: the same name further down, almost the same name, or one inside the other. */
function findNearNames(levels: readonly string[], missing: string): readonly string[] {
  const limit = Math.max(2, Math.floor(missing.length / 3));
  const isNear = (name: string, distance: number): boolean =>
    distance <= limit ||
    (Math.min(name.length, missing.length) > 2 && (name.includes(missing) || missing.includes(name)));
  return levels
    .map((dn) => ({ dn, name: firstName(dn), distance: distanceBetween(missing, firstName(dn)) }))
    .filter(({ name, distance }) => isNear(name, distance))
    .sort((one, other) => one.distance - other.distance || one.dn.length - other.dn.length)
    .map(({ dn }) => dn);
}

function levelsBetween(dn: string, parent: string): readonly string[] {
  const names = parseDn(dn).map((rdn) => foldCase(rdn[0]?.value ?? ''));
  return names.slice(0, names.length - parseDn(parent).length);
}

function firstName(dn: string): string {
  return foldCase(parseDn(dn)[0]?.[0]?.value ?? '');
}
