import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Kind } from '../model/account/account.ts';
import { ReconcileError } from '../model/errors.ts';
import { parseResource } from './account-record.ts';
import { BASE_PATH, Gateway } from './gateway.ts';
import type { JsonObject } from './json.ts';
import { JSON_TYPE } from './media-types.ts';
import { openOrganisation } from './open-organisation.ts';
import type { Organisation } from './organisation.ts';
import { formatFrameworkError } from './refusal.ts';
import { openRequestLog, type RequestLine } from './request-log.ts';
import type { SandboxOptions } from './sandbox-options.ts';

/** Counts only: nothing personal. */
interface SandboxStatus {
  readonly users: number;
  readonly suspended: number;
  readonly functional: number;
  readonly guests: number;
  readonly freeAccounts: number;
  /** Requests since the start, refused ones included. */
  readonly requests: number;
  /** Writes that were carried out since the start. */
  readonly writes: number;
}

interface SandboxAccount {
  readonly kind: Kind;
  readonly id: string;
  readonly address: string;
  /** As GET answers it. */
  readonly resource: JsonObject;
}

export interface Sandbox {
  /** `http://HOST:PORT/api/scim/v2`. */
  readonly url: string;
  readonly port: number;
  readonly domains: readonly string[];
  /** Users first. */
  accounts(): SandboxAccount[];
  /** Secret; null = none, or no such account. */
  ssoKeyOf(id: string): string | null;
  status(): SandboxStatus;
  /** Breaks open connections and closes all files. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts a local Zivver (src/sandbox/README.md).
 * @throws ReconcileError SANDBOX_OPTIONS if a file cannot be used or the port is not free.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { organisation, journal } = openOrganisation(options);
  const log = options.requestLog === undefined ? undefined : openRequestLog(options.requestLog);
  const closeFiles = (): void => {
    journal?.close();
    log?.close();
  };
  const counters = { requests: 0, writes: 0 };
  const status = (): SandboxStatus => ({ ...countAccounts(organisation), ...counters });
  const count = (line: RequestLine): void => {
    counters.requests += 1;
    if (line.executed && line.method !== 'GET') counters.writes += 1;
    log?.append(line);
  };
  const clock = options.clock ?? readMonotonicClock;
  const gateway = new Gateway(options, { organisation, clock, readStatus: status, log: count });
  const address = { host: options.host ?? '127.0.0.1', port: options.port };
  const server = await listen(gateway, address, closeFiles);
  return buildSandbox(server, address.host, { organisation, status, closeFiles });
}

function buildSandbox(
  server: Server,
  host: string,
  parts: { organisation: Organisation; status: () => SandboxStatus; closeFiles: () => void },
): Sandbox {
  const { organisation, status, closeFiles } = parts;
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}${BASE_PATH}`,
    port,
    domains: [...organisation.domains],
    accounts: () => [...listAccounts(organisation, 'user'), ...listAccounts(organisation, 'functional')],
    ssoKeyOf: (id) => organisation.findAny(id)?.ssoAccountKey ?? null,
    status,
    close: () => (closing ??= closeServer(server).finally(closeFiles)),
  };
}

async function listen(
  gateway: Gateway,
  address: { readonly host: string; readonly port: number },
  closeFiles: () => void,
): Promise<Server> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    response.on('error', () => void response.destroy());
    gateway.answer(request, response).catch((error: unknown) => {
      if (server.listening) answerFailure(response, error);
    });
  });
  try {
    server.listen(address);
    await once(server, 'listening');
    return server;
  } catch (cause) {
    closeFiles();
    throw new ReconcileError('SANDBOX_OPTIONS', `The sandbox cannot listen on ${address.host}:${address.port}.`, {
      remedy: 'Choose another --port (0 = any free one) or --host.',
      cause,
    });
  }
}

/** Longer than a client waits for a rate window, so that an idle connection does not end just as it is used again. */
const KEEP_ALIVE_MS = 65_000;

/** A state file or log that cannot be written, or a bug: 500, and a warning for whoever runs the sandbox. */
function answerFailure(response: ServerResponse, error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'content-type': JSON_TYPE }).end(formatFrameworkError(500));
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function listAccounts(organisation: Organisation, kind: Kind): SandboxAccount[] {
  return organisation
    .accounts(kind)
    .map((record) => ({ kind, id: record.id, address: record.address, resource: parseResource(record) }));
}

function countAccounts(organisation: Organisation): Omit<SandboxStatus, 'requests' | 'writes'> {
  const users = organisation.accounts('user');
  return {
    users: users.length,
    suspended: users.filter(({ isSuspended }) => isSuspended).length,
    functional: organisation.count('functional'),
    guests: organisation.guests.size,
    freeAccounts: organisation.freeAccounts.size,
  };
}

/** Epoch milliseconds that never step back. */
function readMonotonicClock(): number {
  return performance.timeOrigin + performance.now();
}
