import type { Change } from '../change/change.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { isTable } from '../configuration/source-kind.ts';
import { isSameMaking } from '../ledger/sign-on-due.ts';
import type { SignOnBefore, SignOnMaking, SignOnValue } from '../ledger/sign-on-making.ts';

/** Change id → single sign-on key. */
type SsoKeys = ReadonlyMap<string, string>;

export interface SentKeys {
  readonly configuration: Pick<Configuration, 'sources'>;
  /** Null: no apply made keys otherwise than now. */
  readonly signOnBefore: Pick<SignOnBefore, 'set' | 'unreadable' | 'makings'> | null;
  readonly ssoKeys: SsoKeys;
}

interface AppliedPlan {
  readonly name: string;
  readonly changes: readonly Change[];
  /** Changes that were done → Zivver id of their account. */
  readonly done: ReadonlyMap<string, string | null>;
}

/** The keys that a plan had sent, without those that were made otherwise since: sent again they would lock the person out. */
export function pickKeysInUse({ name, changes, done }: AppliedPlan, { signOnBefore, ...given }: SentKeys): SsoKeys {
  if (signOnBefore === null) return given.ssoKeys;
  const sent = signOnBefore.makings.get(name);
  const used = changes.filter((change) =>
    valuesOf(change, given).some((value) => isKeyInUse(done.get(change.id) ?? '', { value, sent }, signOnBefore)),
  );
  const ids = new Set(used.map(({ id }) => id));
  return new Map([...given.ssoKeys].filter(([id]) => ids.has(id)));
}

/** Whether the key that a plan sent is made as the last one that the account got. */
export function isKeyInUse(
  zivverId: string,
  { value, sent }: { readonly value: SignOnValue; readonly sent: SignOnMaking | undefined },
  { set, unreadable }: Pick<SignOnBefore, 'set' | 'unreadable'>,
): boolean {
  const last = set.get(zivverId);
  if (last === undefined || sent === undefined) return unreadable.has(zivverId);
  return isSameMaking(value, sent, last);
}

/** What the key of a change may come from: the source that the change names, or any. */
export function valuesOf(
  { id, evidence: { source } }: Change,
  { configuration: { sources }, ssoKeys }: Pick<SentKeys, 'configuration' | 'ssoKeys'>,
): SignOnValue[] {
  const named = sources.filter(({ name }) => name === source);
  const ssoKey = ssoKeys.get(id) ?? null;
  return (named.length > 0 ? named : sources).map((one) => ({ source: one.name, isRow: isTable(one), ssoKey }));
}
