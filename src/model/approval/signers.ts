import { ReconcileError, type Problem } from '../errors.ts';
import type { Signer, SignerKey, Signers } from '../schema/generated/signers.ts';
import { findDocumentFaults, parseYamlDocument, type YamlDocument } from '../schema/yaml-document.ts';
import { parsePublicKeyLine } from './ssh-public-key.ts';
import { WireFault } from './ssh-wire.ts';
import { complainOfMoments, isWithin } from './term.ts';

export type { Signer, SignerKey };

/** Beside organisation.yaml. */
export const SIGNERS_FILE = 'signers.yaml';

/** A key of a person, and when both are in force. */
export interface ListedKey {
  readonly signer: Signer;
  readonly key: SignerKey;
}

/** Text of signers.yaml → the people. Throws CONFIGURATION_INVALID (3) with all faults. */
export function parseSigners(text: string, file: string): readonly Signer[] {
  const parsed = parseYamlDocument(text, file);
  const problems = parsed.ok ? [...findDocumentFaults(parsed.document, 'signers')] : [...parsed.problems];
  if (parsed.ok && problems.length === 0) problems.push(...findContradictions(parsed.document));
  if (!parsed.ok || problems.length > 0)
    throw new ReconcileError('CONFIGURATION_INVALID', `${file} does not say who may approve plans`, {
      remedy: 'Correct the lines named above by pull request.',
      problems,
    });
  return (parsed.document.data as Signers).signers;
}

/** Fingerprint → key and person. `signers`: as `parseSigners` gives them. */
export function indexKeys(signers: readonly Signer[]): ReadonlyMap<string, ListedKey> {
  return new Map(
    signers.flatMap((signer) =>
      signer.keys.map((key) => [parsePublicKeyLine(key.key).fingerprint, { signer, key }] as const),
    ),
  );
}

/** True if person and key are both in force. */
export function isInForce({ signer, key }: ListedKey, moment: number): boolean {
  return [signer, key].every((term) => isWithin(term, moment));
}

/** What a JSON schema cannot say: keys that are none, one key or address of two people, days that are none. */
function findContradictions(document: YamlDocument): Problem[] {
  const keys = new Map<string, string>();
  const addresses = new Map<string, string>();
  const problems: Problem[] = [];
  const complain = (pointer: string, what: string): void =>
    void problems.push({ where: document.whereIs(pointer), what });
  (document.data as Signers).signers.forEach((signer, index) => {
    const pointer = `/signers/${index}`;
    for (const address of new Set([signer.address, ...(signer.otherAddresses ?? [])].map(foldAddress))) {
      const owner = addresses.get(address);
      if (owner !== undefined) complain(pointer, `${address} is an address of ${owner} too`);
      addresses.set(address, signer.name);
    }
    complainOfMoments(signer, (what) => complain(pointer, what));
    signer.keys.forEach((key, keyIndex) => {
      const at = `${pointer}/keys/${keyIndex}`;
      complainOfMoments(key, (what) => complain(at, what));
      const fingerprint = readFingerprint(key.key);
      if (fingerprint instanceof WireFault) return complain(`${at}/key`, fingerprint.message);
      const owner = keys.get(fingerprint);
      if (owner !== undefined) complain(`${at}/key`, `this key is listed already, for ${owner}`);
      keys.set(fingerprint, signer.name);
    });
  });
  return problems;
}

function readFingerprint(line: string): string | WireFault {
  try {
    return parsePublicKeyLine(line).fingerprint;
  } catch (fault) {
    if (fault instanceof WireFault) return fault;
    throw fault;
  }
}

/** Addresses differ by more than their case. */
export function foldAddress(address: string): string {
  return address.normalize('NFKC').trim().toLowerCase();
}
