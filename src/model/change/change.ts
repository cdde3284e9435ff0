import { digestOf, formatCanonicalJson } from '../canonical.ts';
import type { AccountAttributes, Change } from '../schema/generated/plan.ts';

export type { AccountAttributes, Change };

export type Attribute = keyof AccountAttributes;

/** Attributes in the order people read them. */
export const ATTRIBUTES: readonly Attribute[] = [
  'address',
  'fullName',
  'active',
  'mobile',
  'division',
  'aliases',
  'delegates',
  'members',
  'externalAccountId',
];

/** Adds the stable id: the same change has the same id in every plan that contains it. */
export function buildChange(content: Omit<Change, 'id'>): Change {
  const { action, kind, key, zivverId, address, before, after } = content;
  const digest = digestOf(formatCanonicalJson({ action, kind, key, zivverId, address, before, after }));
  return { id: digest.slice('sha256:'.length, 'sha256:'.length + 10), ...content };
}

/** Attributes the change touches. */
export function touchedAttributes(change: Pick<Change, 'before' | 'after'>): Attribute[] {
  return ATTRIBUTES.filter((name) => change.after[name] !== undefined || change.before[name] !== undefined);
}

/** Equality of two attribute values; lists are sorted, so that their order never counts. */
export function isSameValue(a: AccountAttributes[Attribute], b: AccountAttributes[Attribute]): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
