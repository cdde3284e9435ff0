import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach } from 'vitest';
import { createScimClient, type Timeouts } from '../../src/adapters/zivver/connect.ts';
import type { Exchange, ScimMethod } from '../../src/adapters/zivver/exchange.ts';
import type { ScimClient } from '../../src/adapters/zivver/scim-client.ts';
import { startLoopbackServer, type LoopbackServer, type Reply } from './loopback-server.ts';
import { SimulatedTime } from './simulated-time.ts';

/** The API key of every client here; it must appear in no answer, error or print. */
export const KEY = 'canary-key-5e1f';
/** All methods of the API. */
export const ALL: readonly ScimMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** The body of every write that has one. */
export const BODY = { active: false };

/** Answers with a JSON text. */
export const json =
  (status: number, content: unknown, headers: Record<string, string> = {}): Reply =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(content));
/** An answer like any other. */
export const fine = json(200, { fine: true });
/** Closes the connection after the request was read. */
export const drop: Reply = (_, __, socket) => void socket.destroy();
/** Closes the connection in the middle of an announced body. */
export const halfBody: Reply = (response, _, socket) => {
  response.writeHead(200, { 'content-length': '100' }).write('{"id":');
  setImmediate(() => socket.destroy());
};

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

/** `startLoopbackServer`, closed after the test. */
export async function serve(...replies: [Reply, ...Reply[]]): Promise<LoopbackServer> {
  const server = await startLoopbackServer(...replies);
  opened.unshift(server);
  return server;
}

export interface Connected {
  readonly time: SimulatedTime;
  readonly client: ScimClient;
}

/** A client in simulated time, closed after the test; `timeouts` are in real time. */
export function connect(url: string, methods = ALL, timeouts: Partial<Timeouts> = {}): Connected {
  const time = new SimulatedTime();
  const options = {
    url,
    apiKey: KEY,
    userAgent: 'zivver-gitops/0.0.0',
    timing: time,
    timeouts,
    maxAnswerBytes: 10_000,
  };
  const client = createScimClient(options, methods);
  opened.unshift(client);
  return { time, client };
}

export interface SentOutcome {
  readonly outcome: Exchange;
  readonly time: SimulatedTime;
  /** How often undici announced that it writes a request. */
  readonly sent: number;
}

/** Sends one request: GET of /Users, or a write to /Users/1. */
export async function send(method: ScimMethod, url: string, timeouts: Partial<Timeouts> = {}): Promise<SentOutcome> {
  const { time, client } = connect(url, ALL, timeouts);
  let sent = 0;
  const count = (): void => void (sent += 1);
  subscribe('undici:client:sendHeaders', count);
  const body = method === 'DELETE' ? null : BODY;
  const call = method === 'GET' ? client.read('/Users') : client.write(method, '/Users/1', body);
  const outcome = await time.pass(call).finally(() => unsubscribe('undici:client:sendHeaders', count));
  return { outcome, time, sent };
}

/** The body of an answer, empty if there was none. */
export function textOf(outcome: Exchange): string {
  return outcome.delivery === 'answered' ? Buffer.from(outcome.body).toString() : '';
}
