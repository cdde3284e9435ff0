import { Ber, BerReader, ProtocolOperation } from 'ldapts';

/** One entry of an answer (RFC 4511 §4.5.2), as the server sent it. */
export interface LdapEntry {
  readonly dn: string;
  readonly attributes: readonly LdapAttribute[];
}

export interface LdapAttribute {
  /** With options, such as `member;range=0-1499`. */
  readonly type: string;
  readonly values: readonly Buffer[];
}

/** Number of bytes of the message that `bytes` begins with; null if it is not all there, or not a message. */
export function messageLength(bytes: Buffer): number | null {
  try {
    const reader = new BerReader(bytes);
    const isComplete = reader.readSequence() !== null && reader.length >= 0 && reader.length <= reader.remain;
    return isComplete ? reader.offset + reader.length : null;
  } catch {
    return null;
  }
}

/** The number of the request that an entry answers; null if the message is not an entry. */
export function entryRequestId(message: Buffer): number | null {
  try {
    const reader = new BerReader(message);
    reader.readSequence();
    const id = reader.readInt();
    return reader.peek() === ProtocolOperation.LDAP_RES_SEARCH_ENTRY ? id : null;
  } catch {
    return null;
  }
}

/**
 * Far cheaper than the entries of ldapts, which decode every value as text also where it is none and keep both.
 * Throws Error if the message is damaged.
 */
export function parseEntry(message: Buffer): LdapEntry {
  const reader = new BerReader(message);
  reader.readSequence();
  reader.readInt();
  reader.readSequence();
  const dn = readBytes(reader).toString('utf8');
  const attributes: LdapAttribute[] = [];
  for (const end = readEnd(reader); reader.offset < end;) {
    readEnd(reader);
    const type = readBytes(reader).toString('utf8');
    const values: Buffer[] = [];
    for (const last = readEnd(reader); reader.offset < last;) values.push(readBytes(reader));
    attributes.push({ type, values });
  }
  return { dn, attributes };
}

/** Enters a sequence or set, and tells where it ends. */
function readEnd(reader: BerReader): number {
  if (reader.readSequence() === null || reader.length < 0 || reader.length > reader.remain) throw new Error(DAMAGED);
  return reader.offset + reader.length;
}

function readBytes(reader: BerReader): Buffer {
  const bytes = reader.readString(Ber.OctetString, true);
  if (bytes === null) throw new Error(DAMAGED);
  return bytes;
}

const DAMAGED = 'an entry of the answer is damaged';
