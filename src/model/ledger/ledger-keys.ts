import { formatAllowedSigner } from '../approval/allowed-signers.ts';
import { complainOfMoments, isWithin, type Term } from '../approval/term.ts';
import { parsePublicKeyLine } from '../approval/ssh-public-key.ts';
import { WireFault } from '../approval/ssh-wire.ts';
import type { LedgerKey } from '../schema/generated/organisation.ts';

export type { LedgerKey };

/** Those with which an apply that begins at this moment (milliseconds since 1970) must sign how it ended. */
export function listKeysInForce(keys: readonly LedgerKey[], moment: number): readonly LedgerKey[] {
  return keys.filter((key) => isWithin(key, moment));
}

/** What a signature in the ledger is for: one that was made for an approval proves nothing here. */
export const LEDGER_NAMESPACE = 'ledger@zivver-gitops';
/** Under which OpenSSH knows the apply job. */
const PRINCIPAL = 'apply';

/** In OpenSSH's format ALLOWED SIGNERS. */
export function formatLedgerKeys(keys: readonly LedgerKey[]): string {
  const use = { principal: PRINCIPAL, namespace: LEDGER_NAMESPACE };
  return keys.map((key) => formatAllowedSigner(key.key, { ...use, terms: [key] })).join('');
}

/** Keys that are none, listed twice, or of days that are none. `complain` gets a JSON pointer below the list. */
export function findLedgerKeyFaults(
  keys: readonly LedgerKey[],
  complain: (pointer: string, what: string) => void,
): void {
  const known = new Set<string>();
  keys.forEach((key, index) => {
    complainOfMoments(key satisfies Term, (what) => complain(`/${index}`, what));
    try {
      const { fingerprint } = parsePublicKeyLine(key.key);
      if (known.has(fingerprint)) complain(`/${index}/key`, 'this key is listed already');
      known.add(fingerprint);
    } catch (fault) {
      if (!(fault instanceof WireFault)) throw fault;
      complain(`/${index}/key`, fault.message);
    }
  });
}
