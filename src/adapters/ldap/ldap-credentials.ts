import { ResultCodeError } from 'ldapts';

import { ReconcileError } from '../../model/errors.ts';

interface Refusal {
  readonly what: string;
  readonly remedy: string;
}

/** AD's reasons, the hexadecimal number after `data` in its message (Win32 error codes). */
const REFUSALS: ReadonlyMap<string, Refusal> = new Map([
  ['525', { what: 'the user does not exist', remedy: 'Correct user.' }],
  ['52e', { what: 'user or password is wrong', remedy: 'Correct user or LDAP_PASSWORD.' }],
  ['52f', { what: 'the account is restricted', remedy: 'Allow the account to log in with a password.' }],
  ['530', { what: 'the account may not log in at this hour', remedy: 'Extend the logon hours of the account.' }],
  ['531', { what: 'the account may not log in from here', remedy: 'Allow the account to log on to this computer.' }],
  ['532', { what: 'the password has expired', remedy: 'Set a new password that does not expire.' }],
  ['533', { what: 'the account is disabled', remedy: 'Enable the account, or name another one as user.' }],
  ['57', { what: 'the name is in no form that the directory knows', remedy: 'Correct user.' }],
  ['701', { what: 'the account has expired', remedy: 'Extend the account, or name another one as user.' }],
  ['773', { what: 'the password must be changed first', remedy: 'Set a password that need not be changed at logon.' }],
  [
    '775',
    { what: 'the account is locked', remedy: 'Unlock the account and correct LDAP_PASSWORD before the next try.' },
  ],
]);

const UNKNOWN: Refusal = { what: 'the server gives no known reason', remedy: 'Check user and LDAP_PASSWORD.' };

/** `SOURCE_CREDENTIALS` for a refused bind, with AD's reason in words; undefined if the error is no refusal. */
export function buildCredentialsError(error: unknown, user: string, server: string): ReconcileError | undefined {
  if (!(error instanceof ResultCodeError)) return undefined;
  // 48 inappropriateAuthentication, 49 invalidCredentials, 34: the name looks like a DN but is none.
  if (![34, 48, 49, 50, 53].includes(error.code)) return undefined;
  const data = reasonOf(error);
  if (isServerFault(error)) return undefined;
  const { what, remedy } = REFUSALS.get(data ?? '') ?? UNKNOWN;
  const isBareName = !/[\\@=]/.test(user) && ['525', '52e', '57', undefined].includes(data);
  return new ReconcileError('SOURCE_CREDENTIALS', `${server} refuses the login of "${user}": ${what}`, {
    remedy: isBareName ? `Write user with its domain: DOMAIN\\${user} or ${user}@the-domain.` : remedy,
    problems: [{ where: server, what: data === undefined ? `result code ${error.code}` : `AD reason ${data}` }],
    cause: error,
  });
}

/**
 * 51f: no logon server, 6ba: the RPC server does not answer. A read-only domain controller says so when it cannot ask another
 * one about the password: nothing was tried, nothing counts towards a lock-out, and the next server may know.
 */
export function isServerFault(error: ResultCodeError): boolean {
  return ['51f', '6ba'].includes(reasonOf(error) ?? '');
}

/** AD's reason for a refused login, e.g. `52e`; undefined if it gives none. */
export function reasonOf(error: Error): string | undefined {
  return /\bdata ([0-9a-f]+),/i.exec(error.message)?.[1]?.toLowerCase();
}
