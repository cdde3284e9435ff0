import type { Fact } from '../../model/schema/generated/plan.ts';
import { fact } from '../../model/facts/fact.ts';
import { AndFilter, EqualityFilter, NotFilter, OrFilter } from 'ldapts';
import type { Filter } from 'ldapts';

import { isDnUnder, normaliseDn } from '../../model/directory/distinguished-name.ts';
import { ReconcileError } from '../../model/errors.ts';
import { withRid } from '../../model/directory/sid.ts';
import { findEntry } from './ldap-base.ts';
import type { LdapConnection, LdapRequest } from './ldap-connection.ts';
import { resultCodeOf } from './ldap-problems.ts';
import { DEFAULT_QUERY, parseQuery } from './ldap-query.ts';
import {} from './ldap-query-advice.ts';
import { UNIT_CURE } from '../../model/facts/reading-sentences.ts';
import type { LdapQuery } from './ldap-query.ts';
import { readAnswer, visitEntries } from './ldap-search.ts';
import type { LdapAnswer } from './ldap-search.ts';
import { verifyAttributesExist } from './ldap-schema.ts';
import type { LdapSession } from './ldap-session.ts';
import { findByValues } from '../../model/directory/find-by-values.ts';
import { buildReferralWarnings, listReferredDomains } from '../../model/directory/referrals.ts';
import { BASE_ATTRIBUTES, GROUP_ATTRIBUTES } from '../../model/directory/source.ts';
import { hasObjectClass, valueOf } from '../../model/directory/entry.ts';
import type { Entry } from '../../model/directory/entry.ts';
import type { AttributeValue, DomainAnswer, EntryTaker, SourceSnapshot } from '../../model/directory/source.ts';

interface Reading {
  /** Beside `BASE_ATTRIBUTES`. */
  readonly attributes: readonly string[];
  readonly pageSize: number;
}

interface Visit {
  readonly pageSize: number;
  readonly limit: number;
  readonly visit: (entry: Entry) => void;
}

const ASSERTIONS_PER_SEARCH = 100;
/** Of everybody in the domain only what tells who it is and why not selected. */
const DOMAIN_ATTRIBUTES = ['objectGUID'];

interface SnapshotReading extends Reading {
  readonly baseDn: string;
  readonly query: LdapQuery;
  readonly taker?: EntryTaker | undefined;
}

/** All groups of the domain, and people below the base that the query selects. */
export async function readSnapshot(
  { connection, context, schema, warnings }: LdapSession,
  { baseDn, query, attributes, pageSize, taker }: SnapshotReading,
): Promise<Pick<SourceSnapshot, 'server' | 'selected' | 'groups' | 'pages' | 'warnings' | 'unreadDomains'>> {
  const unverified = await verifyGroupsExist(connection, context, query.groupDns);
  const wanted = joinAttributes(BASE_ATTRIBUTES, attributes);
  const groupFilter = new EqualityFilter({ attribute: 'objectCategory', value: 'group' });
  const groups = await readSubtree(
    connection,
    { base: context, filter: groupFilter, attributes: joinAttributes(wanted, GROUP_ATTRIBUTES) },
    pageSize,
  );
  verifyReadable(groups, 'groups', connection.server);
  taker?.takeGroups(groups.entries);
  const search = { base: baseDn, scope: 'sub', filter: query.filter, attributes: wanted } as const;
  const people = await readAnswer(connection, search, { pageSize, take: (entry) => taker?.take(entry) });
  verifyReadable(people, 'accounts', connection.server);
  const compared = [...attributes, ...query.attributes.filter((name) => name !== '')];
  await verifyAttributesExist({ connection, schema }, compared, [...people.entries, ...groups.entries]);
  const unreadDomains = listReferredDomains(people.referrals);
  const emptiness = groups.entries.length === 0 ? [fact('groups-unseen')] : [];
  return {
    server: connection.server,
    selected: people.entries,
    groups: groups.entries,
    pages: people.pages + groups.pages,
    unreadDomains,
    warnings: [...warnings, ...query.warnings, ...unverified, ...buildReferralWarnings(unreadDomains), ...emptiness],
  };
}

