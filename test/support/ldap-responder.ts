import { once } from 'node:events';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';

import { readDirectory } from './ldap-directory.ts';
import type { ResponderEntry } from './ldap-directory.ts';
import { encodeBindResponse, encodeEntry, encodeExtended, encodeReference, encodeSearchDone } from './ldap-messages.ts';
import { readMessages } from './ldap-requests.ts';
import type { ResponderRequest, SearchRequest } from './ldap-requests.ts';
import type { TestCertificate } from './certificates.ts';

/**
 * An LDAP server inside the test process that misbehaves on demand. It answers from a small directory, and `onSearch`
 * may answer instead.
 */
export interface LdapResponderOptions {
  readonly certificate: TestCertificate;
  readonly entries?: readonly ResponderEntry[];
  /** `ldap://` with StartTLS instead of `ldaps://`. */
  readonly startTls?: boolean;
  readonly onSearch?: (search: SearchRequest) => SearchAnswer | undefined;
  /** Default: success. */
  readonly bind?: { readonly code: number; readonly message?: string };
}

export interface SearchAnswer {
  /** Bytes to send before everything else; `id` is the number of the request. */
  readonly before?: (id: number) => Buffer;
  readonly entries?: readonly ResponderEntry[];
  readonly references?: readonly string[];
  /** Result code, default 0. */
  readonly code?: number;
  /** `''` = last page (default); null = no paged-results control at all. */
  readonly cookie?: string | null;
  /** `stall`: no answer. `cut`: the connection ends after so many bytes of the answer. */
  readonly fault?: 'stall' | { readonly cutAfterBytes: number };
}

export interface LdapResponder {
  /** With `localhost` as host. */
  readonly url: string;
  readonly port: number;
  readonly requests: readonly ResponderRequest[];
  /** Ends all connections but stays reachable. */
  dropConnections(): void;
  close(): Promise<void>;
}

export async function startLdapResponder(options: LdapResponderOptions): Promise<LdapResponder> {
  const requests: ResponderRequest[] = [];
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    readMessages(socket, (request) => {
      requests.push(request);
      respond(socket, request, options, accept);
    });
  };
  const server: Server =
    options.startTls === true ? createTcpServer(accept) : createTlsServer({ ...options.certificate }, accept);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dropConnections = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `${options.startTls === true ? 'ldap' : 'ldaps'}://localhost:${port}`,
    port,
    requests,
    dropConnections,
    async close() {
      server.close();
      dropConnections();
      await once(server, 'close');
    },
  };
}

function respond(
  socket: Socket,
  request: ResponderRequest,
  options: LdapResponderOptions,
  accept: (socket: Socket) => void,
): void {
  switch (request.kind) {
    case 'bind':
      socket.write(encodeBindResponse(request.id, options.bind?.code ?? 0, options.bind?.message ?? ''));
      return;
    case 'startTls':
      socket.removeAllListeners('data');
      socket.write(encodeExtended(request.id, 0));
      accept(new TLSSocket(socket, { isServer: true, ...options.certificate }));
      return;
    case 'unbind':
      socket.end();
      return;
    case 'search': {
      const answer = options.onSearch?.(request) ?? readDirectory(options.entries ?? [], request);
      writeAnswer(socket, request, answer);
    }
  }
}

function writeAnswer(socket: Socket, request: SearchRequest, answer: SearchAnswer): void {
  if (answer.fault === 'stall') return;
  const cookie = request.page === undefined ? null : answer.cookie === undefined ? '' : answer.cookie;
  const bytes = Buffer.concat([
    answer.before?.(request.id) ?? Buffer.alloc(0),
    ...(answer.entries ?? []).map((entry) => encodeEntry(request.id, entry)),
    ...(answer.references ?? []).map((url) => encodeReference(request.id, url)),
    encodeSearchDone(request.id, answer.code ?? 0, cookie),
  ]);
  if (answer.fault === undefined) socket.write(bytes);
  else socket.end(bytes.subarray(0, answer.fault.cutAfterBytes));
}
