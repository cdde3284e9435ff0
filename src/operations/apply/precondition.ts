import { attributesOf } from '../../model/account/attributes-of.ts';
import type { ExistingAccount } from '../../model/account/account.ts';
import type { ExistingIndex } from '../../model/account/existing-index.ts';
import { isSameValue, touchedAttributes, type Attribute, type Change } from '../../model/change/change.ts';
import { movingAddresses, type Renames } from '../../model/change/renames.ts';
import { isDelegatesBetween } from './delegates-between.ts';

/** What Zivver holds now, compared with what the plan was approved on. */
export type Precondition =
  | { readonly verdict: 'ready'; readonly existing: ExistingAccount | null }
  /** Zivver already is as the plan wants it: success without a request. */
  | { readonly verdict: 'already-applied'; readonly existing: ExistingAccount | null }
  | { readonly verdict: 'conflicted'; readonly detail: string };

export interface PreconditionInput {
  readonly change: Change;
  readonly index: ExistingIndex;
  /** Addresses that this very plan takes from one account for another. */
  readonly contested: ReadonlySet<string>;
  readonly renames: Renames;
}

/** Every touched attribute must have its `before`, its `after`, or what an interrupted apply leaves between them. */
export function judgePrecondition(input: PreconditionInput): Precondition {
  switch (input.change.action) {
    case 'create':
      return judgeCreate(input);
    case 'delete':
      return judgeDelete(input);
    case 'update':
    case 'suspend':
    case 'reactivate':
      return judgeUpdate(input);
  }
}

function judgeCreate({ change, index, contested, renames }: PreconditionInput): Precondition {
  const { address } = change;
  const holder = index.holderOf(address);
  if (holder === undefined) return { verdict: 'ready', existing: null };
  const isOurs =
    holder.address === address && holder.kind === change.kind && isCreatedByUs(holder, change, { index, renames });
  if (!isOurs) {
    if (contested.has(address)) return { verdict: 'ready', existing: null };
    return { verdict: 'conflicted', detail: `${address} has appeared in Zivver meanwhile, as ${holder.address}` };
  }
  const open = differences(change, holder, { index, renames });
  const isPartial = isWithin(holder.aliases, [], change.after.aliases ?? []);
  const foreign = open.filter((name) => name !== 'delegates' && !(name === 'aliases' && isPartial));
  if (foreign.length > 0)
    return { verdict: 'conflicted', detail: `${address} exists already with another ${foreign.join(', ')}` };
  return { verdict: open.length === 0 ? 'already-applied' : 'ready', existing: holder };
}

/**
 * The key proves it; only where Zivver returns no keys at all, an account that equals the plan is taken as ours, unless
 * it is one that the plan renames.
 */
function isCreatedByUs(
  holder: ExistingAccount,
  change: Change,
  { index, renames }: Pick<PreconditionInput, 'index' | 'renames'>,
): boolean {
  if (renames.newAddresses.has(holder.zivverId)) return false;
  return index.returnsExternalIds ? holder.externalAccountId === change.key : holder.fullName === change.after.fullName;
}

function judgeDelete({ change, index, renames }: PreconditionInput): Precondition {
  const existing = index.byId(change.zivverId ?? '');
  if (existing === undefined) return { verdict: 'already-applied', existing: null };
  if (existing.malformed !== undefined) return { verdict: 'conflicted', detail: describeMalformed(existing) };
  const now = attributesOf(existing, index, renames.newAddresses);
  const changed = touchedAttributes(change).filter((name) => !isSameValue(now[name], change.before[name]));
  if (changed.length > 0) return { verdict: 'conflicted', detail: describeForeign(change, changed) };
  return { verdict: 'ready', existing };
}

function judgeUpdate(input: PreconditionInput): Precondition {
  const { change, index, renames } = input;
  const existing = index.byId(change.zivverId ?? '');
  if (existing === undefined) return { verdict: 'conflicted', detail: `${change.address} is no longer in Zivver` };
  if (existing.malformed !== undefined) return { verdict: 'conflicted', detail: describeMalformed(existing) };
  if (existing.address !== change.address && existing.address !== change.after.address)
    return { verdict: 'conflicted', detail: `${change.address} was renamed to ${existing.address} outside` };
  const foreign = touchedAttributes(change).filter((name) => !isBetween(name, existing, input));
  if (foreign.length > 0) return { verdict: 'conflicted', detail: describeForeign(change, foreign) };
  const isOpen = differences(change, existing, { index, renames }).length > 0 || isUnproven(change, existing, input);
  return { verdict: isOpen ? 'ready' : 'already-applied', existing };
}

/** Somewhere on the way from `before` to `after`. */
function isBetween(name: Attribute, existing: ExistingAccount, input: PreconditionInput): boolean {
  const { change, index, renames } = input;
  if (name === 'signOnKey') return true;
  const now = attributesOf(existing, index, renames.newAddresses);
  if ([change.before[name], change.after[name]].some((value) => isSameValue(now[name], value))) return true;
  if (name === 'aliases') return isWithin(now.aliases, change.before.aliases ?? [], change.after.aliases ?? []);
  return name === 'delegates' && isDelegatesBetween(now.delegates, change.before.delegates ?? [], renames);
}

/** Aliases that Zivver refused in an earlier run are missing: everything there is old or wanted, what was to stay is there. */
function isWithin(now: readonly string[], before: readonly string[], after: readonly string[]): boolean {
  const known = new Set([...before, ...after]);
  const wanted = new Set(after);
  const held = new Set(now);
  return now.every((alias) => known.has(alias)) && before.every((alias) => !wanted.has(alias) || held.has(alias));
}

/**
 * Equal to `after`, and yet to be sent: a single sign-on key, which Zivver never shows, an id that it does not return (it stands
 * for the key too), and delegates whose addresses still change hands.
 */
function isUnproven({ after }: Change, existing: ExistingAccount, { index, renames }: PreconditionInput): boolean {
  if (typeof after.signOnKey === 'string') return true;
  if (after.externalAccountId !== undefined && existing.externalAccountId !== after.externalAccountId) return true;
  const moving = movingAddresses(index, renames);
  return (after.delegates ?? []).some((delegate) => moving.has(delegate));
}

function describeMalformed({ address, malformed = '' }: ExistingAccount): string {
  return `what Zivver sends of ${address} cannot be read: ${malformed}`;
}

function describeForeign({ address }: Change, names: readonly Attribute[]): string {
  return `${address} has another ${names.join(', ')} than when the plan was made`;
}

/** Touched attributes that are not yet as `after` wants them. What Zivver never returns cannot be compared. */
export function differences(
  change: Pick<Change, 'after' | 'kind'>,
  existing: ExistingAccount,
  { index, renames }: Pick<PreconditionInput, 'index' | 'renames'>,
): Attribute[] {
  const now = attributesOf(existing, index, renames.newAddresses);
  return (Object.keys(change.after) as Attribute[]).filter((name) => {
    if (name === 'signOnKey') return false;
    if (name === 'externalAccountId' && !index.returnsExternalIds) return false;
    return !isSameValue(now[name], change.after[name]);
  });
}