/** Entries by DN, anywhere in the domain; those that do not exist are left out. */
export async function lookUpDns(
  { connection, context }: LdapSession,
  { dns, attributes, pageSize }: Reading & { readonly dns: readonly string[] },
): Promise<readonly Entry[]> {
  const distinct = [...new Map(dns.map((dn) => [normaliseDn(dn), dn])).values()];
  const filters = distinct.map((value) => new EqualityFilter({ attribute: 'distinguishedName', value }));
  return readAny(connection, { context, filters, within: null, attributes, pageSize });
}

/** People and groups by values of attributes, anywhere in the domain. The values go as they are: no escape can be forgotten. */
export async function lookUpValues(
  { connection, context }: LdapSession,
  { values, attributes, pageSize }: Reading & { readonly values: readonly AttributeValue[] },
): Promise<readonly Entry[]> {
  const distinct = [...new Map(values.map((one) => [JSON.stringify([one.attribute, one.value]), one])).values()];
  const filters = distinct.map(({ attribute, value }) => new EqualityFilter({ attribute, value }));
  const isGroup = new EqualityFilter({ attribute: 'objectCategory', value: 'group' });
  const within = new OrFilter({ filters: [parseQuery(DEFAULT_QUERY).filter, isGroup] });
  const found = await readAny(connection, { context, filters, within, attributes, pageSize });
  return findByValues(found, values);
}

interface AnyOf extends Reading {
  readonly context: string;
  /** One of them must hold. */
  readonly filters: readonly Filter[];
  /** And this; null = nothing more. */
  readonly within: Filter | null;
}

async function readAny(
  connection: LdapConnection,
  { context, filters, within, attributes, pageSize }: AnyOf,
): Promise<readonly Entry[]> {
  const wanted = joinAttributes(BASE_ATTRIBUTES, attributes);
  const found = new Map<string, Entry>();
  for (let start = 0; start < filters.length; start += ASSERTIONS_PER_SEARCH) {
    const anyOf = new OrFilter({ filters: filters.slice(start, start + ASSERTIONS_PER_SEARCH) });
    const filter = within === null ? anyOf : new AndFilter({ filters: [within, anyOf] });
    const { entries } = await readSubtree(connection, { base: context, filter, attributes: wanted }, pageSize);
    for (const entry of entries) found.set(normaliseDn(entry.dn), entry);
  }
  return [...found.values()];
}

/** The first `limit` entries that the query selects, with all their attributes; of very long lists the first values. */
export async function visitSelected(
  { connection }: LdapSession,
  { baseDn, query, ...how }: Visit & { readonly baseDn: string; readonly query: LdapQuery },
): Promise<void> {
  const request = { base: baseDn, scope: 'sub', filter: query.filter, attributes: ['*'] } as const;
  await visitEntries(connection, request, how);
}

/** Entries below the base that a filter selects; for a filter that is narrower than the query. */
export async function readSelected(
  { connection }: LdapSession,
  { baseDn, filter, attributes, pageSize }: Reading & { readonly baseDn: string; readonly filter: Filter },
): Promise<readonly Entry[]> {
  const wanted = joinAttributes(BASE_ATTRIBUTES, attributes);
  return (await readSubtree(connection, { base: baseDn, filter, attributes: wanted }, pageSize)).entries;
}

/** Every person of the domain, whatever base and query say. */
export async function readDomain(session: LdapSession, { attributes, pageSize }: Reading): Promise<DomainAnswer> {
  const { connection, context } = session;
  const wanted = joinAttributes(DOMAIN_ATTRIBUTES, attributes);
  const { filter } = parseQuery(DEFAULT_QUERY);
  const people = await readSubtree(connection, { base: context, filter, attributes: wanted }, pageSize);
  verifyReadable(people, 'accounts', connection.server);
  const deleted = await readDeleted(session, { attributes: wanted, pageSize });
  // AD keeps deleted entries for half a year, so none at all means: hidden.
  const warning = fact('deleted-unseen', { server: connection.server });
  return { people: people.entries, deleted, warnings: deleted.length === 0 ? [warning] : [] };
}

