import type { AccountAttributes } from '../schema/generated/plan.ts';
import type { Change } from '../change/change.ts';

export type Attribute = keyof AccountAttributes;
export type ListAttribute = 'aliases' | 'delegates' | 'members';
export type ValueAttribute = Exclude<Attribute, ListAttribute>;
export type Value = string | boolean | null;

/** One touched attribute. `null` = no value. Lists are sorted, as in the plan. */
export type Difference = ValueDifference | ListDifference;

export interface ValueDifference {
  readonly attribute: ValueAttribute;
  readonly before: Value;
  readonly after: Value;
}

export interface ListDifference {
  readonly attribute: ListAttribute;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const VALUES = ['address', 'fullName', 'active', 'mobile', 'division', 'externalAccountId', 'signOnKey'] as const;
const LISTS = ['members', 'delegates', 'aliases'] as const;

/** What a change does to the attributes: all that its `before` or `after` names and that really differ, in a fixed order. */
export function diffChange({ before, after }: Pick<Change, 'before' | 'after'>): readonly Difference[] {
  const differences: Difference[] = [];
  for (const attribute of VALUES) {
    const value = { attribute, before: before[attribute] ?? null, after: after[attribute] ?? null };
    if (value.before !== value.after) differences.push(value);
  }
  for (const attribute of LISTS) {
    if (before[attribute] === undefined && after[attribute] === undefined) continue;
    const list = diffLists(attribute, before[attribute] ?? [], after[attribute] ?? []);
    if (list.added.length + list.removed.length > 0) differences.push(list);
  }
  return differences;
}

export function isListDifference(difference: Difference): difference is ListDifference {
  return 'added' in difference;
}

function diffLists(attribute: ListAttribute, before: readonly string[], after: readonly string[]): ListDifference {
  const had = new Set(before);
  const has = new Set(after);
  return {
    attribute,
    added: after.filter((address) => !had.has(address)),
    removed: before.filter((address) => !has.has(address)),
  };
}
