import { digestOf, formatCanonicalJson } from '../canonical.ts';
import type {
  AccountAttributes,
  Change as PlanChange,
  CreateChange,
  DeleteChange,
  ReactivateChange,
  Reason,
  SuspendChange,
  UpdateChange,
} from '../schema/generated/plan.ts';

export type { AccountAttributes };

export type Attribute = keyof AccountAttributes;

/** Attributes as they are and as they shall be; every change has one. */
export interface AttributePair {
  readonly before: AccountAttributes;
  readonly after: AccountAttributes;
}

/** One of five actions, as in a plan; `before` and `after` may also be asked for an attribute that it can never touch. */
export type Change = PlanChange & AttributePair;

/** A change before it has its id. */
export type ChangeContent = WithoutId<PlanChange>;
type WithoutId<One> = One extends PlanChange ? Omit<One, 'id'> : never;

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
  'signOnKey',
];

/** Adds the stable id: the same change has the same id in every plan that contains it. */
export function buildChange(content: ChangeContent): Change {
  return { id: changeIdOf(content), ...content };
}

/** First 10 hex digits of the digest over what the change does, to which account. */
export function changeIdOf({ action, kind, key, zivverId, address, before, after }: ChangeContent): string {
  const digest = digestOf(formatCanonicalJson({ action, kind, key, zivverId, address, before, after }));
  return digest.slice('sha256:'.length, 'sha256:'.length + 10);
}

type Existing = UpdateChange | SuspendChange | ReactivateChange;
export type ExistingContent = Pick<Existing, 'kind' | 'key' | 'zivverId' | 'address' | 'fullName' | 'evidence'> & {
  readonly reason: Reason;
  readonly sealed: boolean;
};

/** The change of an account that stays: which of three actions it is follows from `active` alone. */
export function buildExistingChange(content: ExistingContent, { before, after }: AttributePair): Existing {
  const action = after.active === undefined ? 'update' : after.active ? 'reactivate' : 'suspend';
  return buildChange({ ...content, action, before, after } as ChangeContent) as Existing;
}

export function buildCreateChange(content: Omit<CreateChange, 'id' | 'action' | 'zivverId' | 'before'>): Change {
  return buildChange({ ...content, action: 'create', zivverId: null, before: {} });
}

export function buildDeleteChange(content: Omit<DeleteChange, 'id' | 'action' | 'after' | 'sealed'>): Change {
  return buildChange({ ...content, action: 'delete', after: {}, sealed: false });
}

/** Attributes the change touches. */
export function touchedAttributes({ before, after }: AttributePair): Attribute[] {
  return ATTRIBUTES.filter((name) => after[name] !== undefined || before[name] !== undefined);
}

/** Equality of two attribute values; lists are sorted, so that their order never counts. */
export function isSameValue(a: AccountAttributes[Attribute], b: AccountAttributes[Attribute]): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
