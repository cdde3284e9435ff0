import type { ExistingIndex } from '../account/existing-index.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';

export interface ChoiceInput {
  readonly mapped: readonly MappedAccount[];
  readonly baseline: readonly DesiredAccount[];
  readonly index: ExistingIndex;
}

export interface Choice {
  /** Keys of all others. */
  readonly waiting: ReadonlySet<string>;
  /** Addresses that no source, no desired file and no account of Zivver has. */
  readonly unknown: readonly string[];
}

/** Whom a plan about these addresses is about: whoever has one of them in the source, on the branch or in Zivver. */
export function chooseAccounts(addresses: readonly string[], { mapped, baseline, index }: ChoiceInput): Choice {
  const accounts = [...mapped.map(({ account }) => account), ...baseline];
  const chosen = new Set<string>();
  const unknown = addresses.filter((address) => {
    const zivverId = index.holderOf(address)?.zivverId;
    const found = accounts.filter(
      (account) =>
        account.address === address ||
        account.aliases?.includes(address) === true ||
        (zivverId !== undefined && account.zivverId === zivverId),
    );
    for (const { key } of found) chosen.add(key);
    return found.length === 0;
  });
  return { unknown, waiting: new Set(accounts.map(({ key }) => key).filter((key) => !chosen.has(key))) };
}
