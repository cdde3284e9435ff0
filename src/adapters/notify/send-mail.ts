import { rootCertificates } from 'node:tls';
import type { MailServer } from '../../model/notify/notify-configuration.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface MailAccess {
  readonly server: MailServer;
  /** Null: the server asks nobody for a password. */
  readonly password: string | null;
  /** Trusted besides the built-in certification authorities; null: none. */
  readonly caPem: string | null;
}

export interface MailSender {
  /** Null: the server took it; else why not, without secrets. */
  send(mail: Mail): Promise<string | null>;
  /** Connects and logs in. Null: works; else why not. */
  verify(): Promise<string | null>;
  close(): void;
}

const PATIENCE_MS = 20_000;

/** One connection for all mails, always under TLS: no password and no name goes over the net in clear. */
export async function openMail({ server, password, caPem }: MailAccess): Promise<MailSender> {
  const { createTransport } = await import('nodemailer');
  const { host, port, isTlsFromStart, user, from } = server;
  const transport = createTransport({
    pool: true,
    maxConnections: 1,
    host,
    port,
    secure: isTlsFromStart,
    requireTLS: true,
    tls: { minVersion: 'TLSv1.2', ...(caPem === null ? {} : { ca: [...rootCertificates, caPem] }) },
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: 2 * PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const attempt = async (work: () => Promise<unknown>): Promise<string | null> => {
    try {
      await work();
      return null;
    } catch (error) {
      return describeFailure(error, `${host}:${port}`);
    }
  };
  return {
    send: ({ to, subject, text }) =>
      attempt(() =>
        transport.sendMail({
          from: { name: 'zivver-gitops', address: from },
          to: { name: '', address: to },
          subject,
          text,
          headers: { 'Auto-Submitted': 'auto-generated' },
          textEncoding: 'base64',
        }),
      ),
    verify: () => attempt(() => transport.verify()),
    close: () => transport.close(),
  };
}

/** What the server answered is its own text: short, and of one line. */
function describeFailure(error: unknown, server: string): string {
  const { code, responseCode, response, message } = error as Readonly<Record<string, unknown>>;
  const said = typeof response === 'string' && response !== '' ? response : message;
  const named = typeof code === 'string' ? code : 'failed';
  const numbered = typeof responseCode === 'number' ? ` ${responseCode}` : '';
  return `${server}: ${named}${numbered}: ${String(said).replace(/\s+/g, ' ').slice(0, 200)}`;
}
