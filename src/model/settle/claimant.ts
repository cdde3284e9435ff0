import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';

/** A desired account that will be compared with, or created in, Zivver. */
export interface Claimant {
  readonly desired: DesiredAccount;
  readonly existing: ExistingAccount | null;
  readonly source: string;
  readonly dn: string;
}

/** The other account that has the address in Zivver. */
export function foreignHolder(
  address: string,
  { existing }: Claimant,
  index: ExistingIndex,
): ExistingAccount | undefined {
  const holder = index.holderOf(address);
  return holder === undefined || holder.zivverId === existing?.zivverId ? undefined : holder;
}

/** An account in Zivver that shall be, or stay, suspended. */
export function isInactive({ desired, existing }: Claimant): boolean {
  return existing !== null && desired.kind === 'user' && !desired.active;
}
