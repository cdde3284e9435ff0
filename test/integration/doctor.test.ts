import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createWebServer } from 'node:http';
import { createServer as createSecureWebServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import type { Check } from '../../src/doctor/check.ts';
import { checkLdapSource } from '../../src/doctor/check-ldap-source.ts';
import { describeWithLab, startAdLab, type AdLab } from '../support/ad-lab/lab.ts';
import { buildAuthority, issueCertificate } from '../support/certificates.ts';
import { buildQuestion, statusOf, summarise, type QuestionOptions } from '../support/doctor-question.ts';
import { withFile } from '../support/temporary-file.ts';
import type { ResponderEntry } from '../support/ldap-directory.ts';
import { asksFor } from '../support/ldap-filter.ts';
import { startLdapResponder, type LdapResponder, type LdapResponderOptions } from '../support/ldap-responder.ts';

const CONTEXT = 'DC=company,DC=org';
const BASE = `OU=Staff,${CONTEXT}`;
const authority = buildAuthority('Company Test CA');
const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
const certificate = issueCertificate(authority, ['localhost'], inDays(25));
const caFile = withFile('ca.pem', authority.certificate);

const open: { close(): unknown }[] = [];
afterEach(async () => {
  while (open.length > 0) await open.pop()?.close();
});

describe('a server that cannot be used', () => {
  it('whose name is unknown', async () => {
    const checks = await examineUrl('ldaps://nowhere.invalid');
    // Without any DNS server the resolver says so instead.
    expect(summarise(checks)[0]).toMatch(/^source\.host failed (HOST_UNKNOWN|DNS_UNAVAILABLE)$/);
    expect(statusOf(checks, 'source.login')).toBe('skipped');
  });

  it('whose port is closed', async () => {
    const server = await listen(createServer());
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    open.pop();
    expect(summarise(await examineUrl(`ldaps://localhost:${port}`))).toEqual(['source.port failed PORT_CLOSED']);
  });

  it('whose port does not answer, as behind a firewall', async () => {
    const port = await startDeafPort();
    const checks = await examineUrl(`ldaps://127.0.0.1:${port}`, { connectMs: 300 });
    expect(summarise(checks)).toEqual(['source.port failed PORT_FILTERED']);
  });

  it('that is a web server, with and without TLS', async () => {
    const plain = await listen(createWebServer((_, response) => response.end('<html>')));
    const secure = await listen(createSecureWebServer(certificate, (_, response) => response.end('<html>')));
    const [onPlain, onSecure] = [plain, secure].map((server) => (server.address() as AddressInfo).port);
    expect(summarise(await examineUrl(`ldaps://localhost:${onPlain}`))).toEqual(['source.tls failed NOT_LDAP']);
    expect(summarise(await examineUrl(`ldaps://localhost:${onSecure}`))).toEqual(['source.ldap failed NOT_LDAP']);
  });

  it('that accepts and stays silent', async () => {
    const server = await listen(createServer((socket) => void socket.on('error', () => undefined)));
    const { port } = server.address() as AddressInfo;
    const checks = await examineUrl(`ldaps://localhost:${port}`, { connectMs: 200, answerMs: 200 });
    expect(summarise(checks)).toEqual(['source.tls failed NOT_TLS']);
  });

  it('that speaks plain LDAP on a port for ldaps, or TLS on a port for StartTLS', async () => {
    const plain = await startResponder({ startTls: true });
    const secure = await startResponder({});
    const onPlain = await examineUrl(`ldaps://localhost:${plain.port}`, { connectMs: 500 });
    expect(summarise(onPlain)).toEqual(['source.tls failed PLAIN_LDAP_PORT']);
    const onSecure = await examineUrl(`ldap://localhost:${secure.port}`, { connectMs: 500 }, 'startTls: true');
    expect(summarise(onSecure)).toEqual(['source.tls failed TLS_PORT']);
  });

  it.each([
    ['TLS_UNTRUSTED', buildAuthority('Other CA'), ['localhost'], undefined],
    ['TLS_WRONG_NAME', authority, ['dc1.company.org'], undefined],
    ['TLS_EXPIRED', authority, ['localhost'], inDays(-1)],
    ['TLS_NOT_YET_VALID', authority, ['localhost'], inDays(60)],
  ])('whose certificate is %s, told with what the certificate says', async (code, issuer, names, to) => {
    for (const startTls of [false, true]) {
      const responder = await startResponder({ certificate: issueCertificate(issuer, names, to), startTls });
      const checks = await examineUrl(responder.url, {}, startTls ? 'startTls: true' : '');
      expect(summarise(checks)).toEqual([`source.tls failed ${code}`]);
      const details = checks.flatMap(({ diagnosis }) => diagnosis?.details ?? []).join();
      expect(details).toContain(names[0]);
      expect(details).toContain(issuer.name);
      expect(responder.requests.filter(({ kind }) => kind === 'bind')).toEqual([]);
    }
  });

  it('whose certificate expires within two weeks is a warning', async () => {
    const responder = await startResponder({ certificate: issueCertificate(authority, ['localhost'], inDays(13)) });
    expect(summarise(await examineUrl(responder.url))).toEqual(['source.tls warned TLS_EXPIRES_SOON']);
  });

  it('is only a warning if another one works', async () => {
    const up = await startResponder({});
    const down = await startResponder({});
    await down.close();
    open.splice(open.indexOf(down), 1);
    const checks = await checkSource(`[${down.url}, ${up.url}]`);
    expect(summarise(checks)[0]).toBe('source.port warned PORT_CLOSED');
    expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});

describe('a login', () => {
  it.each([
    ['525', 'USER_UNKNOWN'],
    ['530', 'LOGON_HOURS'],
    ['531', 'LOGON_WORKSTATION'],
    ['532', 'PASSWORD_EXPIRED'],
  ])('refused with AD reason %s is %s, tried once', async (reason, code) => {
    const message = `80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data ${reason}, v1db1`;
    const responder = await startResponder({ bind: { code: 49, message } });
    expect(summarise(await examineUrl(responder.url))).toContain(`source.login failed ${code}`);
    expect(responder.requests.filter(({ kind }) => kind === 'bind')).toHaveLength(1);
  });

  it('that the server takes only encrypted is PLAIN_LDAP_REFUSED', async () => {
    const responder = await startResponder({
      bind: { code: 8, message: 'BindSimple: Transport encryption required.' },
    });
    expect(summarise(await examineUrl(responder.url))).toContain('source.login failed PLAIN_LDAP_REFUSED');
  });

  it('without a password is not tried, and the network is tested all the same', async () => {
    const responder = await startResponder({});
    const checks = await examineUrl(responder.url, { environment: {} });
    expect(summarise(checks)[0]).toBe('source.secret failed PASSWORD_MISSING');
    expect([statusOf(checks, 'source.tls'), statusOf(checks, 'source.login')]).toEqual(['passed', 'skipped']);
    expect(responder.requests.filter(({ kind }) => kind === 'bind')).toEqual([]);
  });
});

describe('a directory', () => {
  it('that is well has no faults', async () => {
    expect(summarise(await examineUrl((await startResponder({})).url))).toEqual([]);
  });

  it('that is another kind of directory, not replicated, or an hour off is told so', async () => {
    const root = rootEntry({
      supportedCapabilities: [],
      isSynchronized: ['FALSE'],
      currentTime: [formatTime(-3_600_000)],
    });
    const responder = await startResponder({ entries: [root, ...directory.slice(1)] });
    expect(summarise(await examineUrl(responder.url))).toEqual([
      'source.ldap warned NOT_ACTIVE_DIRECTORY',
      'source.replication failed NOT_SYNCHRONIZED',
      'source.clock failed CLOCK_SKEW',
    ]);
  });

  it('whose base may be listed but not read is told so', async () => {
    const entries = directory.map((entry) => (entry.dn === BASE ? { dn: BASE, attributes: {} } : entry));
    const onSearch: LdapResponderOptions['onSearch'] = ({ base, scope }) =>
      base === BASE && scope === 'base' ? { entries: [{ dn: BASE, attributes: {} }] } : undefined;
    const responder = await startResponder({ entries, onSearch });
    expect(summarise(await examineUrl(responder.url))).toEqual(['source.base failed BASE_UNREADABLE']);
  });

  it('whose people may be listed but not read is told apart from one that has nobody', async () => {
    const bare = people.map(({ dn }) => ({ dn, attributes: {} }));
    const isBelowBase = ({ base, scope }: { base: string; scope: string }): boolean => base === BASE && scope === 'sub';
    const hidden = await startResponder({
      onSearch: (search) =>
        isBelowBase(search) ? { entries: asksFor(search.filter, 'objectclass', 'user') ? [] : bare } : undefined,
    });
    expect(summarise(await examineUrl(hidden.url))).toEqual(['source.entries failed NOT_READABLE']);
    const empty = await startResponder({ entries: directory.filter((entry) => !people.includes(entry)) });
    expect(summarise(await examineUrl(empty.url))).toEqual(['source.entries failed NOBODY_SELECTED']);
  });

  it('that sends smaller pages than asked for is a warning, by its policy or by its pages', async () => {
    const policy = `CN=Query-Policies,CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration,${CONTEXT}`;
    const limits = { objectClass: ['queryPolicy'], lDAPAdminLimits: ['MaxValRange=1500', 'MaxPageSize=1000'] };
    const entries = [
      rootEntry({ configurationNamingContext: [`CN=Configuration,${CONTEXT}`] }),
      ...directory.slice(1),
      unit(policy),
      { dn: `CN=Default Query Policy,${policy}`, attributes: limits },
    ];
    const told = await startResponder({ entries });
    const warning = ['source.pageSize warned PAGE_SIZE_TOO_LARGE'];
    expect(summarise(await examineUrl(told.url, {}, 'pageSize: 5000'))).toEqual(warning);
    const capped = await startResponder({
      onSearch: ({ base, page, attributes }) =>
        base === BASE && attributes.includes('1.1') && page?.cookie === ''
          ? { entries: people.slice(0, 2), cookie: 'more' }
          : undefined,
    });
    expect(summarise(await examineUrl(capped.url, {}, 'pageSize: 5000'))).toEqual(warning);
  });

  it.each([
    [1, 'QUERY_REFUSED'],
    [4, 'PAGE_SIZE_TOO_LARGE'],
    [11, 'QUERY_REFUSED'],
    [50, 'NOT_READABLE'],
    [51, 'READ_INCOMPLETE'],
  ])('that ends the search with result code %i is %s', async (code, diagnosis) => {
    const responder = await startResponder({
      onSearch: ({ filter, attributes }) =>
        asksFor(filter, 'objectcategory', 'person') && attributes.includes('mail') ? { code } : undefined,
    });
    expect(summarise(await examineUrl(responder.url))).toEqual([`source.entries failed ${diagnosis}`]);
  });
});

describeWithLab('the doctor against a real domain controller', () => {
  let lab: AdLab;
  beforeAll(async () => {
    lab = await startAdLab({ people: 100 });
  });
  afterAll(() => lab.stop());

  const examineLab = async (options: { user?: string; password?: string; lines?: string; source?: string } = {}) => {
    const { user = lab.user, password = lab.password, lines = '', source = '' } = options;
    const base = lines.includes('baseDn') ? '' : `baseDn: "OU=Staff,${lab.baseDn}",`;
    const ldap = `{ urls: ["${lab.url}"], user: ${JSON.stringify(user)}, ${base} caFile: ${JSON.stringify(lab.caFile)}, ${lines} }`;
    return checkSourceText(`{ name: ad, ldap: ${ldap}, ${source} }`, { environment: { LDAP_PASSWORD: password } });
  };

  it('finds nothing to complain of, and counts what the lab holds', async () => {
    const checks = await examineLab();
    expect(summarise(checks)).toEqual([]);
    expect(checks.filter(({ status }) => status === 'skipped')).toEqual([]);
    const staff = lab.manifest.people.filter(({ dn }) => dn.endsWith(`,OU=Staff,${lab.baseDn}`));
    expect(checks.find(({ id }) => id === 'source.entries')?.what).toContain(`${staff.length} people`);
  });

  it.each([
    ['COMPANY\\svc_disabled', 'ACCOUNT_DISABLED'],
    ['COMPANY\\svc_expired', 'ACCOUNT_EXPIRED'],
    ['COMPANY\\svc_must_change', 'PASSWORD_MUST_CHANGE'],
    ['COMPANY\\svc_locked', 'ACCOUNT_LOCKED'],
    ['COMPANY\\svc_workstation', 'LOGON_WORKSTATION'],
    ['COMPANY\\svc_hours', 'LOGON_HOURS'],
    ['svc_zivver', 'USER_NEEDS_DOMAIN'],
    ['COMPANY\\svc_zivver@company.org', 'USER_DOMAIN_SUPERFLUOUS'],
    ['company.org\\svc_zivver', 'USER_DOMAIN_FORM'],
    ['COMPANY\\nobody', 'WRONG_PASSWORD'],
  ])('explains why %s may not log in: %s', async (user, code) => {
    expect(summarise(await examineLab({ user }))).toEqual([`source.login failed ${code}`]);
  });

  it('explains a wrong password without showing it', async () => {
    const checks = await examineLab({ password: 'canary-password ' });
    expect(summarise(checks)).toEqual(['source.login failed WRONG_PASSWORD']);
    expect(JSON.stringify(checks)).not.toContain('canary');
  });

  it('names what is near a base DN that does not exist', async () => {
    const checks = await examineLab({ lines: `baseDn: "OU=Staf,${lab.baseDn}"` });
    expect(summarise(checks)).toEqual(['source.base failed BASE_MISSING']);
    expect(checks.flatMap(({ diagnosis }) => diagnosis?.details ?? []).join()).toContain(`OU=Staff,${lab.baseDn}`);
    expect(summarise(await examineLab({ lines: 'baseDn: "OU=Staff,DC=other,DC=org"' }))).toEqual([
      'source.base failed BASE_MISSING',
    ]);
  });

  it('finds groups that do not exist, attributes that do not exist, and filters without effect', async () => {
    const group = await examineLab({ source: `query: "(memberOf=CN=Nobody,${lab.baseDn})"` });
    expect(summarise(group)).toEqual(['source.query failed GROUP_MISSING']);
    expect(summarise(await examineLab({ source: 'query: "(&(mail=*)"' }))).toEqual([
      'source.query failed QUERY_INVALID',
    ]);
    const mapping = 'mapping: { mobile: extensionAtribute9, email: wWWHomePage }';
    const filters = 'filters: [{ exclude: { attribute: memberOf, values: [Nope] } }]';
    expect(summarise(await examineLab({ source: `${mapping}, ${filters}` }))).toEqual([
      'source.attribute failed ATTRIBUTE_EMPTY',
      'source.attribute warned ATTRIBUTE_UNKNOWN',
      'source.filters warned FILTER_WITHOUT_EFFECT',
      'source.accounts failed NO_ACCOUNTS',
    ]);
  });

  it('compares the page size with the real policy', async () => {
    expect(summarise(await examineLab({ lines: 'pageSize: 5000' }))).toEqual([
      'source.pageSize warned PAGE_SIZE_TOO_LARGE',
    ]);
  });

  it('tells ldaps on the port for plain LDAP, and an authority that is not trusted', async () => {
    const plain = lab.url.replace(':636', ':389');
    expect(summarise(await checkSource(`[${plain}]`, { caFile: lab.caFile }))).toEqual([
      'source.tls failed PLAIN_LDAP_PORT',
    ]);
    expect(summarise(await checkSource(`[${lab.url}]`))).toEqual(['source.tls failed TLS_UNTRUSTED']);
  });
});

function examineUrl(url: string, options: QuestionOptions = {}, lines = ''): Promise<readonly Check[]> {
  return checkSource(`["${url}"]`, { ...options, lines });
}

function checkSource(
  urls: string,
  { caFile: ca = caFile, lines = '', ...options }: QuestionOptions & { caFile?: string; lines?: string } = {},
): Promise<readonly Check[]> {
  const ldap = `{ urls: ${urls}, user: 'COMPANY\\svc', baseDn: "${BASE}", caFile: ${JSON.stringify(ca)}, ${lines} }`;
  return checkSourceText(`{ name: ad, ldap: ${ldap}, mapping: { delegates: none, mobile: none } }`, options);
}

function checkSourceText(source: string, options: QuestionOptions): Promise<readonly Check[]> {
  const environment = options.environment ?? { LDAP_PASSWORD: 'secret' };
  const question = buildQuestion({ ...options, environment, sources: `[${source.replace(/,\s*}/g, ' }')}]` });
  const [configured] = question.configuration.sources;
  if (configured?.ldap === undefined) throw new Error('no source');
  return checkLdapSource(question, configured, configured.ldap);
}

async function startResponder(options: Partial<LdapResponderOptions>): Promise<LdapResponder> {
  const responder = await startLdapResponder({ certificate, entries: directory, ...options });
  open.push(responder);
  return responder;
}

async function listen(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({ close: () => server.close() });
  return server;
}

/** A stopped process whose queue of connections is full: further ones are dropped, as by a firewall. */
async function startDeafPort(): Promise<number> {
  const program =
    "require('net').createServer().listen(0, '127.0.0.1', 1, function () { console.log(this.address().port) })";
  const child: ChildProcess = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const sockets: Socket[] = [];
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      child.kill('SIGKILL');
    },
  });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  child.kill('SIGSTOP');
  const port = Number(line);
  for (let count = 0; count < 6; count += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
  }
  await once(sockets[0] as Socket, 'connect');
  return port;
}

