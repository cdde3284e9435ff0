import { attributesOf, type ShownAttributes } from '../account/attributes-of.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import { isComparableMobile } from '../account/sealed-mobile.ts';
import { effectOf } from '../change/effect.ts';
import {
  isSameValue,
  touchedAttributes,
  type AccountAttributes,
  type Attribute,
  type Change,
} from '../change/change.ts';

/** What would undo one change, before anybody looked at the other accounts. */
export interface InvertedChange {
  readonly change: Change;
  readonly existing: ExistingAccount;
  /** What the attributes shall be again; also those that already are so. */
  readonly restored: AccountAttributes;
  /** Somebody changed these since: left as they are. */
  readonly changedSince: readonly Attribute[];
  /** Of an account that is suspended again nothing else is changed but addresses that others need. */
  readonly leftSuspended: readonly Attribute[];
}

export type Inverse =
  | { readonly kind: 'inverted'; readonly inverted: InvertedChange }
  /** Deleted for ever, or no longer in Zivver. */
  | { readonly kind: 'irreversible' | 'gone'; readonly change: Change };

export interface InvertContext {
  readonly index: ExistingIndex;
  /** Of the account after the change; null = not known. */
  readonly zivverId: string | null;
  /** Addresses that the plan passed from one account to another. */
  readonly contested: ReadonlySet<string>;
}

/** Restores `before` where Zivver still has `after`. What a create made is suspended or emptied, never deleted. Pure. */
export function invertChange(change: Change, context: InvertContext): Inverse {
  if (effectOf(change).fate === 'deleted') return { kind: 'irreversible', change };
  const existing = context.index.byId(context.zivverId ?? '');
  if (existing === undefined || existing.kind !== change.kind) return { kind: 'gone', change };
  const now = attributesOf(existing, context.index, new Map());
  if (change.action === 'create') {
    const restored = withdrawCreated(existing, now, context.contested);
    return { kind: 'inverted', inverted: { change, existing, restored, changedSince: [], leftSuspended: [] } };
  }
  return { kind: 'inverted', inverted: { change, existing, ...restoreBefore(change, now) } };
}

function withdrawCreated(
  existing: ExistingAccount,
  now: ShownAttributes,
  contested: ReadonlySet<string>,
): AccountAttributes {
  const kept = now.aliases.filter((alias) => !contested.has(alias));
  const aliases = kept.length < now.aliases.length ? { aliases: kept } : {};
  return existing.kind === 'user' ? { active: false, ...aliases } : { members: [], ...aliases };
}

function restoreBefore(
  { before, after }: Change,
  now: ShownAttributes,
): Pick<InvertedChange, 'restored' | 'changedSince' | 'leftSuspended'> {
  const restored: Partial<Record<Attribute, unknown>> = {};
  const changedSince: Attribute[] = [];
  for (const name of touchedAttributes({ before, after })) {
    // The key in Zivver stays: it is how the account is found, and it cannot be cleared.
    // Nobody but the identity provider has the single sign-on key of before.
    if (name === 'externalAccountId' || name === 'signOnKey' || before[name] === undefined) continue;
    const isJudged = name !== 'mobile' || isComparableMobile(now.mobile, after.mobile);
    const isLeftAlone = isJudged && !isSameValue(now[name], after[name]) && !isSameValue(now[name], before[name]);
    if (isLeftAlone) changedSince.push(name);
    else restored[name] = name === 'division' ? (before.division ?? '/') : before[name];
  }
  return { ...suspendOnly(restored as AccountAttributes, now), changedSince };
}

/** A suspension takes no more than access, and gives up addresses. */
function suspendOnly(
  restored: AccountAttributes,
  now: ShownAttributes,
): Pick<InvertedChange, 'restored' | 'leftSuspended'> {
  if (restored.active !== false || !now.active) return { restored, leftSuspended: [] };
  const { active, address, aliases, ...others } = restored;
  const held = new Set([now.address, ...now.aliases]);
  const kept = aliases?.filter((alias) => held.has(alias));
  const left = (Object.keys(others) as Attribute[]).filter((name) => !isSameValue(now[name], restored[name]));
  return {
    restored: {
      active,
      ...(address === undefined ? {} : { address }),
      ...(kept === undefined ? {} : { aliases: kept }),
    },
    leftSuspended: isSameValue(kept, aliases) ? left : [...left, 'aliases'],
  };
}
