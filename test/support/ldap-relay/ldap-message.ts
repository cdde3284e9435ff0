import type { Tlv } from './ber.ts';
import { buildInteger, buildTlv, readInteger, readTlv, readTlvs } from './ber.ts';

/** Application tags of RFC 4511 §4.2 and following. */
export const SEARCH_REQUEST = 0x63;
export const SEARCH_ENTRY = 0x64;
export const SEARCH_DONE = 0x65;
const SEARCH_REFERENCE = 0x73;

const PAGED_RESULTS = '1.2.840.113556.1.4.319';
const SEQUENCE = 0x30;
const OCTETS = 0x04;
const INTEGER = 0x02;
const ENUMERATED = 0x0a;
const CONTROLS = 0xa0;

/** One LDAPMessage: its id, its operation and the controls behind it. */
export interface LdapMessage {
  readonly id: number;
  readonly operation: Tlv;
  readonly controls: readonly Tlv[];
  readonly whole: Buffer;
}

/** RFC 2696: in a request `size` is the page size, in an answer an estimate. */
export interface PagedControl {
  readonly size: number;
  readonly cookie: Buffer;
}

export function parseMessage(tlv: Tlv): LdapMessage {
  const [id, operation, controls] = readTlvs(tlv.content);
  if (operation === undefined) throw new Error('not an LDAP message');
  return { id: readInteger(id), operation, controls: controls ? readTlvs(controls.content) : [], whole: tlv.whole };
}

export function buildMessage(id: number, operation: Buffer, controls: readonly Buffer[]): Buffer {
  const tail = controls.length === 0 ? [] : [buildTlv(CONTROLS, ...controls)];
  return buildTlv(SEQUENCE, buildInteger(INTEGER, id), operation, ...tail);
}

export function findPagedControl(message: LdapMessage): PagedControl | undefined {
  for (const control of message.controls) {
    const parts = readTlvs(control.content);
    if (parts[0]?.content.toString('latin1') !== PAGED_RESULTS) continue;
    const value = readTlv(parts.at(-1)?.content ?? Buffer.alloc(0));
    const [size, cookie] = value ? readTlvs(value.content) : [];
    return { size: readInteger(size), cookie: cookie?.content ?? Buffer.alloc(0) };
  }
  return undefined;
}

/** The same message with another paged-results control; undefined takes the control away. */
export function replacePagedControl(message: LdapMessage, paged: PagedControl | undefined): Buffer {
  const others = message.controls.filter((control) => !control.content.includes(PAGED_RESULTS, 0, 'latin1'));
  const kept = others.map((control) => control.whole);
  return buildMessage(message.id, message.operation.whole, paged ? [...kept, buildPagedControl(paged)] : kept);
}

/** SearchResultDone with this code and text, and a paged-results control if given. */
export function buildSearchDone(id: number, code: number, text: string, paged?: PagedControl): Buffer {
  const parts = [buildInteger(ENUMERATED, code), buildTlv(OCTETS), buildTlv(OCTETS, Buffer.from(text))];
  return buildMessage(id, buildTlv(SEARCH_DONE, ...parts), paged ? [buildPagedControl(paged)] : []);
}

/** SearchResultReference, "go on there". */
export function buildSearchReference(id: number, url: string): Buffer {
  return buildMessage(id, buildTlv(SEARCH_REFERENCE, buildTlv(OCTETS, Buffer.from(url))), []);
}

/** Fourth component of a SearchRequest; 0 = none. */
export function readSizeLimit(request: LdapMessage): number {
  return readInteger(readTlvs(request.operation.content)[3]);
}

export function readEntryDn(entry: LdapMessage): string {
  return readTlv(entry.operation.content)?.content.toString('utf8') ?? '';
}

function buildPagedControl({ size, cookie }: PagedControl): Buffer {
  const value = buildTlv(SEQUENCE, buildInteger(INTEGER, size), buildTlv(OCTETS, cookie));
  return buildTlv(SEQUENCE, buildTlv(OCTETS, Buffer.from(PAGED_RESULTS)), buildTlv(OCTETS, value));
}
