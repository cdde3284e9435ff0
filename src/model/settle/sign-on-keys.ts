import { fact } from '../facts/fact.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { AttributePair } from '../change/change.ts';
import { dueSignOn } from '../ledger/sign-on-due.ts';
import type { SignOnBefore } from '../ledger/sign-on-making.ts';
import type { Fact } from '../schema/generated/plan.ts';
import type { SettledAccount } from './settlement.ts';

export interface SignOnQuestion {
  readonly configuration: Pick<Configuration, 'sso' | 'sources' | 'users'>;
  readonly signOnBefore?: SignOnBefore | null;
}

/** What becomes of the single sign-on key of an account; `isSending`: other attributes send the extension of Zivver anyway. */
export type SignOnDiff = (settled: SettledAccount, isSending: boolean) => AttributePair | null;

/** See dueSignOn; of the accounts that a plan looks after. */
export function buildSignOnDiff({ configuration, signOnBefore = null }: SignOnQuestion): SignOnDiff {
  if (signOnBefore === null) return () => null;
  return ({ mapped, existing, desired, isRecordOnly }, isSending) => {
    if (existing === null || isRecordOnly || mapped.kind !== 'user' || desired.kind !== 'user' || !desired.active)
      return null;
    const value = { source: mapped.source, isRow: mapped.origin === 'row', ssoKey: mapped.ssoKey };
    return dueSignOn({ zivverId: existing.zivverId, value, isSending }, { configuration, signOnBefore });
  };
}

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