function rootEntry(more: ResponderEntry['attributes'] = {}): ResponderEntry {
  const attributes = {
    objectClass: ['top'],
    namingContexts: [CONTEXT, `CN=Configuration,${CONTEXT}`],
    defaultNamingContext: [CONTEXT],
    isSynchronized: ['TRUE'],
    currentTime: [formatTime(0)],
    supportedCapabilities: ['1.2.840.113556.1.4.800'],
    ...more,
  };
  return { dn: '', attributes };
}

function formatTime(offsetMs: number): string {
  return `${new Date(Date.now() + offsetMs).toISOString().slice(0, 19).replace(/\D/g, '')}.0Z`;
}

function unit(dn: string): ResponderEntry {
  return { dn, attributes: { objectClass: ['top', 'organizationalUnit'] } };
}

const people = ['Jan', 'Els', 'Piet'].map((name, index): ResponderEntry => ({
  dn: `CN=${name},${BASE}`,
  attributes: {
    objectClass: ['top', 'person', 'user'],
    objectCategory: ['person'],
    objectGUID: [Buffer.alloc(16, index + 0x80)],
    name: [name],
    userAccountControl: ['512'],
    memberOf: [`CN=Everyone,${CONTEXT}`],
    proxyAddresses: [`SMTP:${name.toLowerCase()}@company.org`],
  },
}));

const directory: readonly ResponderEntry[] = [
  rootEntry(),
  unit(CONTEXT),
  unit(BASE),
  {
    dn: `CN=Everyone,${CONTEXT}`,
    attributes: {
      objectClass: ['top', 'group'],
      objectCategory: ['group'],
      objectGUID: [Buffer.alloc(16, 0x99)],
      cn: ['Everyone'],
    },
  },
  ...people,
];
