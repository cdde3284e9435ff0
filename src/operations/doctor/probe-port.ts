import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';

/** What answers on a port when it gets a plain LDAP request. */
export type Listener = 'ldap' | 'tls' | 'web' | 'silent' | 'unknown';

/** Addresses of a host, or the system's code for why there are none. */
export async function lookUpHost(host: string): Promise<readonly string[] | string> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    return faultOf(error);
  }
}

/** Opens a TCP connection and closes it again. Null if that worked, else the system's code; `ETIMEDOUT` after `timeoutMs`. */
export async function tryPort(host: string, port: number, timeoutMs: number): Promise<string | null> {
  return converse(host, port, { timeoutMs, onConnect: (_, settle) => settle(null), onTimeout: 'ETIMEDOUT' });
}

/** Sends a search of the root entry in the clear (no name, no password) and looks at the first bytes of the answer. */
export async function sniffPort(host: string, port: number, timeoutMs: number): Promise<Listener> {
  const answer = await converse<Listener>(host, port, {
    timeoutMs,
    onTimeout: 'silent',
    onConnect: (socket, settle) => {
      socket.on('data', (bytes) => settle(classify(bytes)));
      socket.on('end', () => settle('unknown'));
      socket.write(ROOT_SEARCH);
    },
  });
  return answer === null || !LISTENERS.has(answer) ? 'unknown' : (answer as Listener);
}

const LISTENERS: ReadonlySet<string> = new Set(['ldap', 'tls', 'web', 'silent', 'unknown'] satisfies Listener[]);

/** RFC 4511: message 1, search of the base '' for (objectClass=*), no attributes. */
const ROOT_SEARCH = Buffer.from(
  '302a020101632504000a01000a010002010002010a010100870b6f626a656374436c61737330050403312e31',
  'hex',
);

function classify(bytes: Buffer): Listener {
  if (bytes[0] === 0x30) return 'ldap';
  // A TLS alert: record type 21, version 3.x.
  if (bytes[0] === 0x15 && bytes[1] === 0x03) return 'tls';
  return /^(?:HTTP\/|<)/.test(bytes.toString('latin1', 0, 16)) ? 'web' : 'unknown';
}

interface Conversation<Answer extends string> {
  readonly timeoutMs: number;
  readonly onTimeout: Answer | 'ETIMEDOUT';
  readonly onConnect: (socket: Socket, settle: (answer: Answer | null) => void) => void;
}

function converse<Answer extends string>(
  host: string,
  port: number,
  { timeoutMs, onTimeout, onConnect }: Conversation<Answer>,
): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const settle = (answer: string | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => settle(onTimeout), timeoutMs);
    socket.once('error', (error) => settle(faultOf(error)));
    socket.once('connect', () => onConnect(socket, settle));
  });
}

/** Node tries all addresses of a name and then tells of all of them. */
function faultOf(error: unknown): string {
  if (error instanceof AggregateError) return faultOf(error.errors[0]);
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
}
