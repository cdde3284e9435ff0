import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as the server saw it, read to its end. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Reply = (response: ServerResponse, request: SeenRequest, socket: Socket) => void;

export interface LoopbackServer {
  readonly url: string;
  /** All requests so far, in the order in which they were read to their end. */
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

/** A server on this computer that answers the first request with the first reply, and the last reply for ever. */
export async function startLoopbackServer(...replies: readonly [Reply, ...Reply[]]): Promise<LoopbackServer> {
  const seen: SeenRequest[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request;
    const complete = { method, url, headers, body: await text(request) };
    seen.push(complete);
    const reply = replies[Math.min(seen.length, replies.length) - 1] ?? replies[0];
    reply(response, complete, request.socket);
  };
  const server = createServer((request, response) => void answer(request, response));
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}/scim/v2`, seen, close: () => close(server) };
}

/** Listens on this port of the loopback address, or on a free one, and tells which. */
export async function listen(server: TcpServer, wanted = 0): Promise<number> {
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Ends all connections too. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
