import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { ExclusionReason } from '../schema/generated/plan.ts';

/** Which existing account a mapped one is (design.md §4, "Identity"). */
export type Match =
  | { readonly how: 'external-id' | 'desired-file' | 'adopted'; readonly existing: ExistingAccount }
  | { readonly how: 'new' }
  | {
      readonly how: 'refused';
      readonly reason: Extract<ExclusionReason, 'ambiguous' | 'address-held' | 'wrong-kind'>;
      readonly detail: string;
    };

export interface Identities {
  readonly index: ExistingIndex;
  /** Desired files on the branch by key and by address. */
  readonly baselineByKey: ReadonlyMap<string, DesiredAccount>;
  readonly baselineByAddress: ReadonlyMap<string, DesiredAccount>;
  /** All keys the sources yield now. */
  readonly sourceKeys: ReadonlySet<string>;
}

/** (1) ExternalAccountId, (2) the desired file with this key, (3) the same address. Never guesses. */
export function matchAccount(mapped: MappedAccount, identities: Identities): Match {
  return (
    matchByExternalId(mapped, identities) ??
    matchByDesiredFile(mapped, identities) ??
    matchByAddress(mapped, identities)
  );
}

function matchByExternalId({ account, kind }: MappedAccount, { index }: Identities): Match | null {
  const found = index.byExternalId(account.key);
  if (found.length === 0) return null;
  if (found.length > 1)
    return refuse('ambiguous', `${found.map(({ address }) => address).join(' and ')} in Zivver both carry its key`);
  const [existing] = found as [ExistingAccount];
  if (existing.kind !== kind) return refuseKind(existing.address, existing.kind);
  return { how: 'external-id', existing };
}

function matchByDesiredFile({ account, kind }: MappedAccount, identities: Identities): Match | null {
  const baseline = identities.baselineByKey.get(account.key);
  const existing = baseline && identities.index.byAddress(baseline.address);
  if (!existing) return null;
  if (isSomebodyElse(existing, account.key, identities))
    return refuse('ambiguous', `${existing.address} in Zivver carries the key of another account`);
  if (existing.kind !== kind) return refuseKind(existing.address, existing.kind);
  return { how: 'desired-file', existing };
}

function matchByAddress({ account, kind }: MappedAccount, identities: Identities): Match {
  const existing = identities.index.byAddress(account.address);
  if (!existing) return { how: 'new' };
  const owner = identities.baselineByAddress.get(account.address);
  const isOwned =
    (owner !== undefined && owner.key !== account.key) || isSomebodyElse(existing, account.key, identities);
  if (isOwned) return { how: 'new' };
  if (existing.kind !== kind) return refuseKind(existing.address, existing.kind);
  return { how: 'adopted', existing };
}

/** Its ExternalAccountId is the key of another account that we know; an id of some other tool may be taken over. */
function isSomebodyElse(existing: ExistingAccount, key: string, { baselineByKey, sourceKeys }: Identities): boolean {
  const id = existing.externalAccountId;
  return id !== null && id !== key && (baselineByKey.has(id) || sourceKeys.has(id));
}

function refuse(reason: 'ambiguous' | 'address-held', detail: string): Match {
  return { how: 'refused', reason, detail };
}

function refuseKind(address: string, kind: ExistingAccount['kind']): Match {
  const held = kind === 'user' ? 'a personal account' : 'a functional account';
  return {
    how: 'refused',
    reason: 'wrong-kind',
    detail: `${address} is ${held} in Zivver; change its type there by hand`,
  };
}
