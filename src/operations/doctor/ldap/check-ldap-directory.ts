import { factText } from '../../../model/facts/fact.ts';
import { isPresent } from '../../../adapters/ldap/ldap-filters.ts';
import type { ConfiguredSource } from '../../../model/configuration/configuration.ts';
import { isDnUnder } from '../../../model/directory/distinguished-name.ts';
import type { Entry } from '../../../model/directory/entry.ts';
import { ReconcileError } from '../../../model/errors.ts';
import { attributesToRead } from '../../../model/mapping/mapped-attributes.ts';
import type { LdapConfiguration } from '../../../model/schema/generated/organisation.ts';
import { findContext, hasEntry, verifyBaseDn, verifyBaseExists } from '../../../adapters/ldap/ldap-base.ts';
import { resultCodeOf, translateSearchFailure } from '../../../adapters/ldap/ldap-problems.ts';
import { DEFAULT_QUERY, parseQuery, type LdapQuery } from '../../../adapters/ldap/ldap-query.ts';
import { readSnapshot } from '../../../adapters/ldap/ldap-reads.ts';
import { findUnknownAttributes, type SchemaPlace } from '../../../adapters/ldap/ldap-schema.ts';
import { readEntry, visitEntries } from '../../../adapters/ldap/ldap-search.ts';
import type { SourceSnapshot } from '../../../model/directory/source.ts';
import { buildDiagnosis, diagnoseRefusal, type Check, type CheckWriter, type DiagnosisCode } from '../check.ts';
import { checkContents, namesOfMapping, skipContents } from '../check-contents.ts';
import type { ReachedServer } from './check-ldap-server.ts';
import { checkPageSize } from './check-page-size.ts';
import type { DoctorQuestion } from '../doctor-question.ts';

export interface DirectoryQuestion {
  readonly question: DoctorQuestion;
  readonly configured: ConfiguredSource;
  readonly ldap: LdapConfiguration;
  readonly write: CheckWriter;
}

/** What can be said of base and query without a directory; everything else as not tested. */
export function skipDirectory(at: DirectoryQuestion, why: string): readonly Check[] {
  const { write, ldap, configured } = at;
  const query = parseOwnQuery(configured, write);
  return [
    verifyOwnBase(ldap, write) ?? write.skipped('source.base', why),
    'check' in query ? query.check : write.skipped('source.query', `${why}; its syntax is right`),
    write.skipped('source.pageSize', why),
    ...skipContents(write, why),
  ];
}

/** Base DN, query, page size, rights and contents, on a connection that is logged in. */
export async function checkLdapDirectory(server: ReachedServer, at: DirectoryQuestion): Promise<readonly Check[]> {
  const { write, configured, ldap } = at;
  const { context, check: base } = await checkBase(server, ldap, write);
  const parsed = parseOwnQuery(configured, write);
  const query = 'check' in parsed ? parsed.check : await checkGroups({ server, context, query: parsed.query }, write);
  const isReady = base.status !== 'failed' && query.status !== 'failed' && 'query' in parsed && context !== null;
  if (!isReady) {
    const why = base.status === 'failed' ? 'needs a base DN that exists' : 'needs a query that works';
    return [base, query, write.skipped('source.pageSize', why), ...skipContents(write, why)];
  }
  const place = { server, context, query: parsed.query };
  const pageSize = await refuseSoftly(() => checkPageSize(place, ldap, write), 'source.pageSize', { write, server });
  return [base, query, pageSize, ...(await checkReading(place, at))];
}

interface Place {
  readonly server: ReachedServer;
  readonly context: string;
  readonly query: LdapQuery;
}

async function checkBase(
  { connection, root }: ReachedServer,
  { baseDn }: LdapConfiguration,
  write: CheckWriter,
): Promise<{ context: string | null; check: Check }> {
  try {
    verifyBaseDn(baseDn);
    const context = findContext(baseDn, root.contexts, connection.server);
    await verifyBaseExists(connection, baseDn, context);
    const isReadable = (await readEntry(connection, baseDn, ['objectClass']))?.attributes.has('objectclass');
    if (isReadable === true) return { context, check: write.passed('source.base', `${baseDn} exists`) };
    const fix = 'Give the account of user the right to read all properties below the base DN.';
    const diagnosis = buildDiagnosis({ code: 'BASE_UNREADABLE', error: 'SOURCE_INCOMPLETE' }, fix);
    return { context, check: write.failed('source.base', `${baseDn} may be listed but not read`, diagnosis) };
  } catch (error) {
    const refusal = asRefusal(error, connection.server);
    const code = refusal.code === 'SOURCE_BASE_MISSING' ? 'BASE_MISSING' : 'READ_INCOMPLETE';
    return { context: null, check: write.failed('source.base', refusal.message, diagnoseRefusal(refusal, code)) };
  }
}

function verifyOwnBase({ baseDn }: LdapConfiguration, write: CheckWriter): Check | undefined {
  try {
    verifyBaseDn(baseDn);
    return undefined;
  } catch (error) {
    const refusal = asRefusal(error, '');
    return write.failed('source.base', refusal.message, diagnoseRefusal(refusal, 'BASE_MISSING'));
  }
}

function parseOwnQuery({ query }: ConfiguredSource, write: CheckWriter): { query: LdapQuery } | { check: Check } {
  try {
    return { query: parseQuery(query ?? DEFAULT_QUERY) };
  } catch (error) {
    const refusal = asRefusal(error, '');
    return { check: write.failed('source.query', refusal.message, diagnoseRefusal(refusal, 'QUERY_INVALID')) };
  }
}

