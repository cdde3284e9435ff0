import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkNotify } from '../../src/operations/doctor/check-notify.ts';
import { buildQuestion } from '../support/doctor-question.ts';
import { startLoopbackServer, type LoopbackServer } from '../support/loopback-server.ts';
import { startMailServer, type TestMailServer } from '../support/mail-server.ts';

const PASSWORD = 'mail-Password';

/** Nothing listens there. */
const CLOSED = 'http://127.0.0.1:1/secret-path';

describe('what the doctor says of notify', () => {
  let mail: TestMailServer;
  let hooks: LoopbackServer;
  let root: string;

  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'doctor-notify-'));
    mail = await startMailServer({ user: 'zivver', password: PASSWORD });
    hooks = await startLoopbackServer((response) => response.writeHead(404).end());
    await writeFile(path.join(root, 'mail-ca.pem'), mail.caPem);
  });

  afterAll(async () => {
    await mail.close();
    await hooks.close();
    await rm(root, { recursive: true, force: true });
  });

  async function check(environment: NodeJS.ProcessEnv, server = `smtp://localhost:${mail.port}`, ca = 'mail-ca.pem') {
    const settings = [`server: "${server}"`, 'from: zivver@company.org', 'user: zivver', `caFile: "${ca}"`];
    const notify = `mail: { ${settings.join(', ')} }, webhooks: [{ name: ict, kind: teams }, { name: chat, kind: slack }]`;
    const more = `notify: { ${notify}, tell: [{ events: [drift], to: [ict@company.org], webhooks: [ict, chat] }] }`;
    const question = buildQuestion({ more, environment, root });
    const folder = { ...question.configuration, folder: root };
    return (await checkNotify({ ...question, configuration: folder })).map(
      ({ status, subject, what }) => `${subject.replace(/:\d+$/, '')} ${status}: ${what}`,
    );
  }

  it('logs in to the mail server and asks the hosts of webhooks, and sends nothing', async () => {
    expect(
      await check({
        ZIVVER_GITOPS_SMTP_PASSWORD: PASSWORD,
        ZIVVER_GITOPS_WEBHOOKS: `ict ${hooks.url}/secret-path\nchat ${CLOSED}`,
      }),
    ).toEqual([
      'localhost passed: answers under TLS, and lets zivver in',
      'ict passed: its host answers; whether the address is the right one tells notify --test',
      'chat warned: its host: no answer came (ECONNREFUSED)',
    ]);
    expect(mail.mails).toEqual([]);
    expect(hooks.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['HEAD /']);
  });

  it('says which secrets are missing', async () => {
    expect(await check({})).toEqual([
      'localhost skipped: ZIVVER_GITOPS_SMTP_PASSWORD is not set; only notify needs it',
      ' skipped: ZIVVER_GITOPS_WEBHOOKS is not set; only notify needs it',
    ]);
    const [, ict, chat] = await check({ ZIVVER_GITOPS_WEBHOOKS: `ict ${hooks.url}` });
    expect(ict).toMatch(/^ict passed/);
    expect(chat).toBe('chat warned: no address is given');
    const [, bad] = await check({ ZIVVER_GITOPS_WEBHOOKS: 'ict ftp://secret.example' });
    expect(bad).toMatch(/^ warned: Line 1 of ZIVVER_GITOPS_WEBHOOKS is not a name and an address/);
    expect(bad).not.toContain('secret.example');
  });

  it.each([
    ['a wrong password', () => ({ password: 'other' }), /^localhost warned: .*password/i],
    ['a port where nobody listens', () => ({ server: 'smtp://localhost:1' }), /^localhost warned: .*ECONNREFUSED/],
  ])('warns of %s, without the password', async (_name, given, told) => {
    const { password = PASSWORD, server } = given() as { password?: string; server?: string };
    const [line] = await check({ ZIVVER_GITOPS_SMTP_PASSWORD: password }, server);
    expect(line).toMatch(told);
    expect(line).not.toContain(password === PASSWORD ? PASSWORD : 'other');
  });

  it('warns of a server that offers no TLS, and of one of an authority that is not known', async () => {
    const plain = await startMailServer({ isPlain: true });
    const environment = { ZIVVER_GITOPS_SMTP_PASSWORD: PASSWORD };
    const [line] = await check(environment, `smtp://localhost:${plain.port}`);
    await plain.close();
    expect(line).toMatch(/^localhost warned: /);
    const other = await startMailServer();
    const [stranger] = await check(environment, `smtp://localhost:${other.port}`);
    await other.close();
    expect(stranger).toMatch(/^localhost warned: .*(certificate|CERT|VERIFY)/);
  });
});
