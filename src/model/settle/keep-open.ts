import type { ExistingIndex } from '../account/existing-index.ts';
import { attributesOf } from '../account/attributes-of.ts';
import type { Renames } from '../change/renames.ts';
import type { OpenDraft } from './open-list.ts';
import type { SettledAccount } from './settlement.ts';

/**
 * Whose account is open keeps access to other people's mail as well: a source that cannot be believed about a person cannot
 * be believed about the links to the person.
 */
export function keepOpen(
  settled: readonly SettledAccount[],
  open: readonly OpenDraft[],
  { index, renames }: { readonly index: ExistingIndex; readonly renames: Renames },
): readonly SettledAccount[] {
  const whole = open.filter(({ value, zivverId }) => value === null && zivverId !== null);
  const addresses = new Set(whole.flatMap(({ address }) => address ?? []));
  if (addresses.size === 0) return settled;
  const keep = (wanted: readonly string[], held: readonly string[]): string[] => {
    const kept = held.filter((address) => addresses.has(address) && !wanted.includes(address));
    return kept.length === 0 ? [...wanted] : [...wanted, ...kept].sort();
  };
  return settled.map((account) => {
    const { desired, existing } = account;
    if (existing === null || account.isRecordOnly) return account;
    const now = attributesOf(existing, index, renames.newAddresses);
    if (desired.kind === 'user') {
      if (desired.delegates === undefined || now.delegates.length === 0) return account;
      return { ...account, desired: { ...desired, delegates: keep(desired.delegates, now.delegates) } };
    }
    if (desired.members === undefined || now.members.length === 0) return account;
    return { ...account, desired: { ...desired, members: keep(desired.members, now.members) } };
  });
}
