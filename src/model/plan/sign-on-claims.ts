import type { ExistingIndex } from '../account/existing-index.ts';
import type { AttributePair, Change } from '../change/change.ts';
import { sendsExtension } from '../change/sso-need.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { formatGuid, isGuid, parseGuid } from '../directory/guid.ts';
import { dueSignOn, type SignOnHistory } from '../ledger/sign-on-due.ts';
import { hasForm, type SignOnBefore, type SignOnMaking, signOnMakingOf } from '../ledger/sign-on-making.ts';
import { isKeyInUse, valuesOf } from '../rollback/keys-in-use.ts';

export interface SignOnContext {
  readonly configuration: Pick<Configuration, 'sso' | 'sources' | 'users'>;
  readonly index: ExistingIndex;
  /** From ledger and branch; null: no apply made keys otherwise than now. */
  readonly signOnBefore: SignOnBefore | null;
  /** Change id → the key that is sealed for it. */
  readonly ssoKeys: ReadonlyMap<string, string>;
}

/**
 * Changes that replace or erase a single sign-on key and do not say so, or say so wrongly, and keys that are not spelt as they must be:
 * the person could not log in any more. Of which source a person is, the change says. Pure.
 */
export function findSignOnClaims(changes: readonly Change[], context: SignOnContext): string[] {
  return changes.flatMap((change) =>
    [...findSpellingFaults(change, context), ...findUntold(change, context)].map(
      (what) => `change ${change.id}: ${what}`,
    ),
  );
}

function findUntold(change: Change, { signOnBefore, ...context }: SignOnContext): string[] {
  const { kind, zivverId, sealed }: Change = change;
  const { after }: AttributePair = change;
  const existing = context.index.byId(zivverId ?? '');
  if (existing?.kind !== 'user' || !(after.active ?? existing.active)) return [];
  if (signOnBefore === null)
    return after.signOnKey === undefined ? [] : ['no single sign-on key is made otherwise than before'];
  const history = { ...context, signOnBefore };
  if (change.reason === 'rollback') return !sealed || keepsSignOn(change, history) ? [] : [UNTOLD];
  const { signOnKey: _told, ...others } = after;
  const isSending = sendsExtension(kind, others);
  const dues = valuesOf(change, context).map((value) =>
    dueSignOn({ zivverId: existing.zivverId, value, isSending }, history),
  );
  return dues.some((due) => isTold(change, due)) ? [] : [UNTOLD];
}

const UNTOLD = 'what becomes of the single sign-on key is not what the ledger and organisation.yaml give';

function isTold({ before, after }: AttributePair, due: AttributePair | null): boolean {
  if (due === null || due.after.signOnKey === null) return after.signOnKey === due?.after.signOnKey;
  return after.signOnKey === due.after.signOnKey && before.signOnKey === due.before.signOnKey;
}

/** A rollback sends the key that the plan it undoes had sent: it must be made as the one that the account has. */
function keepsSignOn(change: Change, history: SignOnHistory & SignOnContext): boolean {
  const sent = history.signOnBefore.makings.get(change.evidence.value ?? '');
  return valuesOf(change, history).some((value) =>
    isKeyInUse(change.zivverId ?? '', { value, sent }, history.signOnBefore),
  );
}

function findSpellingFaults(change: Change, context: SignOnContext): string[] {
  if (change.reason === 'rollback') return [];
  const { attributes, keyFormat } = signOnMakingOf(context.configuration);
  const isFree = valuesOf(change, context).some((value) => !hasForm(value, attributes[value.source] ?? ''));
  return isFree || isSpelt(context.ssoKeys.get(change.id) ?? '', keyFormat)
    ? []
    : ['its single sign-on key is not spelt as sso.keyFormat says'];
}

function isSpelt(ssoKey: string, keyFormat: SignOnMaking['keyFormat']): boolean {
  if (keyFormat === 'base64') return isGuid(ssoKey);
  const bytes = parseGuid(ssoKey);
  return bytes !== null && formatGuid(bytes) === ssoKey;
}
