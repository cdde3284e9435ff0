import type { AttributePair } from '../change/change.ts';
import type { Configuration } from '../configuration/configuration.ts';
import {
  describeMaking,
  type SignOnBefore,
  type SignOnMaking,
  signOnMakingOf,
  type SignOnValue,
} from './sign-on-making.ts';

export interface SignOnHistory {
  readonly configuration: Pick<Configuration, 'sso' | 'sources' | 'users'>;
  readonly signOnBefore: SignOnBefore;
}

/** An active account that exists. */
export interface SignOnSubject {
  readonly zivverId: string;
  readonly value: SignOnValue;
  /** Other attributes send the extension of Zivver anyway. */
  readonly isSending: boolean;
}

/**
 * What becomes of a single sign-on key, which no reading of Zivver shows: replaced where it was made otherwise than organisation.yaml
 * says now, or was never sent; lost where an apply had set one and none is sent any more. Null: neither. Pure.
 */
export function dueSignOn(
  { zivverId, value, isSending }: SignOnSubject,
  { configuration, signOnBefore }: SignOnHistory,
): AttributePair | null {
  const { set, without, adopted } = signOnBefore;
  const now = signOnMakingOf(configuration);
  const own = set.get(zivverId);
  if (!configuration.sso.enabled || value.ssoKey === null)
    return own === undefined || !isSending
      ? null
      : { before: { signOnKey: describeMaking(value, own) }, after: { signOnKey: null } };
  if (!configuration.users.update) return null;
  const after = { signOnKey: describeMaking(value, now) };
  if (without.has(zivverId)) return { before: { signOnKey: NONE_SENT }, after };
  const before = own ?? adopted.get(zivverId);
  if (before === undefined || isSameMaking(value, before, now)) return null;
  return { before: { signOnKey: own === undefined ? UNKNOWN : describeMaking(value, asOf(before, now)) }, after };
}

/** Whether both make the same key of the value: a source that `before` does not know made keys as it does now. */
export function isSameMaking(value: SignOnValue, before: SignOnMaking, now: SignOnMaking): boolean {
  return describeMaking(value, asOf(before, now)).toLowerCase() === describeMaking(value, now).toLowerCase();
}

function asOf(before: SignOnMaking, now: SignOnMaking): SignOnMaking {
  return { ...before, attributes: { ...now.attributes, ...before.attributes } };
}

const UNKNOWN = 'unknown';
/** Somebody else may have set one. */
const NONE_SENT = 'none sent';
