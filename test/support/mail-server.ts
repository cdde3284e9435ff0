import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { buildAuthority, issueCertificate } from './certificates.ts';

export interface MailServerOptions {
  /** TLS from the first byte; else STARTTLS is offered. */
  readonly isTlsFromStart?: boolean;
  /** Offers neither. */
  readonly isPlain?: boolean;
  readonly user?: string;
  readonly password?: string;
}

export interface TestMailServer {
  readonly port: number;
  /** PEM of the authority that made its certificate. */
  readonly caPem: string;
  /** As they came, headers and all. */
  readonly mails: readonly { readonly to: readonly string[]; readonly raw: string; readonly isSecure: boolean }[];
  close(): Promise<void>;
}

/** A real SMTP server on this computer that keeps what it gets. */
export async function startMailServer(options: MailServerOptions = {}): Promise<TestMailServer> {
  const authority = buildAuthority('Mail CA');
  const mails: { to: string[]; raw: string; isSecure: boolean }[] = [];
  const { user, password, isTlsFromStart = false, isPlain = false } = options;
  const server = new SMTPServer({
    ...issueCertificate(authority, ['localhost', '127.0.0.1']),
    secure: isTlsFromStart,
    logger: false,
    authOptional: user === undefined,
    disabledCommands: [...(isPlain ? ['STARTTLS'] : []), ...(user === undefined ? ['AUTH'] : [])],
    onAuth: (auth, _session, done) =>
      auth.username === user && auth.password === password ? done(null, { user }) : done(new Error('wrong password')),
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith('nobody@') ? done(new Error('550 no such mailbox')) : done(),
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      void text(stream).then((raw) => {
        mails.push({ to, raw, isSecure: session.secure });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const close = (): Promise<void> => new Promise((resolve) => server.close(resolve));
  return { port, caPem: authority.certificate, mails, close };
}

/** Header lines of a mail, folded ones joined; and its text, decoded. */
export function readMail(raw: string): { readonly headers: readonly string[]; readonly text: string } {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const joined = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const text = body.join('\r\n\r\n');
  const isBase64 = joined.includes('Content-Transfer-Encoding: base64');
  return {
    headers: joined,
    text: isBase64 ? Buffer.from(text, 'base64').toString('utf8') : text.replaceAll('\r\n', '\n'),
  };
}
