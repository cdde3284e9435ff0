import type { ExistingIndex } from '../account/existing-index.ts';
import { foreignHolder, isInactive, type Claimant } from './claimant.ts';

/** Of a suspended account nothing is changed but the addresses that somebody else takes over. */

/** Desired with the primary address that it has in Zivver. */
export function pinAddress<Account extends Claimant>(claimant: Account): Account {
  const { desired, existing } = claimant;
  return { ...claimant, desired: { ...desired, address: existing?.address ?? desired.address } };
}

/** It claims nothing: the address is the one it has, also if another account of Zivver has the same. */
export function isPinned(claimant: Claimant): boolean {
  return isInactive(claimant) && claimant.desired.address === claimant.existing?.address;
}

/** Desired with all addresses that it has in Zivver. */
export function pinAddresses<Account extends Claimant>(claimant: Account): Account {
  const { existing } = claimant;
  return existing === null ? claimant : withAddresses(claimant, existing.address, existing.aliases);
}

/** Inactive accounts let go what the others claim, and keep every other address they have in Zivver. */
export function releaseInactive<Account extends Claimant>(
  accounts: readonly Account[],
  index: ExistingIndex,
): Account[] {
  if (!accounts.some(isInactive)) return [...accounts];
  const renamed = new Set<Account>();
  let contested = new Set<string>();
  for (let before = -1; renamed.size !== before;) {
    before = renamed.size;
    contested = findContested(
      accounts.filter((account) => !isInactive(account) || renamed.has(account)),
      index,
    );
    for (const account of accounts) if (isInactive(account) && mustRename(account, contested)) renamed.add(account);
  }
  return accounts.map((account) => {
    if (!isInactive(account)) return account;
    const held = account.existing?.aliases ?? [];
    const wanted = new Set(account.desired.aliases);
    const aliases = held.filter((alias) => !contested.has(alias) || wanted.has(alias));
    return renamed.has(account)
      ? withAddresses(account, account.desired.address, aliases)
      : withAddresses(account, account.existing?.address ?? '', aliases);
  });
}

function mustRename({ desired, existing }: Claimant, contested: ReadonlySet<string>): boolean {
  return existing !== null && contested.has(existing.address) && desired.address !== existing.address;
}

/** Unmanaged aliases stay unmanaged. */
function withAddresses<Account extends Claimant>(
  claimant: Account,
  address: string,
  aliases: readonly string[],
): Account {
  const { desired } = claimant;
  if (desired.aliases === undefined) return { ...claimant, desired: { ...desired, address } };
  const others = aliases.filter((alias) => alias !== address).sort();
  return { ...claimant, desired: { ...desired, address, aliases: others } };
}

/** Addresses that the desired state gives to one account while Zivver has them on another. */
function findContested(claimants: readonly Claimant[], index: ExistingIndex): Set<string> {
  const contested = new Set<string>();
  for (const claimant of claimants) {
    const claims = isInactive(claimant) ? [] : (claimant.desired.aliases ?? []);
    if (foreignHolder(claimant.desired.address, claimant, index)) contested.add(claimant.desired.address);
    for (const alias of claims) if (foreignHolder(alias, claimant, index)) contested.add(alias);
  }
  return contested;
}