/** Usually only administrators may list deleted entries; without that right there are none to tell of. */
async function readDeleted(
  { connection, context }: LdapSession,
  { attributes, pageSize }: Reading,
): Promise<readonly Entry[]> {
  const isComputer = new EqualityFilter({ attribute: 'objectClass', value: 'computer' });
  const filters = [
    new EqualityFilter({ attribute: 'isDeleted', value: 'TRUE' }),
    new EqualityFilter({ attribute: 'objectClass', value: 'user' }),
    new NotFilter({ filter: isComputer }),
  ];
  const base = `CN=Deleted Objects,${context}`;
  const request = { base, scope: 'sub', filter: new AndFilter({ filters }), attributes, showDeleted: true } as const;
  try {
    return (await readAnswer(connection, request, { pageSize })).entries;
  } catch (error) {
    // 12 no such control, 32 not visible, 50 no right.
    if ([12, 32, 50].includes(resultCodeOf(error) ?? 0)) return [];
    throw error;
  }
}

function readSubtree(
  connection: LdapConnection,
  request: Pick<LdapRequest, 'base' | 'filter' | 'attributes'>,
  pageSize: number,
): Promise<LdapAnswer> {
  return readAnswer(connection, { ...request, scope: 'sub' }, { pageSize });
}

/** AD answers "nobody" and no error if a group in a query does not exist. Returns warnings. */
async function verifyGroupsExist(
  connection: LdapConnection,
  context: string,
  groupDns: readonly string[],
): Promise<readonly Fact[]> {
  const foreign = groupDns.filter((dn) => !isDnUnder(dn, context));
  const warnings = foreign.map((group) => fact('group-elsewhere', { group }));
  for (const dn of groupDns) {
    if (foreign.includes(dn)) continue;
    const group = await findEntry(connection, dn, ['objectSid', 'objectClass']);
    if (group !== undefined) {
      if (isNoGroup(group)) throw noGroup(dn);
      if (isDomainUsers(group)) warnings.push(fact('primary-group', { group: dn, id: DOMAIN_USERS }));
      continue;
    }
    throw new ReconcileError('SOURCE_QUERY_INVALID', `the group "${dn}" of the query does not exist in this domain`, {
      remedy: 'Copy the distinguishedName of the group into the query, and let the account of user see it.',
      problems: [{ where: 'query', what: `memberOf ${dn}` }],
    });
  }
  return warnings;
}

/** What may not be read may be one. */
function isNoGroup(entry: Entry): boolean {
  return entry.attributes.has('objectclass') && !hasObjectClass(entry, 'group');
}

function noGroup(dn: string): ReconcileError {
  return new ReconcileError('SOURCE_QUERY_INVALID', `"${dn}" of the query is no group, so nobody is a member of it`, {
    remedy: UNIT_CURE,
    problems: [{ where: 'query', what: `memberOf ${dn}` }],
  });
}

/** Relative identifier of Domain Users, whatever its name is in the language of the domain (MS-ADTS §6.1.1.6). */
const DOMAIN_USERS = '513';

function isDomainUsers(group: Entry): boolean {
  const sid = valueOf(group, 'objectSid');
  return sid !== undefined && withRid(sid, DOMAIN_USERS) === sid;
}

/** Entries that may be listed but not read come without attributes and without an error. */
function verifyReadable({ entries }: LdapAnswer, what: string, server: string): void {
  if (entries.length === 0 || entries.some(({ attributes }) => attributes.has('objectguid'))) return;
  throw new ReconcileError('SOURCE_INCOMPLETE', `${server} shows ${entries.length} ${what} but not their attributes`, {
    remedy: 'Give the account of user the right to read all properties in the domain.',
  });
}

function joinAttributes(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Map(lists.flat().map((name) => [name.toLowerCase(), name])).values()];
}
