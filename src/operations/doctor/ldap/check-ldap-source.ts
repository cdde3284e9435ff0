import type { ConfiguredSource } from '../../../model/configuration/configuration.ts';
import { ReconcileError } from '../../../model/errors.ts';
import type { LdapConfiguration } from '../../../model/schema/generated/organisation.ts';
import { readSecret } from '../../../adapters/secrets/environment.ts';
import { verifyAuthorities } from '../../../adapters/ldap/ldap-certificate.ts';
import type { LdapLogin } from '../../../adapters/ldap/ldap-connection.ts';
import { discoverServers } from '../../../adapters/ldap/ldap-discovery.ts';
import { buildCheckWriter, buildDiagnosis, diagnoseRefusal, type Check, type CheckWriter } from '../check.ts';
import { checkLdapDirectory, skipDirectory } from './check-ldap-directory.ts';
import { checkLdapServer, type ReachedServer, type ServerReport } from './check-ldap-server.ts';
import { checkFurtherServer } from './check-further-server.ts';
import { explainRefusal } from '../explain-refusal.ts';
import type { DoctorQuestion } from '../doctor-question.ts';
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
  const urls = await discoverServers(ldap.urls).catch((error: unknown) => {
    if (error instanceof ReconcileError) return error;
    throw error;
  });
  if (urls instanceof ReconcileError) {
    const why = 'needs a server that can be used';
    const unknown = write.failed('source.host', urls.message, diagnoseRefusal(urls, 'HOST_UNKNOWN'));
    const at = { question, configured, ldap, write };
    return [...checks, unknown, write.skipped('source.login', why), ...skipDirectory(at, why)];
  }
  const reports = await Promise.all(urls.map((url) => checkLdapServer({ area, url, login, now })));
  const servers = forgiveSpareServers(reports, area);
  const reached = reports.flatMap((report) => report.reached ?? []);
  try {
    const [first, ...further] = reached;
    const rest = await checkBehindLogin(first, login, { question, configured, ldap, write });
    const isLoggedIn = rest.some(({ id, status }) => id === 'source.login' && status === 'passed');
    const more: Check[] = [];
    // A password that one refused is not tried on the next: each try counts towards a lock-out.
    if (first !== undefined && isLoggedIn)
      for (const server of further)
        more.push(...(await checkFurtherServer({ server, first, login, configured, ldap })));
    return [...checks, ...servers, ...rest, ...more];
  } finally {
    await Promise.all(reached.map(({ connection }) => connection.close()));
  }
}

/** A server that is down is no fault as long as another one can be used. */
function forgiveSpareServers(reports: readonly ServerReport[], area: string): readonly Check[] {
  const isReached = reports.some(({ reached }) => reached !== null);
  return reports.flatMap(({ checks, reached }) => [
    ...checks.map((check): Check => (isReached && check.status === 'failed' ? { ...check, status: 'warned' } : check)),
    ...(reached === null ? [] : [judgeReplication(reached, area), judgeClock(reached, area)]),
  ]);
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
    const diagnosis = buildDiagnosis({ code: 'PASSWORD_MISSING', error: 'CONFIGURATION_SECRET_MISSING' }, fix);
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
    return [explainRefusal(error, { server, login }, write), ...skipDirectory(at, 'needs a login')];
  }
  const passed = write.passed('source.login', `${login.user} may log in`);
  return [passed, ...(await checkLdapDirectory(server, at))];
}

function attempt<Result>(action: () => Result): Result | ReconcileError {
  try {
    return action();
  } catch (error) {
    if (error instanceof ReconcileError) return error;
    throw error;
  }
}
