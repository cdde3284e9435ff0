import type { Socket } from 'node:net';

import { Ber, BerReader } from 'ldapts';

import { parseReceivedFilter } from './ldap-filter.ts';
import type { ReceivedFilter } from './ldap-filter.ts';

export type ResponderRequest =
  | { readonly kind: 'bind'; readonly id: number; readonly user: string; readonly password: string }
  | { readonly kind: 'startTls' | 'unbind'; readonly id: number }
  | SearchRequest;

export interface SearchRequest {
  readonly kind: 'search';
  readonly id: number;
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  readonly sizeLimit: number;
  readonly timeLimit: number;
  readonly filter: ReceivedFilter;
  readonly attributes: readonly string[];
  /** OIDs of the controls. */
  readonly controls: readonly string[];
  readonly page: { readonly size: number; readonly cookie: string } | undefined;
}

/** Calls back for every whole LDAP message that arrives; ends a connection on which something else does. */
export function readMessages(socket: Socket, onRequest: (request: ResponderRequest) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const reader = new BerReader(received);
      if (received[0] !== undefined && received[0] !== 0x30) return void socket.destroy();
      if (reader.readSequence() === null || reader.remain < reader.length) return;
      const end = reader.offset + reader.length;
      reader.setBufferSize(end);
      received = received.subarray(end);
      onRequest(parseRequest(reader));
    }
  });
}

function parseRequest(reader: BerReader): ResponderRequest {
  const id = reader.readInt() ?? 0;
  const operation = reader.readSequence();
  if (operation === 0x60) {
    reader.readInt();
    return { kind: 'bind', id, user: reader.readString() ?? '', password: reader.readString(0x80) ?? '' };
  }
  if (operation === 0x63) return parseSearch(reader, id);
  return { kind: operation === 0x77 ? 'startTls' : 'unbind', id };
}

function parseSearch(reader: BerReader, id: number): SearchRequest {
  const base = reader.readString() ?? '';
  const scope = (['base', 'one', 'sub'] as const)[reader.readEnumeration() ?? 0] ?? 'base';
  reader.readEnumeration();
  const sizeLimit = reader.readInt() ?? 0;
  const timeLimit = reader.readInt() ?? 0;
  reader.readBoolean();
  const filter = parseReceivedFilter(reader);
  const attributes: string[] = [];
  reader.readSequence();
  for (const end = reader.offset + reader.length; reader.offset < end;) attributes.push(reader.readString() ?? '');
  return { kind: 'search', id, base, scope, sizeLimit, timeLimit, filter, attributes, ...parseControls(reader) };
}

function parseControls(reader: BerReader): Pick<SearchRequest, 'controls' | 'page'> {
  const controls: string[] = [];
  let page: SearchRequest['page'];
  if (reader.peek() !== 0xa0) return { controls, page };
  reader.readSequence();
  for (const end = reader.offset + reader.length; reader.offset < end;) {
    reader.readSequence();
    const type = reader.readString() ?? '';
    reader.readBoolean();
    controls.push(type);
    if (type !== '1.2.840.113556.1.4.319') continue;
    const value = new BerReader(reader.readString(Ber.OctetString, true) ?? Buffer.alloc(0));
    value.readSequence();
    page = { size: value.readInt() ?? 0, cookie: value.readString() ?? '' };
  }
  return { controls, page };
}
