import { der, derNumber, derSequence, derText } from './der.ts';
import type { ResponderEntry } from './ldap-directory.ts';

/** LDAP messages from server to client (RFC 4511 §4). */

export function encodeBindResponse(id: number, code: number, message: string): Buffer {
  return derSequence(derNumber(id), der(0x61, ...result(code, message)));
}

export function encodeExtended(id: number, code: number): Buffer {
  return derSequence(derNumber(id), der(0x78, ...result(code, '')));
}

export function encodeEntry(id: number, { dn, attributes }: ResponderEntry): Buffer {
  const list = Object.entries(attributes).map(([type, values]) =>
    derSequence(derText(type), der(0x31, ...values.map((value) => derText(value)))),
  );
  return derSequence(derNumber(id), der(0x64, derText(dn), derSequence(...list)));
}

export function encodeReference(id: number, url: string): Buffer {
  return derSequence(derNumber(id), der(0x73, derText(url)));
}

/** `cookie` null = without paged-results control (RFC 2696). */
export function encodeSearchDone(id: number, code: number, cookie: string | null): Buffer {
  const done = der(0x65, ...result(code, ''));
  if (cookie === null) return derSequence(derNumber(id), done);
  const value = derSequence(derNumber(0), derText(cookie));
  const control = derSequence(derText('1.2.840.113556.1.4.319'), derText(value));
  return derSequence(derNumber(id), done, der(0xa0, control));
}

function result(code: number, message: string): Buffer[] {
  return [derNumber(code, 0x0a), derText(''), derText(message)];
}
