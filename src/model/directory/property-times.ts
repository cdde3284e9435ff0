/** Identifiers of attributes in replication (MS-ADTS §3.1.1.2.6, prefix table: 1.2.840.113556.1.4 is 0x9). */
const USER_ACCOUNT_CONTROL = 0x90008;

const HEADER_BYTES = 16;
const ENTRY_BYTES = 48;
/** Seconds from 1601-01-01 to 1970-01-01. */
const EPOCH_SECONDS = 11_644_473_600n;

/**
 * When userAccountControl was last changed, by `replPropertyMetaData` (base64 of PROPERTY_META_DATA_VECTOR, MS-DRSR §4.1.10.2.22,
 * MS-ADTS §3.1.1.1.9): which says who wrote each attribute last, and when. Null: it does not say, or is of another version.
 */
export function readStateChange(base64: string): Date | null {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < HEADER_BYTES || bytes.readUInt32LE(0) !== 1) return null;
  const count = bytes.readUInt32LE(8);
  for (let index = 0; index < count; index += 1) {
    const at = HEADER_BYTES + index * ENTRY_BYTES;
    if (at + ENTRY_BYTES > bytes.length) return null;
    if (bytes.readUInt32LE(at) === USER_ACCOUNT_CONTROL) return dateOf(bytes.readBigInt64LE(at + 8));
  }
  return null;
}

/** GeneralizedTime of LDAP, `20261130073000.0Z`, as a date; null: it is none. */
export function readGeneralizedTime(text: string): Date | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:[.,]\d+)?Z$/.exec(text.trim());
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

function dateOf(seconds: bigint): Date | null {
  const date = new Date(Number(seconds - EPOCH_SECONDS) * 1000);
  return seconds <= 0n || Number.isNaN(date.getTime()) ? null : date;
}
