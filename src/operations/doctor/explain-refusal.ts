import { resultCodeOf } from '../../adapters/ldap/ldap-problems.ts';
import type { LdapLogin } from '../../adapters/ldap/ldap-connection.ts';
import { reasonOf } from '../../adapters/ldap/ldap-credentials.ts';
import { buildDiagnosis, type Check, type CheckWriter } from './check.ts';
import type { ReachedServer } from './ldap/check-ldap-server.ts';
import { diagnoseLogin } from './ldap/diagnose-login.ts';

/** A login that did not come about, as a check that failed. */
export function explainRefusal(
  error: unknown,
  { server, login }: { readonly server: ReachedServer; readonly login: LdapLogin },
  write: CheckWriter,
): Check {
  const resultCode = resultCodeOf(error);
  if (!(error instanceof Error) || error instanceof TypeError) throw error;
  if (resultCode === null) {
    const fix = 'Run the command again; if it happens again, ask another domain controller.';
    const diagnosis = buildDiagnosis({ code: 'CONNECTION_LOST', error: 'SOURCE_UNREACHABLE' }, fix);
    return write.failed('source.login', 'the connection broke off during the login', diagnosis);
  }
  const { what, diagnosis } = diagnoseLogin({
    user: login.user,
    reason: reasonOf(error),
    resultCode,
    context: server.root.context,
    passwordHasBlanks: login.password !== login.password.trim(),
  });
  return write.failed('source.login', what, diagnosis);
}
