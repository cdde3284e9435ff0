import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Change } from '../change/change.ts';
import { takesAccess, effectOf } from '../change/effect.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { desiredPath } from '../desired/desired-file-name.ts';
import type { BoundAccounts } from './bound-accounts.ts';

export interface IdentityContext {
  readonly configuration: Configuration;
  readonly index: ExistingIndex;
  /** Of the branch before the plan. */
  readonly bound: BoundAccounts;
  /** What the plan rendered and the branch did not have so, by key. */
  readonly rendered: ReadonlyMap<string, DesiredAccount>;
}

/**
 * Changes whose key is not the one that the branch binds to their account, unless people decided in organisation.yaml that it
 * passes to this key: a planner cannot re-key a mailbox with a key it invented. Accounts that are not in Zivver are left to the
 * preconditions. Pure.
 */
export function findForeignAccounts(changes: readonly Change[], context: IdentityContext): string[] {
  return changes.flatMap((change) => {
    const fault = findFault(change, context);
    return fault === null ? [] : [`change ${change.id}: ${fault}`];
  });
}

function findFault(change: Change, context: IdentityContext): string | null {
  const { index, bound } = context;
  const existing = index.byId(change.zivverId ?? '');
  if (change.action === 'create') return bound.ids.has(change.key) ? 'its key has an account already' : null;
  if (existing === undefined) return null;
  if (existing.kind !== change.kind) return 'the account is of the other kind';
  if (change.key === null) return findKeylessFault(change, existing, context);
  const owner = bound.keys.get(existing.zivverId);
  if (owner !== undefined && owner !== change.key) return findHandoverFault(owner, change, context);
  if (owner !== undefined) return null;
  if (bound.ids.has(change.key)) return 'the branch binds its key to another account';
  return findAdoptionFault(change, existing, context);
}

/**
 * Desired files that claim an account which the branch binds to another key, with no change in the plan that says so: the plan
 * after it would take them at their word. Pure.
 */
export function findForeignFiles(changes: readonly Change[], context: IdentityContext): string[] {
  const told = new Map(changes.map(({ key, zivverId }) => [key, zivverId]));
  return [...context.rendered.values()].flatMap((account) => {
    const { key, address, zivverId } = account;
    const claimed = zivverId ?? (told.has(key) ? undefined : context.index.byAddress(address)?.zivverId);
    const owner = context.bound.keys.get(claimed ?? '');
    if (owner === undefined || owner === key || told.get(key) === claimed || isRekeyed(account, context)) return [];
    return [`the desired file of ${address}: the branch binds its account to another key`];
  });
}

/**
 * Managed accounts that are in Zivver and have no desired file any more: nobody would look after them, and no review says so.
 * A deletion ends one, people hand one over, and a changed account key takes another file. Pure.
 */
export function findDroppedFiles(
  changes: readonly Change[],
  baseline: readonly DesiredAccount[],
  { desired, ...context }: IdentityContext & { readonly desired: ReadonlyMap<string, string> },
): string[] {
  const { bound, rendered, configuration } = context;
  const written = new Set([...rendered.values()].map(({ kind, address }) => desiredPath(kind, address)));
  const ended = new Set<string | null>([
    ...changes.filter(({ action }) => action === 'delete').map(({ key }) => key),
    ...configuration.handovers.map(({ from }) => from),
  ]);
  // Under its other key an account keeps its file, or its id in Zivver where it moves too.
  const isChanging = configuration.sources.some(({ mapping }) => mapping.formerAccountKey !== null);
  const claims = [...rendered.values(), ...changes];
  return baseline.flatMap(({ key, kind, address }) => {
    const file = desiredPath(kind, address);
    const zivverId = bound.ids.get(key);
    const isKept = rendered.has(key) || (desired.has(file) && !written.has(file));
    if (isKept || ended.has(key) || zivverId === undefined) return [];
    const isRekeyed = (): boolean => claims.some((one) => one.zivverId === zivverId && one.key !== key);
    if (isChanging && (written.has(file) || isRekeyed())) return [];
    return [`the desired file of ${address} is gone, and its account is not`];
  });
}

function findHandoverFault(
  from: string,
  { key, reason }: Change,
  { configuration: { handovers } }: Pick<IdentityContext, 'configuration'>,
): string | null {
  if (!handovers.some((one) => one.from === from && one.to === key))
    return 'the branch binds this account to another key';
  return reason === 'handed-over' ? null : 'it does not say that the account passes to another key';
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
  return after.address === undefined && context.rendered.get(key ?? '')?.address === address
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
 * Keys of existing accounts that come under management: the branch had no file for them, no change creates them, and none hands
 * a managed account over to them.
 */
export function listAdoptedKeys(
  changes: readonly Change[],
  context: IdentityContext & { readonly baseline: ReadonlySet<string> },
): ReadonlySet<string> {
  const { bound, baseline, rendered } = context;
  const isManaged = ({ action, zivverId }: Change): boolean => action === 'create' || bound.keys.has(zivverId ?? '');
  const told = new Set(changes.filter(isManaged).map(({ key }) => key));
  const fresh = [...rendered.values()].filter(({ key }) => !baseline.has(key) && !told.has(key));
  const adopted = new Set(fresh.filter((account) => !isRekeyed(account, context)).map(({ key }) => key));
  for (const { key } of changes)
    if (key !== null && !told.has(key) && !bound.ids.has(key) && !baseline.has(key)) adopted.add(key);
  return adopted;
}

/** While organisation.yaml changes the account key, a file may take another key for the account that it is about. */
function isRekeyed(
  { zivverId = '', address }: DesiredAccount,
  { configuration, bound, index }: IdentityContext,
): boolean {
  const isChanging = configuration.sources.some(({ mapping }) => mapping.formerAccountKey !== null);
  return isChanging && bound.keys.has(zivverId) && index.byId(zivverId)?.address === address;
}
