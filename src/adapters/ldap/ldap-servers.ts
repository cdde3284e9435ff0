import type { Fact } from '../../model/schema/generated/plan.ts';
import { fact } from '../../model/facts/fact.ts';
import { ReconcileError } from '../../model/errors.ts';
import type { Problem } from '../../model/errors.ts';
import { LdapConnection } from './ldap-connection.ts';
import type { LdapLogin } from './ldap-connection.ts';
import { discoverServers, isDiscovered } from './ldap-discovery.ts';
import { translateOpenFailure } from './ldap-problems.ts';

export interface OpenedServer {
  readonly connection: LdapConnection;
  /** One for every server that had to be passed over. */
  readonly warnings: readonly Fact[];
}

/**
 * Opens a connection to the first server that can be used. Only what concerns the connection leads to the next one: a
 * refused password does not, since every further try counts towards a lock-out.
 * Throws `SOURCE_UNREACHABLE`, `SOURCE_TLS` or `SOURCE_CREDENTIALS`.
 */
export async function openFirstServer(urls: readonly string[], login: LdapLogin): Promise<OpenedServer> {
  const failures: ReconcileError[] = [];
  for (const url of await discoverServers(urls)) {
    const connection = new LdapConnection(url, login);
    try {
      await connection.open();
      return { connection, warnings: failures.map((failure) => fact('next-server-read', { why: failure.message })) };
    } catch (error) {
      await connection.close();
      failures.push(asConnectionFailure(translateOpenFailure(error, connection, login.user)));
    }
  }
  throw combineFailures(failures);
}

/** Throws `SOURCE_TLS` for servers that would get the password in the clear, `CONFIGURATION_INVALID` for other URLs. */
export function verifyUrls(urls: readonly string[], startTls: boolean): void {
  const faults = urls.flatMap((url): Problem[] =>
    isLdapUrl(url) || isDiscovered(url) ? [] : [{ where: url, what: 'not an LDAP URL' }],
  );
  if (faults.length > 0 || urls.length === 0) {
    throw new ReconcileError('CONFIGURATION_INVALID', 'urls does not name LDAP servers', {
      remedy:
        'Write urls as ldaps://dc1.company.org, or ldaps+srv://company.org for all of a domain, without user, path or query.',
      problems: faults,
    });
  }
  const catalogues = urls.filter((url) => /:326[89]\/?$/.test(url));
  if (catalogues.length > 0) {
    throw new ReconcileError('CONFIGURATION_INVALID', `${catalogues.join(', ')} is the global catalogue`, {
      remedy:
        'Write port 636 (or none): the catalogue has only some attributes of everybody, so aliases, numbers and groups would seem to be gone.',
    });
  }
  const open = urls.filter((url) => /^ldap(?:\+srv)?:/i.test(url));
  if (startTls || open.length === 0) return;
  throw new ReconcileError('SOURCE_TLS', `the password would be sent in the clear to ${open.join(', ')}`, {
    remedy: 'Use ldaps://, or set startTls: true.',
  });
}

function isLdapUrl(url: string): boolean {
  return /^ldaps?:\/\/(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?\/?$/i.test(url) && URL.canParse(url);
}

function asConnectionFailure(error: unknown): ReconcileError {
  const isConnectionFailure = error instanceof ReconcileError && error.code !== 'SOURCE_CREDENTIALS';
  if (!isConnectionFailure) throw error;
  return error;
}

function combineFailures(failures: readonly ReconcileError[]): ReconcileError {
  // A refused certificate is news; a server that is down may be down for maintenance.
  const telling = failures.find(({ code }) => code === 'SOURCE_TLS') ?? failures[0];
  if (telling === undefined) throw new TypeError('no server was tried');
  if (failures.length === 1) return telling;
  return new ReconcileError(telling.code, `none of ${failures.length} servers can be used; ${telling.message}`, {
    remedy: telling.remedy,
    problems: failures.flatMap((failure) => [{ where: 'urls', what: failure.message }, ...failure.problems]),
    cause: telling,
  });
}
