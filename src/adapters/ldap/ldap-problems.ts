import { ResultCodeError } from 'ldapts';

import { ReconcileError } from '../../model/errors.ts';
import { buildCredentialsError, isServerFault, reasonOf } from './ldap-credentials.ts';
import type { LdapConnection } from './ldap-connection.ts';
import { buildCertificateError, isCertificateFault } from './ldap-certificate.ts';

/** Why a connection could not be opened: `SOURCE_UNREACHABLE`, `SOURCE_TLS` or `SOURCE_CREDENTIALS`. */
export function translateOpenFailure(error: unknown, connection: LdapConnection, user: string): unknown {
  const credentials = buildCredentialsError(error, user, connection.server);
  if (credentials !== undefined || !(error instanceof Error)) return credentials ?? error;
  if (isCertificateFault(error)) return buildCertificateError(error, connection.server, connection.certificate);
  const { code, what, remedy } = describeOpenFailure(error, connection);
  return new ReconcileError(code, `${connection.server} cannot be used: ${what}`, { remedy, cause: error });
}

/** Whatever stops a search that had begun: its answer is not complete, `SOURCE_INCOMPLETE`. */
export function translateSearchFailure(error: unknown, server: string, task: string): unknown {
  if (error instanceof ReconcileError || !(error instanceof Error)) return error;
  if (error instanceof TypeError || error instanceof ReferenceError) return error;
  const { what, remedy } = describeSearchFailure(error);
  return new ReconcileError('SOURCE_INCOMPLETE', `${server} did not finish ${task}: ${what}`, { remedy, cause: error });
}

/** The LDAP result code, null if the server did not answer with one. */
export function resultCodeOf(error: unknown): number | null {
  return error instanceof ResultCodeError ? error.code : null;
}

interface Description {
  readonly what: string;
  readonly remedy: string;
}

const TRY_AGAIN = 'Run the command again; if it happens again, ask another domain controller.';

const RESULTS: ReadonlyMap<number, Description> = new Map([
  [1, { what: 'an operations error', remedy: 'Run the command again, or simplify the query.' }],
  [3, { what: 'the query takes too long for the server', remedy: 'Simplify the query, or use filters instead.' }],
  [4, { what: 'its size limit was reached', remedy: 'Lower pageSize to 1000 or less.' }],
  [11, { what: 'an administrative limit was reached', remedy: 'Simplify the query, or lower pageSize.' }],
  [12, { what: 'it cannot send results in pages', remedy: 'Name a domain controller in urls.' }],
  [32, { what: 'an entry vanished meanwhile', remedy: TRY_AGAIN }],
  [
    50,
    { what: 'the account lacks the right to read', remedy: 'Give the account of user the right to read the domain.' },
  ],
  [51, { what: 'it is busy', remedy: TRY_AGAIN }],
  [52, { what: 'it is shutting down', remedy: TRY_AGAIN }],
]);

function describeSearchFailure(error: Error): Description {
  const result = resultCodeOf(error);
  if (result !== null) return RESULTS.get(result) ?? { what: `result code ${result}`, remedy: TRY_AGAIN };
  if (/timed out/i.test(error.message)) return { what: 'it stopped answering', remedy: TRY_AGAIN };
  return { what: 'the connection was lost', remedy: TRY_AGAIN };
}

const SYSTEM_FAULTS: ReadonlyMap<string, Description> = new Map([
  ['ECONNREFUSED', { what: 'nothing listens on that port', remedy: 'Correct the port in urls, or open the firewall.' }],
  [
    'ENOTFOUND',
    { what: 'no such host is known', remedy: 'Correct the host in urls, or use the DNS server of the domain.' },
  ],
  ['EAI_AGAIN', { what: 'the DNS server does not answer', remedy: 'Use the DNS server of the domain.' }],
  [
    'EHOSTUNREACH',
    { what: 'no route leads to the host', remedy: 'Open the network between this machine and the host.' },
  ],
  [
    'ENETUNREACH',
    { what: 'no route leads to the network', remedy: 'Open the network between this machine and the host.' },
  ],
]);

type OpenFailure = Description & { readonly code: 'SOURCE_UNREACHABLE' | 'SOURCE_TLS' };

function describeOpenFailure(error: Error, { server, url }: Pick<LdapConnection, 'server' | 'url'>): OpenFailure {
  const systemCode = 'code' in error ? String(error.code) : '';
  const known = SYSTEM_FAULTS.get(systemCode);
  if (known !== undefined) return { code: 'SOURCE_UNREACHABLE', ...known };
  if (error instanceof ResultCodeError) return describeRefusedOpening(error, url);
  if (/secure TLS connection|SSL|EPROTO/.test(`${systemCode} ${error.message}`)) {
    const remedy = 'Use ldaps:// with port 636, or ldap:// with port 389 and startTls: true.';
    return { code: 'SOURCE_TLS', what: 'no TLS on that port, or none above TLS 1.1', remedy };
  }
  if (/timeout|timed out|ETIMEDOUT/i.test(`${systemCode} ${error.message}`)) {
    const remedy = `Check that ${server} is a domain controller, and open the firewall.`;
    return { code: 'SOURCE_UNREACHABLE', what: 'it does not answer in time', remedy };
  }
  const remedy = 'Use ldaps:// for port 636, ldap:// with startTls for port 389.';
  return { code: 'SOURCE_UNREACHABLE', what: 'it closed the connection at once', remedy };
}

function describeRefusedOpening(error: ResultCodeError, url: string): OpenFailure {
  if (isServerFault(error)) {
    const what = `it cannot check the password just now (AD reason ${reasonOf(error) ?? ''}), as a read-only domain controller without a way to another one`;
    return { code: 'SOURCE_UNREACHABLE', what, remedy: 'Name a writable domain controller in urls too.' };
  }
  // StrongAuthRequired although the connection is encrypted: the server wants the login bound to the channel.
  if (error.code === 8 && /^ldaps:/i.test(url)) {
    const what =
      'it takes no password even over TLS (result code 8): it asks for channel binding or another kind of login';
    const remedy =
      'Set LdapEnforceChannelBinding to 1 (when supported) on the domain controller, or name another one in urls.';
    return { code: 'SOURCE_TLS', what, remedy };
  }
  const isBusy = error.code === 51;
  if (isBusy) return { code: 'SOURCE_UNREACHABLE', what: 'it is busy', remedy: TRY_AGAIN };
  const remedy = 'Use ldaps://, or give the domain controller a certificate.';
  return { code: 'SOURCE_TLS', what: `it refuses to encrypt or to log in (result code ${error.code})`, remedy };
}
