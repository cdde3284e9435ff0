import { readFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { connect as connectTcp, createServer } from 'node:net';
import { TLSSocket, connect as connectTls } from 'node:tls';
import { readTlv } from './ldap-relay/ber.ts';
import type { RelayCounters, RelayRules } from './ldap-relay/conversation.ts';
import { createConversation } from './ldap-relay/conversation.ts';
import type { LdapBreak, LdapFault } from './ldap-relay/faults.ts';
import { findBreak } from './ldap-relay/faults.ts';
import type { LdapMessage } from './ldap-relay/ldap-message.ts';
import { parseMessage } from './ldap-relay/ldap-message.ts';
import type { WindowsLimits } from './ldap-relay/windows-limits.ts';
import { WINDOWS_DEFAULTS } from './ldap-relay/windows-limits.ts';

export interface LdapRelayOptions {
  /** `ldaps://host[:port]` or `ldap://host[:port]` of the real server. */
  readonly target: string;
  /** CA of the target, PEM; needed for `ldaps:`. */
  readonly caFile?: string;
  /** Certificate and key to offer LDAPS with; without them the relay speaks plain LDAP. StartTLS is not spoken. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** True: 1000 entries a page, 1500 values an attribute, sizeLimit obeyed, as Windows does. Or other numbers. */
  readonly windows: boolean | WindowsLimits;
  readonly faults?: readonly LdapFault[];
}

export interface LdapRelay {
  /** `ldaps://localhost:PORT` or `ldap://localhost:PORT`, on 127.0.0.1. */
  readonly url: string;
  readonly port: number;
  readonly counters: Readonly<RelayCounters>;
  /** Closes all connections. */
  close(): Promise<void>;
}

/** A relay in front of a domain controller that imposes Windows' limits and injects faults. */
export async function startLdapRelay(options: LdapRelayOptions): Promise<LdapRelay> {
  const counters = { connections: 0, searches: 0, pages: 0, messages: 0, bytes: 0, entries: 0, dropped: 0 };
  const limits = options.windows === true ? WINDOWS_DEFAULTS : options.windows || undefined;
  const rules: RelayRules = { limits, faults: options.faults ?? [], counters };
  const open = new Set<Socket>();
  const server = createServer((raw) => {
    counters.connections += 1;
    const upstream = connectToTarget(options);
    for (const socket of [raw, upstream]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    }
    join(raw, options.tls ? acceptTls(raw, options.tls) : raw, upstream, rules);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'ldaps' : 'ldap'}://localhost:${port}`,
    port,
    counters,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** Lets messages pass both ways, as the rules allow. */
function join(raw: Socket, client: Socket, upstream: Socket, rules: RelayRules): void {
  const conversation = createConversation(rules);
  let isBroken = false;
  const onRequest = splitMessages((message) => {
    if (isBroken) return;
    const { toServer, toClient } = conversation.request(message);
    if (toServer !== undefined) upstream.write(toServer);
    if (toClient !== undefined) deliver([{ bytes: toClient, page: rules.counters.pages, entriesBefore: 0 }]);
  });
  const onAnswer = splitMessages((message) => deliver(conversation.answer(message)));
  const deliver = (messages: ReturnType<typeof conversation.answer>): void => {
    for (const { bytes, page, entriesBefore } of messages) {
      if (isBroken) return;
      const { counters } = rules;
      counters.messages += 1;
      const place = {
        bytesBefore: counters.bytes,
        length: bytes.length,
        message: counters.messages,
        page,
        entriesBefore,
      };
      const found = findBreak(rules.faults, place);
      isBroken = found !== undefined;
      const sent = found ? bytes.subarray(0, found.afterBytes) : bytes;
      counters.bytes += sent.length;
      if (found) breakConnection(raw, client, sent, found.how);
      else pauseIfFull(client.write(sent), client, upstream);
    }
  };
  client.on('data', onRequest).on('error', () => upstream.destroy());
  upstream.on('data', onAnswer).on('error', () => isBroken || client.destroy());
  raw.on('error', () => upstream.destroy());
  client.on('close', () => upstream.destroy());
  client.on('end', () => upstream.end());
  upstream.on('end', () => isBroken || client.end());
  // A fault closes only what the client sees; the server's side goes when the client has gone.
}

function breakConnection(raw: Socket, client: Socket, last: Buffer, how: LdapBreak['how']): void {
  if (how === 'fin') client.end(last);
  else client.write(last, () => how === 'rst' && raw.resetAndDestroy());
}

function pauseIfFull(hasRoom: boolean, client: Socket, upstream: Socket): void {
  if (hasRoom || upstream.isPaused()) return;
  upstream.pause();
  client.once('drain', () => upstream.resume());
}

/** Collects bytes until a whole LDAP message is there. */
function splitMessages(onMessage: (message: LdapMessage) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0);
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (let tlv = readTlv(pending); tlv !== undefined; tlv = readTlv(pending)) {
      pending = pending.subarray(tlv.whole.length);
      onMessage(parseMessage(tlv));
    }
  };
}

function acceptTls(raw: Socket, tls: { certFile: string; keyFile: string }): TLSSocket {
  return new TLSSocket(raw, { isServer: true, cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) });
}

function connectToTarget({ target, caFile }: LdapRelayOptions): Socket {
  const { protocol, hostname, port } = new URL(target);
  if (protocol === 'ldap:') return connectTcp({ host: hostname, port: Number(port) || 389 });
  const ca = caFile === undefined ? undefined : readFileSync(caFile);
  return connectTls({ host: hostname, port: Number(port) || 636, ...(ca ? { ca } : {}) });
}
