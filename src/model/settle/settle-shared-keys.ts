import { fact } from '../facts/fact.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { dnsOf, type Disputes } from './disputes.ts';
import { isEnabled } from './open-draft.ts';

export interface SharedKeys {
  /** One account a key: where all who have it must not be used, the first of them. */
  readonly candidates: readonly MappedAccount[];
  /** Several entries have their key, and one of them may be used. */
  readonly refused: readonly { readonly mapped: MappedAccount; readonly detail: Fact }[];
  /** Beside the candidate of their key. */
  readonly doubles: readonly MappedAccount[];
}

/** Several entries with one key: nobody knows which of them the account is. If all are disabled, that does not matter. */
export function settleSharedKeys(accounts: readonly MappedAccount[], { keys }: Disputes): SharedKeys {
  const result = {
    candidates: [] as MappedAccount[],
    refused: [] as { mapped: MappedAccount; detail: Fact }[],
    doubles: [] as MappedAccount[],
  };
  for (const mapped of accounts) {
    const holders = keys.get(mapped.account.key) ?? [mapped];
    const [first] = [...holders].sort((a, b) => (a.dn < b.dn ? -1 : 1));
    const rivals = holders.filter((other) => other !== mapped);
    if (holders.some(isEnabled) && rivals.length > 0)
      result.refused.push({ mapped, detail: fact('key-also-claimed', { entries: dnsOf(rivals) }) });
    else if (mapped === first || rivals.length === 0) result.candidates.push(mapped);
    else result.doubles.push(mapped);
  }
  return result;
}
