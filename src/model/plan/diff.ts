import { attributesOf } from '../account/attributes-of.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Action, CreateChange, Reason } from '../schema/generated/plan.ts';
import {
  ATTRIBUTES,
  buildCreateChange,
  buildExistingChange,
  isSameValue,
  type AccountAttributes,
  type Attribute,
  type AttributePair,
  type Change,
} from '../change/change.ts';
import type { Renames } from '../change/renames.ts';
import { evidenceOf } from '../settle/evidence-of.ts';
import type { SettledAccount } from '../settle/settlement.ts';
import type { SignOnDiff } from '../settle/sign-on-keys.ts';
import { needsSsoKey, sendsExtension } from '../change/sso-need.ts';

export interface DiffOptions {
  readonly index: ExistingIndex;
  readonly ssoEnabled: boolean;
  readonly renames: Renames;
  readonly diffSignOn: SignOnDiff;
  /** True if the account of the key was desired active on the branch. */
  readonly wasActive: (key: string) => boolean;
}

/** The change that makes the existing account what is desired; null if nothing differs. Pure. */
export function diffAccount(settled: SettledAccount, options: DiffOptions): Change | null {
  if (settled.existing === null) return buildCreate(settled, options);
  if (settled.isRecordOnly) return null;
  const isHandedOver = settled.how === 'handed-over' && settled.existing.externalAccountId !== settled.desired.key;
  const attributes = diffAttributes(settled, settled.existing, options);
  const isSentAnyway = isHandedOver || sendsExtension(settled.desired.kind, attributes.after);
  const difference = joinPairs(attributes, options.diffSignOn(settled, isSentAnyway));
  if (Object.keys(difference.after).length === 0 && !isHandedOver) return null;
  const action = actionOf(difference.after);
  const hasKey = hasSsoKey(settled, options);
  const isSending = sendsExtension(settled.desired.kind, difference.after) || (action === 'reactivate' && hasKey);
  const isSent = action !== 'suspend' && (isHandedOver || isSending);
  const { before, after } = isSent ? withExternalId(difference, settled.desired, settled.existing) : difference;
  const content = {
    kind: settled.desired.kind,
    key: settled.desired.key,
    zivverId: settled.existing.zivverId,
    address: settled.existing.address,
    fullName: settled.existing.fullName,
    reason: reasonOf(settled, { action, after }, options),
    evidence: evidenceOf(settled.mapped),
    sealed: hasKey && needsSsoKey(settled.desired.kind, action, after),
  };
  return buildExistingChange(content, { before, after });
}

function buildCreate(settled: SettledAccount, options: DiffOptions): Change {
  const { desired } = settled;
  const { kind, key, ...attributes } = desired;
  return buildCreateChange({
    kind,
    key,
    address: desired.address,
    fullName: desired.fullName,
    reason: 'new',
    evidence: evidenceOf(settled.mapped),
    after: { ...attributes, externalAccountId: key } as CreateChange['after'],
    sealed: hasSsoKey(settled, options),
  });
}

/** What differs, and what becomes of the single sign-on key, which no comparison shows. */
function joinPairs(attributes: AttributePair, signOn: AttributePair | null): AttributePair {
  return signOn === null
    ? attributes
    : { before: { ...attributes.before, ...signOn.before }, after: { ...attributes.after, ...signOn.after } };
}

/** The key that marks the account as managed travels with what sends the extension of Zivver anyway, and never alone. */
function withExternalId(
  { before, after }: AttributePair,
  { key }: Pick<DesiredAccount, 'key'>,
  { externalAccountId }: ExistingAccount,
): AttributePair {
  if (externalAccountId === key) return { before, after };
  return { before: { ...before, externalAccountId }, after: { ...after, externalAccountId: key } };
}

/** A user written by hand has none. */
function hasSsoKey({ mapped }: SettledAccount, { ssoEnabled }: DiffOptions): boolean {
  return ssoEnabled && mapped.kind === 'user' && mapped.ssoKey !== null;
}

