import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createWebServer } from 'node:http';
import { createServer as createSecureWebServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { buildAuthority, issueCertificate } from '../support/certificates.ts';
import { authority, checkSource, examineUrl, inDays, startDirectory } from '../support/doctor-directory.ts';
import { statusOf, summarise } from '../support/doctor-question.ts';
import type { LdapResponder, LdapResponderOptions } from '../support/ldap-responder.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  while (open.length > 0) await open.pop()?.close();
});

async function startResponder(options: Partial<LdapResponderOptions>): Promise<LdapResponder> {
  const responder = await startDirectory(options);
  open.push(responder);
  return responder;
}

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
    const secure = await listen(
      createSecureWebServer(issueCertificate(authority, ['localhost']), (_, response) => response.end('<html>')),
    );
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
