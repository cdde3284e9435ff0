import { ResultCodeError } from 'ldapts';
import type { ConfiguredSource } from '../configuration.ts';
import { ReconcileError } from '../errors.ts';
import type { LdapConfiguration } from '../schema/generated/organisation.ts';
import { readSecret } from '../secrets/environment.ts';
import { verifyAuthorities } from '../source/ldap-certificate.ts';
import type { LdapLogin } from '../source/ldap-connection.ts';
import { reasonOf } from '../source/ldap-credentials.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check, type CheckWriter } from './check.ts';
import { checkLdapDirectory, skipDirectory } from './check-ldap-directory.ts';
import { checkLdapServer, type ReachedServer, type ServerReport } from './check-ldap-server.ts';
import { diagnoseLogin } from './diagnose-login.ts';
import type { DoctorQuestion } from './doctor-question.ts';
import { judgeClock, judgeReplication } from './judge-server.ts';

/** Everything about one source that is read over LDAP. */
export async function checkLdapSource(
  question: DoctorQuestion,
  configured: ConfiguredSource,
  ldap: LdapConfiguration,
): Promise<readonly Check[]> {
  const area = configured.name;
  const write = buildCheckWriter(area);
  const { login, checks } = prepareLogin(question, ldap, write);
  const { now } = question;
  const reports = await Promise.all(ldap.urls.map((url) => checkLdapServer({ area, url, login, now })));
  const servers = forgiveSpareServers(reports);
  const reached = reports.flatMap((report) => report.reached ?? []);
  try {
    const [server] = reached;
    const told = reached.flatMap((one) => [judgeReplication(one, area), judgeClock(one, area)]);
    const rest = await checkBehindLogin(server, login, { question, configured, ldap, write });
    return [...checks, ...servers, ...told, ...rest];
  } finally {
    await Promise.all(reached.map(({ connection }) => connection.close()));
  }
}

/** A server that is down is no fault as long as another one can be used. */
function forgiveSpareServers(reports: readonly ServerReport[]): readonly Check[] {
  const isReached = reports.some(({ reached }) => reached !== null);
  return reports.flatMap(({ checks }) =>
    checks.map((check): Check => (isReached && check.status === 'failed' ? { ...check, status: 'warned' } : check)),
  );
}

function prepareLogin(
  { environment, configuration, readConfiguredFile, timeouts }: DoctorQuestion,
  ldap: LdapConfiguration,
  write: CheckWriter,
): { login: LdapLogin; checks: Check[] } {
  const checks: Check[] = [];
  const login = {
    user: ldap.user,
    startTls: ldap.startTls ?? false,
    connectTimeoutMs: timeouts.connectMs,
    requestTimeoutMs: timeouts.answerMs,
  };
  const variable = ldap.passwordVariable ?? 'LDAP_PASSWORD';
  const password = attempt(() => readSecret(environment, variable)) ?? '';
  if (typeof password !== 'string') {
    checks.push(write.failed('source.secret', password.message, diagnoseRefusal(password, 'PASSWORD_MISSING')));
  } else if (password === '') {
    const fix = `Set ${variable}, or ${variable}_FILE to a file that holds the password.`;
    const diagnosis = buildDiagnosis('PASSWORD_MISSING', 'CONFIGURATION_SECRET_MISSING', fix);
    checks.push(write.failed('source.secret', `${variable} is not set`, diagnosis));
  } else checks.push(write.passed('source.secret', `${variable} is given`));
  const { caFile: file } = ldap;
  const caFile =
    file === undefined
      ? undefined
      : attempt(() => {
          const text = readConfiguredFile(configuration.folder, file, 'ldap.caFile');
          verifyAuthorities(text);
          return text;
        });
  if (caFile instanceof ReconcileError) {
    checks.push(write.failed('source.caFile', caFile.message, diagnoseRefusal(caFile, 'CA_FILE_INVALID')));
  } else if (caFile !== undefined) checks.push(write.passed('source.caFile', `${file} holds certificates`));
  return {
    checks,
    login: {
      ...login,
      password: typeof password === 'string' ? password : '',
      ...(typeof caFile === 'string' ? { caFile } : {}),
    },
  };
}

interface BehindLogin {
  readonly question: DoctorQuestion;
  readonly configured: ConfiguredSource;
  readonly ldap: LdapConfiguration;
  readonly write: CheckWriter;
}

async function checkBehindLogin(
  server: ReachedServer | undefined,
  login: LdapLogin,
  at: BehindLogin,
): Promise<readonly Check[]> {
  const { write } = at;
  const skip = (why: string): readonly Check[] => [write.skipped('source.login', why), ...skipDirectory(at, why)];
  if (server === undefined) return skip('needs a server that can be used');
  // RFC 4513 §5.1.2: a bind without a password succeeds as nobody.
  if (login.password === '') return skip('needs the password');
  try {
    await server.connection.logIn();
  } catch (error) {
    return [explainRefusal(error, server, login, write), ...skipDirectory(at, 'needs a login')];
  }
  const passed = write.passed('source.login', `${login.user} may log in`);
  return [passed, ...(await checkLdapDirectory(server, at))];
}

function explainRefusal(error: unknown, server: ReachedServer, login: LdapLogin, write: CheckWriter): Check {
  if (!(error instanceof ResultCodeError)) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    const fix = 'Run the command again; if it happens again, ask another domain controller.';
    const diagnosis = buildDiagnosis('CONNECTION_LOST', 'SOURCE_UNREACHABLE', fix);
    return write.failed('source.login', 'the connection broke off during the login', diagnosis);
  }
  const { what, diagnosis } = diagnoseLogin({
    user: login.user,
    reason: reasonOf(error),
    resultCode: error.code,
    context: server.root.context,
    passwordHasBlanks: login.password !== login.password.trim(),
  });
  return write.failed('source.login', what, diagnosis);
}

function attempt<Result>(action: () => Result): Result | ReconcileError {
  try {
    return action();
  } catch (error) {
    if (error instanceof ReconcileError) return error;
    throw error;
  }
}