/** What the comparison of attributes depends on. */
export type AttributeOptions = Pick<DiffOptions, 'index' | 'renames'>;

export type DiffSubject = Pick<SettledAccount, 'desired' | 'refusedAliases'>;

/** Attributes in which the existing account (`before`) is not what is desired (`after`). */
export function diffAttributes(
  settled: DiffSubject,
  existing: ExistingAccount,
  options: AttributeOptions,
): AttributePair {
  const { index, renames } = options;
  const now = attributesOf(existing, index, renames.newAddresses);
  const wanted = wantedAttributes(settled, existing);
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const name of ATTRIBUTES) {
    const value = wanted[name];
    if (value === undefined) continue;
    const held = name === 'delegates' ? heldDelegates(now.delegates, value as string[], options) : now[name];
    if (isSameValue(held, value) || (name === 'division' && isNoDivision(now.division, value))) continue;
    before[name] = held;
    after[name] = value;
  }
  return { before, after };
}

/**
 * Zivver holds delegates as addresses, and nobody knows whether they follow a rename: if the list is right as it is but
 * names an address that changes hands, it is taken as if they did, so that it is sent again after the renames.
 */
function heldDelegates(
  now: readonly string[],
  wanted: readonly string[],
  { renames }: Pick<DiffOptions, 'renames'>,
): string[] {
  if (renames.moves.size === 0) return [...now];
  const followed = [...new Set(now.map((one) => renames.moves.get(one) ?? one))].sort();
  return isSameValue([...now], [...wanted]) ? followed : [...now];
}

/** Zivver says `/` or nothing at all for "no division" (zivver-api.md §3). */
function isNoDivision(now: string | null, wanted: AccountAttributes[Attribute]): boolean {
  return now === null && wanted === '/';
}

function wantedAttributes(settled: DiffSubject, existing: ExistingAccount): AccountAttributes {
  const { desired } = settled;
  const isSuspended = desired.kind === 'user' && !desired.active;
  const wanted: Partial<Record<Attribute, unknown>> = {};
  for (const name of isSuspended ? ADDRESSES : MANAGED) {
    const value = (desired as AccountAttributes)[name];
    if (value !== undefined) wanted[name] = value;
  }
  const { refusedAliases } = settled;
  if (refusedAliases !== undefined && desired.aliases !== undefined)
    wanted.aliases = desired.aliases.filter((alias) => !refusedAliases.has(alias));
  const isSwitch = existing.kind === 'user' && desired.kind === 'user' && existing.active !== desired.active;
  if (isSwitch) wanted.active = desired.active;
  return wanted as AccountAttributes;
}

const MANAGED = ['address', 'fullName', 'mobile', 'division', 'aliases', 'delegates', 'members'] as const;

/** Of a suspended account nothing is changed but the addresses that somebody else takes over; the key waits for its return. */
const ADDRESSES = ['address', 'aliases'] as const;

function actionOf(after: AccountAttributes): Action {
  if (after.active === undefined) return 'update';
  return after.active ? 'reactivate' : 'suspend';
}

function reasonOf(
  settled: SettledAccount,
  { action, after }: { readonly action: Action; readonly after: AccountAttributes },
  options: DiffOptions,
): Reason {
  if (action === 'suspend')
    return (settled.mapped.kind === 'user' ? settled.mapped.inactivity?.reason : undefined) ?? 'disabled';
  if (settled.how === 'handed-over') return 'handed-over';
  if (action === 'reactivate') return options.wasActive(settled.desired.key) ? 'suspended-outside' : 'returned';
  if (after.address !== undefined) return 'renamed';
  const isKeyOnly = ATTRIBUTES.every((name) => after[name] === undefined || KEYS.has(name));
  return isKeyOnly && after.signOnKey !== undefined ? 'sign-on' : 'attributes';
}

const KEYS: ReadonlySet<Attribute> = new Set(['signOnKey', 'externalAccountId']);
