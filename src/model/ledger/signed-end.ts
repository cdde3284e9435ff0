import { formatCanonicalJson } from '../canonical.ts';
import type { Problem } from '../errors.ts';
import { findSignatureFault, parseSshSignature } from '../approval/ssh-signature.ts';
import { parsePublicKeyLine } from '../approval/ssh-public-key.ts';
import { WireFault } from '../approval/ssh-wire.ts';
import type { EndRecord } from '../schema/generated/ledger.ts';
import type { ChainedRecord } from './chain.ts';
import { LEDGER_NAMESPACE, listKeysInForce, type LedgerKey } from './ledger-keys.ts';

/** An end record before it is signed. */
export type UnsignedEnd = Omit<EndRecord, 'signature'>;

/** Signs the text of an end record: the signature as ssh-keygen writes it. */
export type SignEnd = (text: string) => string;

/** The text that is signed: the line without its signature. By `previous` it stands for everything before it. */
export function formatUnsignedEnd(record: UnsignedEnd & Pick<EndRecord, 'signature'>): string {
  const { signature: _signature, ...unsigned } = record;
  return `${formatCanonicalJson(unsigned)}\n`;
}

export interface SignedLedger {
  readonly entries: readonly { readonly name: string; readonly records: readonly ChainedRecord[] }[];
  /** As organisation.yaml lists them now; null: that cannot be read. */
  readonly keys: readonly LedgerKey[] | null;
  /** Of the file of a plan. */
  readonly fileOf: (name: string) => string;
}

/** Ends that are not signed as they must be: somebody wrote them who does not hold the key of the apply job. */
export function findEndFaults({ entries, keys, fileOf }: SignedLedger): Problem[] {
  const problems: Problem[] = [];
  const listed = keys && indexKeys(keys);
  let hasBegun = false;
  for (const { name, records } of entries) {
    let runAt = 0;
    for (const [index, record] of records.entries()) {
      if (record.type === 'begin' || record.type === 'resume') runAt = Date.parse(record.at);
      if (record.type !== 'end') continue;
      const fault = findEndFault(record, { runAt, keys, listed, hasBegun });
      if (fault !== null) problems.push({ where: `${fileOf(name)}:${index + 1}`, what: fault });
      hasBegun ||= record.signature !== undefined;
    }
  }
  return problems;
}

interface Circumstances {
  /** When the run began that this ends. */
  readonly runAt: number;
  readonly keys: readonly LedgerKey[] | null;
  readonly listed: ReadonlyMap<string, LedgerKey> | null;
  /** An earlier end is signed. */
  readonly hasBegun: boolean;
}

function findEndFault(record: EndRecord, { runAt, keys, listed, hasBegun }: Circumstances): string | null {
  const { signature } = record;
  if (signature === undefined) {
    if (keys !== null && listKeysInForce(keys, runAt).length > 0)
      return 'is not signed, though organisation.yaml has a key for it';
    return hasBegun && (keys ?? []).length === 0 ? 'is not signed, though ends before it are' : null;
  }
  try {
    const parsed = parseSshSignature(signature);
    const fault = findSignatureFault(parsed, formatUnsignedEnd(record), LEDGER_NAMESPACE);
    if (fault !== null) return `has a signature that ${fault}`;
    if (listed === null) return null;
    const key = listed.get(parsed.publicKey.fingerprint);
    if (key === undefined) return 'is signed with a key that ledger.keys of organisation.yaml does not list';
    return listKeysInForce([key], runAt).length > 0 ? null : 'is signed with a key that was not in force then';
  } catch (fault) {
    if (fault instanceof WireFault) return `has a signature that ${fault.message}`;
    throw fault;
  }
}

function indexKeys(keys: readonly LedgerKey[]): ReadonlyMap<string, LedgerKey> {
  return new Map(keys.map((key) => [parsePublicKeyLine(key.key).fingerprint, key]));
}

/** Ends with a signature, of all. */
export function countSignedEnds(entries: SignedLedger['entries']): { readonly signed: number; readonly ends: number } {
  const ends = entries.flatMap(({ records }) => records.filter((record) => record.type === 'end'));
  return { signed: ends.filter(({ signature }) => signature !== undefined).length, ends: ends.length };
}
