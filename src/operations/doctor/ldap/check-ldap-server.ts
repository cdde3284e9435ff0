import { resultCodeOf } from '../../../adapters/ldap/ldap-problems.ts';
import { isIP } from 'node:net';
import { isCertificateFault } from '../../../adapters/ldap/ldap-certificate.ts';
import { LdapConnection, type LdapLogin } from '../../../adapters/ldap/ldap-connection.ts';
import { buildCheckWriter, buildDiagnosis, type Check, type CheckId, type CheckWriter } from '../check.ts';
import { describeCertificate, judgeCertificate } from './certificate.ts';
import { diagnoseNetworkFault, errorOfNetworkFault } from '../diagnose-network.ts';
import { lookUpHost, sniffPort, tryPort, type Listener } from '../probe-port.ts';
import { parseRootFacts, ROOT_ATTRIBUTES, type RootFacts } from './root-facts.ts';

/** A server that speaks LDAP over TLS; nobody has logged in yet. */
export interface ReachedServer {
  readonly connection: LdapConnection;
  readonly root: RootFacts;
  /** Milliseconds since 1970, here, when it told its time. */
  readonly askedAtMs: number;
}

export interface ServerReport {
  readonly checks: readonly Check[];
  /** Null if it cannot be used. The caller closes the connection. */
  readonly reached: ReachedServer | null;
}

export interface ServerQuestion {
  /** Name of the source. */
  readonly area: string;
  readonly url: string;
  readonly login: LdapLogin;
  readonly now: () => Date;
}

const STEPS: readonly CheckId[] = ['source.host', 'source.port', 'source.tls', 'source.ldap'];

/** Host name, port, TLS and LDAP of one server, each told apart. Sends no name and no password. */
export async function checkLdapServer(question: ServerQuestion): Promise<ServerReport> {
  const { area, url, login } = question;
  const at = parseServer(url);
  const write = buildCheckWriter(area, at.server);
  const checks: Check[] = [];
  const stop = (check: Check): ServerReport => {
    const rest = STEPS.slice(STEPS.indexOf(check.id) + 1);
    const open = rest.map((id) => write.skipped(id, `needs a working ${NAMES[check.id] ?? check.id}`));
    return { checks: [...checks, check, ...open], reached: null };
  };
  const found = await lookUpHost(at.host);
  if (typeof found === 'string') return stop(failNetwork('source.host', { fault: found }, write));
  checks.push(write.passed('source.host', describeAddresses(at.host, found)));
  const fault = await tryPort(at.host, at.port, login.connectTimeoutMs);
  if (fault !== null) return stop(failNetwork('source.port', { fault }, write));
  checks.push(write.passed('source.port', `${at.port} is open`));
  const connection = new LdapConnection(url, login);
  const askedAtMs = question.now().getTime();
  try {
    const root = parseRootFacts(await connection.readRoot(ROOT_ATTRIBUTES));
    const now = question.now();
    checks.push(judgeCertificate(connection.certificate, now, write), judgeRoot(root, at.port, write));
    return { checks, reached: { connection, root, askedAtMs } };
  } catch (error) {
    await connection.close();
    return stop(await diagnoseOpening(error, { at, connection, write, checks, timeoutMs: login.connectTimeoutMs }));
  }
}

const NAMES: Readonly<Partial<Record<CheckId, string>>> = {
  'source.host': 'host name',
  'source.port': 'port',
  'source.tls': 'TLS connection',
};

interface ServerPlace {
  readonly host: string;
  readonly port: number;
  readonly server: string;
  readonly isSecure: boolean;
}

function parseServer(text: string): ServerPlace {
  const url = new URL(text);
  const isSecure = url.protocol === 'ldaps:';
  const port = Number(url.port || (isSecure ? 636 : 389));
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, server: `${url.hostname}:${port}`, isSecure };
}

interface Opening {
  readonly at: ServerPlace;
  readonly connection: LdapConnection;
  readonly write: CheckWriter;
  readonly checks: Check[];
  readonly timeoutMs: number;
}

