import { attributesOf } from '../account/attributes-of.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import { isSameValue, touchedAttributes, type AccountAttributes, type Attribute, type Change } from '../plan/change.ts';
import type { ScheduledWrite } from '../plan/order.ts';
import { followRenames, type Renames } from '../plan/renames.ts';

/** What Zivver holds now, compared with what the plan was approved on. */
export type Precondition =
  | { readonly verdict: 'ready'; readonly existing: ExistingAccount | null }
  /** Zivver already is as the plan wants it: success without a request. */
  | { readonly verdict: 'already-applied'; readonly existing: ExistingAccount | null }
  | { readonly verdict: 'conflicted'; readonly detail: string };

export interface PreconditionInput {
  readonly change: Change;
  readonly index: ExistingIndex;
  /** Requests of this change; an interrupted apply may have left it between two of them. */
  readonly writes: readonly ScheduledWrite[];
  /** Addresses that this very plan takes from one account for another. */
  readonly contested: ReadonlySet<string>;
  /** A delegate list may follow the rename of a delegate by itself. */
  readonly renames: Renames;
}

/** Every touched attribute must have its `before`, its `after`, or what one of our own requests leaves between them. */
export function judgePrecondition(input: PreconditionInput): Precondition {
  switch (input.change.action) {
    case 'create':
      return judgeCreate(input);
    case 'delete':
      return judgeDelete(input);
    default:
      return judgeUpdate(input);
  }
}

function judgeCreate({ change, index, contested }: PreconditionInput): Precondition {
  const address = change.after.address ?? change.address;
  const holder = index.holderOf(address);
  if (holder === undefined) return { verdict: 'ready', existing: null };
  const isOurs = holder.address === address && holder.kind === change.kind && isCreatedByUs(holder, change, index);
  if (!isOurs) {
    if (contested.has(address)) return { verdict: 'ready', existing: null };
    return { verdict: 'conflicted', detail: `${address} has appeared in Zivver meanwhile, as ${holder.address}` };
  }
  const open = differences(change, holder, index).filter(
    (name) => name !== 'delegates' && name !== 'externalAccountId',
  );
  if (open.length > 0)
    return { verdict: 'conflicted', detail: `${address} exists already with another ${open.join(', ')}` };
  return { verdict: differences(change, holder, index).length === 0 ? 'already-applied' : 'ready', existing: holder };
}

/** The key proves it; only where Zivver returns no keys at all, an account that equals the plan is taken as ours. */
function isCreatedByUs(holder: ExistingAccount, change: Change, index: ExistingIndex): boolean {
  return index.returnsExternalIds ? holder.externalAccountId === change.key : holder.fullName === change.after.fullName;
}

function judgeDelete({ change, index }: PreconditionInput): Precondition {
  const existing = change.zivverId === null ? undefined : index.byId(change.zivverId);
  if (existing === undefined) return { verdict: 'already-applied', existing: null };
  const changed = touchedAttributes(change).filter(
    (name) => !isSameValue(attributesOf(existing, index)[name], change.before[name]),
  );
  if (changed.length > 0)
    return {
      verdict: 'conflicted',
      detail: `${change.address} has another ${changed.join(', ')} than when the plan was made`,
    };
  return { verdict: 'ready', existing };
}

function judgeUpdate({ change, index, writes, renames }: PreconditionInput): Precondition {
  const existing = change.zivverId === null ? undefined : index.byId(change.zivverId);
  if (existing === undefined) return { verdict: 'conflicted', detail: `${change.address} is no longer in Zivver` };
  if (existing.address !== change.address && existing.address !== change.after.address)
    return { verdict: 'conflicted', detail: `${change.address} was renamed to ${existing.address} outside` };
  const now = attributesOf(existing, index);
  const follow = (value: AccountAttributes[Attribute]): AccountAttributes[Attribute] =>
    Array.isArray(value) ? followRenames(value, renames) : value;
  const isIn = (state: AccountAttributes, name: Attribute): boolean =>
    state[name] !== undefined && isSameValue(follow(now[name]), follow(state[name]));
  const states = [change.before, change.after, ...writes.map(({ attributes }) => attributes)];
  const foreign = touchedAttributes(change).filter((name) => !states.some((state) => isIn(state, name)));
  if (foreign.length > 0)
    return {
      verdict: 'conflicted',
      detail: `${change.address} has another ${foreign.join(', ')} than when the plan was made`,
    };
  const isDone = differences(change, existing, index).length === 0 && isIdentityShown(change, existing);
  return { verdict: isDone ? 'already-applied' : 'ready', existing };
}

/**
 * Before the first adoption no account has an id, which says nothing of whether this one was written already: then it
 * is written (again), which is harmless.
 */
function isIdentityShown({ after }: Change, { externalAccountId }: ExistingAccount): boolean {
  return after.externalAccountId === undefined || after.externalAccountId === externalAccountId;
}

/** Touched attributes that are not yet as `after` wants them. An id that Zivver never returns cannot be compared. */
export function differences(
  change: Pick<Change, 'after' | 'kind'>,
  existing: ExistingAccount,
  index: ExistingIndex,
): Attribute[] {
  const now = attributesOf(existing, index);
  return (Object.keys(change.after) as Attribute[]).filter((name) => {
    if (name === 'externalAccountId' && now.externalAccountId === null && !index.returnsExternalIds) return false;
    return !isSameValue(now[name], change.after[name]);
  });
}
