import type { Fact } from '../../model/schema/generated/plan.ts';
import { ReconcileError } from '../../model/errors.ts';
import { findContext, verifyBaseExists } from './ldap-base.ts';
import type { LdapConnection, LdapLogin } from './ldap-connection.ts';
import { translateSearchFailure } from './ldap-problems.ts';
import { readEntry } from './ldap-search.ts';
import { openFirstServer } from './ldap-servers.ts';

/** A connection that is logged in, and what was learnt about the domain behind it. */
export interface LdapSession {
  readonly connection: LdapConnection;
  /** The root of the domain that holds the base DN. */
  readonly context: string;
  /** DN of the forest's schema; null: the server does not say. */
  readonly schema: string | null;
  readonly warnings: readonly Fact[];
}

const ROOT_ATTRIBUTES = ['namingContexts', 'defaultNamingContext', 'schemaNamingContext', 'isSynchronized'];

/** Throws `SOURCE_*`: unreachable, TLS, credentials, base missing, or implausible for a server that is not up to date. */
export async function openSession(urls: readonly string[], login: LdapLogin, baseDn: string): Promise<LdapSession> {
  const { connection, warnings } = await openFirstServer(urls, login);
  try {
    const root = await readEntry(connection, '', ROOT_ATTRIBUTES);
    const attributes = root?.attributes;
    verifySynchronized(attributes?.get('issynchronized')?.[0], connection.server);
    const contexts = attributes?.get('namingcontexts') ?? attributes?.get('defaultnamingcontext') ?? [];
    const context = findContext(baseDn, contexts, connection.server);
    await verifyBaseExists(connection, baseDn, context);
    return { connection, context, schema: attributes?.get('schemanamingcontext')?.[0] ?? null, warnings };
  } catch (error) {
    await connection.close();
    throw translateSearchFailure(error, connection.server, 'describing itself');
  }
}

/** A domain controller that has just been installed or restored says FALSE: it does not hold everybody yet. */
function verifySynchronized(value: string | undefined, server: string): void {
  if (value?.toUpperCase() !== 'FALSE') return;
  throw new ReconcileError('SOURCE_IMPLAUSIBLE', `${server} has not finished its replication (isSynchronized: FALSE)`, {
    remedy: 'Wait until it has, or name another domain controller first in urls.',
  });
}
