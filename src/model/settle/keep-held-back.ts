import type { ExistingIndex } from '../account/existing-index.ts';
import { attributesOf } from '../account/attributes-of.ts';
import type { Renames } from '../change/renames.ts';
import type { SettledAccount } from './settlement.ts';

/**
 * Whose account is held back keeps access to other people's mail as well: a directory that lacks the person lacks the
 * links to the person too.
 */
export function keepHeldBack(
  settled: readonly SettledAccount[],
  heldBack: ReadonlySet<string>,
  { index, renames }: { readonly index: ExistingIndex; readonly renames: Renames },
): readonly SettledAccount[] {
  if (heldBack.size === 0) return settled;
  return settled.map((account) => {
    const { desired, existing } = account;
    if (existing === null || account.isAdopted) return account;
    const now = attributesOf(existing, index, renames.newAddresses);
    const keep = (wanted: readonly string[], held: readonly string[]): string[] =>
      [...new Set([...wanted, ...held.filter((address) => heldBack.has(address))])].sort();
    if (desired.kind === 'user') {
      if (desired.delegates === undefined) return account;
      return { ...account, desired: { ...desired, delegates: keep(desired.delegates, now.delegates) } };
    }
    if (desired.members === undefined) return account;
    return { ...account, desired: { ...desired, members: keep(desired.members, now.members) } };
  });
}