async function diagnoseOpening(error: unknown, opening: Opening): Promise<Check> {
  const { at, connection, write, checks, timeoutMs } = opening;
  if (!(error instanceof Error) || error instanceof TypeError) throw error;
  if (isCertificateFault(error)) {
    const details = describeCertificate(connection.certificate);
    return failNetwork('source.tls', { fault: codeOf(error), details }, write);
  }
  const resultCode = resultCodeOf(error);
  if (resultCode !== null) {
    const fix = 'Give the domain controller a certificate for TLS, then use ldaps://.';
    const details = [`LDAP result code ${resultCode}`];
    const diagnosis = buildDiagnosis({ code: 'STARTTLS_REFUSED', error: 'SOURCE_TLS' }, fix, details);
    return write.failed('source.tls', 'the server refuses to encrypt', diagnosis);
  }
  if (connection.certificate !== undefined) {
    checks.push(write.passed('source.tls', 'the connection is encrypted'));
    return failListener('source.ldap', 'web', opening);
  }
  return failListener('source.tls', await sniffPort(at.host, at.port, Math.min(timeoutMs, 3000)), opening);
}

/** TLS did not come about, or no LDAP behind it: the cure depends on what listens there. */
function failListener(id: CheckId, listener: Listener, { at: { isSecure }, write }: Opening): Check {
  const fail = (code: 'PLAIN_LDAP_PORT' | 'TLS_PORT' | 'NOT_LDAP' | 'NOT_TLS', what: string, fix: string): Check =>
    write.failed(id, what, buildDiagnosis({ code, error: 'SOURCE_TLS' }, fix));
  if (listener === 'web') {
    const fix = 'Write the host and port of a domain controller in urls (ldaps:// is 636).';
    return fail('NOT_LDAP', 'what listens there is not an LDAP server', fix);
  }
  if (listener === 'ldap' && isSecure) {
    const fix = 'Use port 636 with ldaps://, or ldap:// with port 389 and startTls: true.';
    return fail('PLAIN_LDAP_PORT', 'that port speaks LDAP without TLS', fix);
  }
  if (!isSecure && listener !== 'ldap') {
    const fix = 'Use ldaps:// for that port, or port 389 with ldap:// and startTls: true.';
    return fail('TLS_PORT', 'that port wants TLS at once, or is no LDAP port', fix);
  }
  const fix = 'Check that urls names a domain controller that offers TLS 1.2 or newer.';
  return fail('NOT_TLS', 'no TLS connection came about', fix);
}

function failNetwork(
  id: CheckId,
  { fault, details = [] }: { readonly fault: string; readonly details?: readonly string[] },
  write: CheckWriter,
): Check {
  const found = diagnoseNetworkFault(fault, 'urls');
  if (found === null) {
    const diagnosis = buildDiagnosis(
      { code: 'CONNECTION_LOST', error: 'SOURCE_UNREACHABLE' },
      'Check the network to that host.',
    );
    return write.failed(id, `the connection broke off (${fault})`, diagnosis);
  }
  const { code, what, fix } = found;
  return write.failed(id, what, buildDiagnosis({ code, error: errorOfNetworkFault(code, 'urls') }, fix, details));
}

function judgeRoot(root: RootFacts, port: number, write: CheckWriter): Check {
  if (port === 3268 || port === 3269) {
    const fix = 'Use port 636 in urls: the global catalogue holds only some of the attributes.';
    return write.warned(
      'source.ldap',
      'this is the global catalogue',
      buildDiagnosis({ code: 'GLOBAL_CATALOG', error: 'SOURCE_INCOMPLETE' }, fix),
    );
  }
  if (root.isActiveDirectory) {
    const name = root.hostName === null ? '' : ` ${root.hostName}`;
    return write.passed('source.ldap', `domain controller${name} of ${root.context ?? 'a domain it does not name'}`);
  }
  const fix = 'Check that urls names a domain controller of Active Directory.';
  const diagnosis = buildDiagnosis({ code: 'NOT_ACTIVE_DIRECTORY', error: 'SOURCE_IMPLAUSIBLE' }, fix);
  return write.warned('source.ldap', 'an LDAP server, but it does not say that it is Active Directory', diagnosis);
}

function describeAddresses(host: string, addresses: readonly string[]): string {
  if (isIP(host) !== 0) return 'an address, no name to look up';
  const shown = addresses.filter((address) => isIP(address) === 4);
  return shown.length === 0 ? `${host} is known` : `${host} is ${shown.slice(0, 3).join(', ')}`;
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
