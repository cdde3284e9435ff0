import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { ExistingSummary } from '../schema/generated/plan.ts';

/** Which account in Zivver each desired file of the branch is about. */
export interface BoundAccounts {
  /** Zivver id → key. */
  readonly keys: ReadonlyMap<string, string>;
  /** Key → Zivver id. */
  readonly ids: ReadonlyMap<string, string>;
}

/** By the key in Zivver, else by the id that the file records, else by the address, unless somebody else's key is there. Pure. */
export function bindAccounts(baseline: readonly DesiredAccount[], index: ExistingIndex): BoundAccounts {
  const known = new Set(baseline.map(({ key }) => key));
  const keys = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const account of baseline) {
    const found = findBound(account, index, known);
    if (found === undefined || found.kind !== account.kind || keys.has(found.zivverId)) continue;
    keys.set(found.zivverId, account.key);
    ids.set(account.key, found.zivverId);
  }
  return { keys, ids };
}

function findBound(
  { key, address, zivverId = '' }: DesiredAccount,
  index: ExistingIndex,
  known: ReadonlySet<string>,
): ExistingAccount | undefined {
  const byKey = index.byExternalId(key);
  if (byKey.length === 1) return byKey[0];
  const recorded = index.byId(zivverId);
  if (recorded !== undefined) return recorded;
  const found = index.byAddress(address);
  const other = found?.externalAccountId ?? key;
  return other !== key && known.has(other) ? undefined : found;
}

/** The populations that limits are shares of. */
export function measureExisting(index: ExistingIndex, { keys }: BoundAccounts): ExistingSummary {
  const count = { users: 0, activeUsers: 0, functional: 0, managed: 0, activeManaged: 0 };
  for (const account of index.all) {
    const isActive = account.kind === 'user' && account.active;
    const isManaged = keys.has(account.zivverId);
    count[account.kind === 'user' ? 'users' : 'functional'] += 1;
    if (isActive) count.activeUsers += 1;
    if (isManaged) count.managed += 1;
    if (isManaged && isActive) count.activeManaged += 1;
  }
  return count;
}

export function smallerOf(one: ExistingSummary, other: ExistingSummary): ExistingSummary {
  return {
    users: Math.min(one.users, other.users),
    activeUsers: Math.min(one.activeUsers, other.activeUsers),
    functional: Math.min(one.functional, other.functional),
    managed: Math.min(one.managed, other.managed),
    activeManaged: Math.min(one.activeManaged, other.activeManaged),
  };
}
