import type { ConfiguredSource } from '../../../model/configuration/configuration.ts';
import { areDnsEqual } from '../../../model/directory/distinguished-name.ts';
import { ReconcileError } from '../../../model/errors.ts';
import type { LdapConfiguration } from '../../../model/schema/generated/organisation.ts';
import { verifyBaseExists } from '../../../adapters/ldap/ldap-base.ts';
import type { LdapConnection, LdapLogin } from '../../../adapters/ldap/ldap-connection.ts';
import { translateSearchFailure } from '../../../adapters/ldap/ldap-problems.ts';
import { DEFAULT_QUERY, parseQuery } from '../../../adapters/ldap/ldap-query.ts';
import { visitEntries } from '../../../adapters/ldap/ldap-search.ts';
import { verifySameDomain } from '../../../adapters/ldap/ldap-second.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check, type CheckWriter } from '../check.ts';
import type { ReachedServer } from './check-ldap-server.ts';
import { explainRefusal } from '../explain-refusal.ts';

export interface FurtherServer {
  readonly server: ReachedServer;
  /** Logged in. */
  readonly first: ReachedServer;
  readonly login: LdapLogin;
  readonly configured: ConfiguredSource;
  readonly ldap: LdapConfiguration;
}

/**
 * A domain controller after the first one: plan reads it if the first is down, and asks it before anybody who is missing
 * is suspended. So it must take the login, hold the same domain, and know the same people.
 */
export async function checkFurtherServer(further: FurtherServer): Promise<readonly Check[]> {
  const { server, first, login, configured } = further;
  const write = buildCheckWriter(configured.name, server.connection.server);
  const skip = (why: string): Check => write.skipped('source.agreement', why);
  try {
    await server.connection.logIn();
  } catch (error) {
    return [{ ...explainRefusal(error, { server, login }, write), status: 'warned' }, skip('needs a login')];
  }
  const passed = write.passed('source.login', `${login.user} may log in`);
  try {
    await verifySameDomain(asSession(first), asSession(server));
    await verifyBaseExists(server.connection, further.ldap.baseDn, asSession(server).context);
    return [passed, await compareSelections(further, write)];
  } catch (error) {
    const refusal = translateSearchFailure(error, server.connection.server, 'being compared');
    if (!(refusal instanceof ReconcileError)) throw refusal;
    return [passed, write.failed('source.agreement', refusal.message, diagnoseRefusal(refusal, 'SERVERS_DISAGREE'))];
  }
}

async function compareSelections(further: FurtherServer, write: CheckWriter): Promise<Check> {
  const { server, first, configured, ldap } = further;
  if (server.root.serviceName !== null && areDnsEqual(server.root.serviceName, first.root.serviceName ?? '')) {
    const what = `it is the same domain controller as ${first.connection.server}, so it confirms nothing`;
    const fix = 'Name another domain controller in urls, or only one.';
    return write.warned(
      'source.agreement',
      what,
      buildDiagnosis({ code: 'SAME_SERVER', error: 'CONFIGURATION_INVALID' }, fix),
    );
  }
  const counts = await Promise.all(
    [server, first].map(({ connection }) => countSelected(connection, configured, ldap)),
  );
  const [own = 0, other = 0] = counts;
  if (own === other) return write.passed('source.agreement', `same domain, and selects ${own} entries as well`);
  const what = `selects ${own} entries, ${first.connection.server} selects ${other}`;
  const fix = 'Look at the replication of the domain controllers (repadmin /showrepl).';
  const details = ['plan holds back who is missing on one of them only, and refuses if they are many'];
  return write.warned(
    'source.agreement',
    what,
    buildDiagnosis({ code: 'SERVERS_DISAGREE', error: 'SOURCE_IMPLAUSIBLE' }, fix, details),
  );
}

async function countSelected(
  connection: LdapConnection,
  { query }: ConfiguredSource,
  { baseDn }: LdapConfiguration,
): Promise<number> {
  let count = 0;
  const { filter } = parseQuery(query ?? DEFAULT_QUERY);
  const request = { base: baseDn, scope: 'sub', filter, attributes: ['1.1'] } as const;
  await visitEntries(connection, request, {
    pageSize: 1000,
    limit: Number.POSITIVE_INFINITY,
    visit: () => (count += 1),
  });
  return count;
}

function asSession({ connection, root }: ReachedServer) {
  return { connection, context: root.context ?? '', schema: root.schemaContext, warnings: [] };
}
