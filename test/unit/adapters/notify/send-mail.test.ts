import { expect, it, onTestFinished } from 'vitest';
import { openMail } from '../../../../src/adapters/notify/send-mail.ts';
import { readMail, startMailServer, type MailServerOptions } from '../../../support/mail-server.ts';

const MAIL = { to: 'ict@company.org', subject: 'Plan 7', text: 'Two accounts lose access.\n' };

async function open(
  options: MailServerOptions,
  more: { password?: string; caPem?: string | null; host?: string } = {},
) {
  const server = await startMailServer(options);
  const { isTlsFromStart = false, user = null } = options;
  const mail = await openMail({
    server: {
      host: more.host ?? '127.0.0.1',
      port: server.port,
      isTlsFromStart,
      user,
      from: 'zivver@company.org',
      caFile: null,
    },
    password: more.password ?? options.password ?? null,
    caPem: more.caPem === undefined ? server.caPem : more.caPem,
  });
  onTestFinished(async () => {
    mail.close();
    await server.close();
  });
  return { server, mail };
}

it.each([
  ['STARTTLS and a password', { user: 'zivver', password: 'right' }],
  ['TLS from the start and a password', { user: 'zivver', password: 'right', isTlsFromStart: true }],
  ['STARTTLS, and nobody is asked', {}],
])('a mail goes out under TLS: %s', async (_name, options) => {
  const { server, mail } = await open(options);
  expect(await mail.verify()).toBeNull();
  expect(await mail.send(MAIL)).toBeNull();
  expect(server.mails.map(({ to, isSecure }) => ({ to, isSecure }))).toEqual([{ to: [MAIL.to], isSecure: true }]);
  const { headers, text } = readMail(server.mails[0]?.raw ?? '');
  expect(headers).toContain('Subject: Plan 7');
  expect(headers.find((line) => line.startsWith('From:'))).toMatch(/zivver-gitops.*<zivver@company\.org>$/);
  expect(headers).toContain('Auto-Submitted: auto-generated');
  expect(text).toBe(MAIL.text);
});

it('a server without TLS gets no mail and no password', async () => {
  const { server, mail } = await open({ user: 'zivver', password: 'right', isPlain: true });
  expect(await mail.send(MAIL)).toContain('ETLS');
  expect(server.mails).toEqual([]);
});

it('a certificate of an unknown authority is refused, and so is one of another name', async () => {
  const { server, mail } = await open({}, { caPem: null });
  expect(await mail.send(MAIL)).toMatch(/self.signed|unable to verify/i);
  const other = await open({}, { host: 'localhost.localdomain.invalid' });
  expect(await other.mail.send(MAIL)).toContain('localhost.localdomain.invalid');
  expect([...server.mails, ...other.server.mails]).toEqual([]);
});

it('a wrong password is told without the password, and so is a mailbox that is not there', async () => {
  const { mail, server } = await open({ user: 'zivver', password: 'right' }, { password: 'S3cret-and-wrong' });
  const failure = await mail.send(MAIL);
  expect(failure).toContain('EAUTH');
  expect(failure).not.toContain('S3cret');
  const other = await open({});
  expect(await other.mail.send({ ...MAIL, to: 'nobody@company.org' })).toMatch(/no such mailbox/);
  expect(await other.mail.send(MAIL)).toBeNull();
  expect(server.mails).toEqual([]);
});

it('nothing in a subject or an address begins another header or recipient', async () => {
  const { server, mail } = await open({});
  const hostile = 'Plan\r\nBcc: thief@evil.example\r\n\r\nhello\u0000\u2028';
  expect(await mail.send({ ...MAIL, subject: hostile })).toBeNull();
  const to = 'ict@company.org>, thief@evil.example\r\nBcc: thief@evil.example';
  await mail.send({ ...MAIL, to });
  expect(server.mails.flatMap((one) => one.to).filter((address) => address === 'thief@evil.example')).toEqual([]);
  const [first] = server.mails;
  const { headers } = readMail(first?.raw ?? '');
  expect(headers.filter((line) => /^(bcc|cc):/i.test(line))).toEqual([]);
  expect(headers.filter((line) => line.startsWith('Subject:'))).toHaveLength(1);
});
