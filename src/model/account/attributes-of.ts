import type { AccountAttributes } from '../schema/generated/plan.ts';
import type { ExistingAccount } from './account.ts';
import type { ExistingIndex } from './existing-index.ts';

/** Everything but the single sign-on key, which Zivver never shows (zivver-api.md §3). */
export type ShownAttributes = Required<Omit<AccountAttributes, 'signOnKey'>> & { readonly signOnKey?: undefined };

/**
 * An existing account in the form in which plans compare attributes: lists sorted, members as addresses.
 * `newAddresses` (by Zivver id) are those that members get in the same plan.
 */
export function attributesOf(
  existing: ExistingAccount,
  index: ExistingIndex,
  newAddresses: ReadonlyMap<string, string>,
): ShownAttributes {
  const isUser = existing.kind === 'user';
  return {
    address: existing.address,
    fullName: existing.fullName,
    active: isUser ? existing.active : true,
    aliases: sorted(existing.aliases),
    delegates: isUser ? sorted(existing.delegates) : [],
    members: isUser ? [] : index.memberAddresses(existing.memberIds, newAddresses),
    mobile: isUser ? existing.mobile : null,
    division: existing.division,
    externalAccountId: existing.externalAccountId,
  };
}

/** Each once: after a rename Zivver may hold one delegate twice. */
function sorted(list: readonly string[]): string[] {
  return list.length === 0 ? [] : [...new Set(list)].sort();
}
