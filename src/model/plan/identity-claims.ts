import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Change } from '../change/change.ts';
import { takesAccess, effectOf } from '../change/effect.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { BoundAccounts } from './bound-accounts.ts';

export interface IdentityContext {
  readonly configuration: Configuration;
  readonly index: ExistingIndex;
  /** Of the branch before the plan. */
  readonly bound: BoundAccounts;
  /** What the plan rendered and the branch did not have so, by key. */
  readonly rendered: ReadonlyMap<string, DesiredAccount>;
  /** People decided on the branch that an account passes from one key to another. */
  readonly isHandedOver: (from: string, to: string) => boolean;
}

/**
 * Changes whose key is not the one that the branch binds to their account: a planner cannot re-key a mailbox with a key it
 * invented. Accounts that are not in Zivver are left to the preconditions. Pure.
 */
export function findForeignAccounts(changes: readonly Change[], context: IdentityContext): string[] {
  return changes.flatMap((change) => {
    const fault = findFault(change, context);
    return fault === null ? [] : [`change ${change.id}: ${fault}`];
  });
}

function findFault(change: Change, context: IdentityContext): string | null {
  const { index, bound } = context;
  const existing = change.zivverId === null ? undefined : index.byId(change.zivverId);
  if (change.action === 'create') return bound.ids.has(change.key) ? 'its key has an account already' : null;
  if (existing === undefined) return null;
  if (existing.kind !== change.kind) return 'the account is of the other kind';
  if (change.key === null) return findKeylessFault(change, existing, context);
  const owner = bound.keys.get(existing.zivverId);
  if (owner !== undefined)
    return owner === change.key || context.isHandedOver(owner, change.key)
      ? null
      : 'the branch binds this account to another key';
  if (bound.ids.has(change.key)) return 'the branch binds its key to another account';
  return findAdoptionFault(change, existing, context);
}

/** Nobody may be adopted but at the address that the plan rendered for the key, as it is. */
function findAdoptionFault(
  { key, address, after }: Change,
  existing: ExistingAccount,
  context: IdentityContext,
): string | null {
  if (existing.externalAccountId === key) return null;
  const isElsewhere = existing.address !== address && existing.address !== after.address;
  if (isElsewhere) return null;
  const isSame = existing.address === address && after.address === undefined;
  return isSame && context.rendered.get(key ?? '')?.address === address
    ? null
    : 'the account is not managed, and the branch has no desired file for it';
}

/** Unmanaged people are treated as missing only where organisation.yaml says so. */
function findKeylessFault(
  change: Change,
  existing: ExistingAccount,
  { bound, configuration }: IdentityContext,
): string | null {
  if (bound.keys.has(existing.zivverId)) return 'the branch binds this account to a key';
  const isAllowed = change.reason === 'rollback' || configuration.users.unmanaged === 'missing';
  return isAllowed && (takesAccess(effectOf(change)) || change.reason === 'rollback')
    ? null
    : 'the account is not managed';
}

/**
 * Keys of existing accounts that come under management: the branch had no file for them, and no change creates them. While
 * organisation.yaml changes the account key, a file may take another key for the account that it is about.
 */
export function countAdopted(
  changes: readonly Change[],
  {
    configuration,
    index,
    bound,
    baseline,
    rendered,
  }: Omit<IdentityContext, 'isHandedOver'> & { readonly baseline: ReadonlySet<string> },
): number {
  const isChanging = configuration.sources.some(({ mapping }) => mapping.formerAccountKey !== null);
  const isRekeyed = ({ zivverId = '', address }: DesiredAccount): boolean =>
    isChanging && bound.keys.has(zivverId) && index.byId(zivverId)?.address === address;
  const created = new Set(changes.flatMap(({ action, key }) => (action === 'create' && key !== null ? [key] : [])));
  const fresh = [...rendered.values()].filter(({ key }) => !baseline.has(key) && !created.has(key));
  const adopted = new Set(fresh.filter((account) => !isRekeyed(account)).map(({ key }) => key));
  for (const { action, key } of changes)
    if (action !== 'create' && key !== null && !bound.ids.has(key) && !baseline.has(key)) adopted.add(key);
  return adopted.size;
}