/** AD answers "nobody" and no error if a group in a query does not exist. */
async function checkGroups(
  { server, context, query: { groupDns, attributes, warnings } }: Omit<Place, 'context'> & { context: string | null },
  write: CheckWriter,
): Promise<Check> {
  const missing: string[] = [];
  const own = groupDns.filter((dn) => context === null || isDnUnder(dn, context));
  for (const dn of own) if (!(await hasEntry(server.connection, dn))) missing.push(dn);
  const unknown = [...(await findUnknownAttributes(schemaOf(server), attributes))].filter((name) => name !== '');
  const doubts = [
    ...warnings.map(factText),
    ...unknown.map((name) => `the directory’s schema has no attribute "${name}"`),
  ];
  if (missing.length === 0 && doubts.length > 0) {
    const fix = 'Look with zivver-gitops preview whether it selects the right people.';
    const diagnosis = buildDiagnosis({ code: 'QUERY_DOUBTFUL', error: 'SOURCE_QUERY_INVALID' }, fix, doubts);
    return write.warned('source.query', 'its syntax is right, but it may not mean what you want', diagnosis);
  }
  if (missing.length === 0) {
    const groups = groupDns.length === 0 ? '' : `; ${own.length} of its ${groupDns.length} groups found`;
    return write.passed('source.query', `its syntax is right${groups}`);
  }
  const fix = 'Copy the distinguishedName of the group into the query, and let the account of user see it.';
  const details = missing.map((dn) => `no such group: ${dn}`);
  const diagnosis = buildDiagnosis({ code: 'GROUP_MISSING', error: 'SOURCE_QUERY_INVALID' }, fix, details);
  return write.failed('source.query', 'it names a group that does not exist, so it selects nobody', diagnosis);
}

async function checkReading({ server, context, query }: Place, at: DirectoryQuestion): Promise<readonly Check[]> {
  const { write, configured, ldap, question } = at;
  const { connection } = server;
  // What the schema does not know is a check of its own.
  const session = { connection, context, schema: null, warnings: [] };
  const reading = { baseDn: ldap.baseDn, query, attributes: attributesToRead(configured), pageSize: 1000 };
  try {
    const snapshot: SourceSnapshot = {
      name: configured.name,
      kind: 'ldap',
      baseDn: ldap.baseDn,
      ...(await readSnapshot(session, reading)),
    };
    if (snapshot.selected.length === 0) return explainNobody(await isHidden(server, ldap), at);
    const unknown = await findUnknownAttributes(
      schemaOf(server),
      namesOfMapping(configured).map(({ attribute }) => attribute),
    );
    return checkContents({ question, configured, snapshot, unknown, write });
  } catch (error) {
    const refusal = asRefusal(error, connection.server);
    const isUnreadable = await isHidden(server, ldap).catch(() => false);
    if (isUnreadable) return explainNobody(true, at);
    const code = codeOfReading(refusal);
    const check = write.failed('source.entries', refusal.message, diagnoseRefusal(refusal, code));
    return [check, ...skipContents(write, 'needs entries').slice(1)];
  }
}

function explainNobody(isUnreadable: boolean, { write, configured }: DirectoryQuestion): readonly Check[] {
  const rest = skipContents(write, 'needs entries').slice(1);
  if (isUnreadable) {
    const fix = 'Give the account of user the right to read all properties below the base DN.';
    const diagnosis = buildDiagnosis({ code: 'NOT_READABLE', error: 'SOURCE_INCOMPLETE' }, fix);
    return [write.failed('source.entries', 'entries may be listed but not read', diagnosis), ...rest];
  }
  const fix = 'Correct query or baseDn until it selects the people who shall have an account.';
  const diagnosis = buildDiagnosis({ code: 'NOBODY_SELECTED', error: 'SOURCE_IMPLAUSIBLE' }, fix, [
    `query: ${configured.query ?? DEFAULT_QUERY}`,
  ]);
  return [write.failed('source.entries', 'the query selects nobody below the base DN', diagnosis), ...rest];
}

/** What may be listed but not read comes without a single attribute, and without an error. */
async function isHidden({ connection }: ReachedServer, { baseDn }: LdapConfiguration): Promise<boolean> {
  const found: Entry[] = [];
  const filter = isPresent('objectClass');
  const request = { base: baseDn, scope: 'sub', filter, attributes: ['objectClass'] } as const;
  await visitEntries(connection, request, { pageSize: 200, limit: 200, visit: (entry) => found.push(entry) });
  const below = found.filter(({ dn }) => isDnUnder(dn, baseDn) && !isDnUnder(baseDn, dn));
  return below.length > 0 && below.every(({ attributes }) => attributes.size === 0);
}

function schemaOf({ connection, root }: ReachedServer): SchemaPlace {
  return { connection, schema: root.schemaContext };
}

function codeOfReading({ code, cause }: ReconcileError): DiagnosisCode {
  const result = resultCodeOf(cause);
  if (code === 'SOURCE_QUERY_INVALID') return 'QUERY_INVALID';
  if (result === 4) return 'PAGE_SIZE_TOO_LARGE';
  if (result === 50) return 'NOT_READABLE';
  return result === null || [51, 52].includes(result) ? 'READ_INCOMPLETE' : 'QUERY_REFUSED';
}

async function refuseSoftly(
  action: () => Promise<Check>,
  id: Check['id'],
  { write, server }: { readonly write: CheckWriter; readonly server: ReachedServer },
): Promise<Check> {
  try {
    return await action();
  } catch (error) {
    const refusal = asRefusal(error, server.connection.server);
    return write.failed(id, refusal.message, diagnoseRefusal(refusal, codeOfReading(refusal)));
  }
}

function asRefusal(error: unknown, server: string): ReconcileError {
  const translated = translateSearchFailure(error, server, 'reading');
  if (translated instanceof ReconcileError) return translated;
  throw translated;
}
