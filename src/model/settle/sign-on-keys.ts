import { fact } from '../facts/fact.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { AttributePair } from '../change/change.ts';
import { BINARY_ATTRIBUTES } from '../directory/entry.ts';
import { isGuid, parseGuid } from '../directory/guid.ts';
import { type SignOnBefore, type SignOnMaking, signOnMakingOf } from '../ledger/sign-on-making.ts';
import type { MappedUser } from '../mapping/mapped.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { SettledAccount } from './settlement.ts';

export interface SignOnQuestion {
  readonly configuration: Pick<Configuration, 'sso' | 'sources' | 'users'>;
  readonly signOnBefore?: SignOnBefore | null;
}

/** What becomes of the single sign-on key of an account; `isSending`: other attributes send the extension of Zivver anyway. */
export type SignOnDiff = (settled: SettledAccount, isSending: boolean) => AttributePair | null;

/**
 * Zivver never shows the key, so that nothing but what applies did tells which one an account has. It is replaced where it was made
 * otherwise than organisation.yaml says now, or was never sent; and what erases a key that an apply has set says so.
 */
export function buildSignOnDiff({ configuration, signOnBefore = null }: SignOnQuestion): SignOnDiff {
  if (signOnBefore === null) return () => null;
  const { set, without, adopted } = signOnBefore;
  const now = signOnMakingOf(configuration);
  return ({ mapped, existing, desired, isRecordOnly }, isSending) => {
    if (existing === null || isRecordOnly || mapped.kind !== 'user' || desired.kind !== 'user' || !desired.active)
      return null;
    const own = set.get(existing.zivverId);
    if (!configuration.sso.enabled || mapped.ssoKey === null)
      return own === undefined || !isSending
        ? null
        : { before: { signOnKey: describeKey(mapped, own) }, after: { signOnKey: null } };
    if (!configuration.users.update) return null;
    if (without.has(existing.zivverId))
      return { before: { signOnKey: NONE_SENT }, after: { signOnKey: describeKey(mapped, now) } };
    const before = own ?? adopted.get(existing.zivverId);
    if (before === undefined) return null;
    const [was, is] = [
      describeKey(mapped, { ...before, attributes: { ...now.attributes, ...before.attributes } }),
      describeKey(mapped, now),
    ];
    return was.toLowerCase() === is.toLowerCase()
      ? null
      : { before: { signOnKey: own === undefined ? UNKNOWN : was }, after: { signOnKey: is } };
  };
}

const UNKNOWN = 'unknown';
/** Somebody else may have set one. */
const NONE_SENT = 'none sent';

/** Keys of which nobody can say how they were made. */
export function noteUnreadableKeys(
  settled: readonly SettledAccount[],
  { configuration, signOnBefore = null }: SignOnQuestion,
): Fact[] {
  const unreadable = signOnBefore?.unreadable ?? new Set();
  const count = settled.filter(({ existing }) => existing !== null && unreadable.has(existing.zivverId)).length;
  if (count === 0 || !configuration.sso.enabled) return [];
  return [fact('keys-untold', { count })];
}

/** `objectGUID as base64`; a text goes to single sign-on as it is, and has no form. */
function describeKey(mapped: MappedUser, { attributes, keyFormat }: SignOnMaking): string {
  const attribute = attributes[mapped.source] ?? '';
  return hasForm(mapped, attribute) ? `${attribute} as ${keyFormat}` : attribute;
}

function hasForm({ origin, ssoKey }: MappedUser, attribute: string): boolean {
  if (origin !== 'row' && !BINARY_ATTRIBUTES.has(attribute.toLowerCase())) return false;
  return ssoKey !== null && (isGuid(ssoKey) || parseGuid(ssoKey) !== null);
}
