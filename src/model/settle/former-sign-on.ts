import type { Configuration } from '../configuration/configuration.ts';
import type { Change } from '../change/change.ts';
import { BINARY_ATTRIBUTES } from '../directory/entry.ts';
import { isGuid, parseGuid } from '../directory/guid.ts';
import { type SetSignOn, type SignOnBefore, type SignOnMaking, signOnMakingOf } from '../ledger/sign-on-making.ts';
import type { MappedAccount, MappedUser } from '../mapping/mapped.ts';
import { openEntry } from './open-draft.ts';
import type { OpenDraft } from './open-list.ts';
import type { SettledAccount } from './settlement.ts';

export interface FormerSignOn {
  readonly configuration: Pick<Configuration, 'sso' | 'sources'>;
  readonly signOnBefore?: SignOnBefore | null;
}

/**
 * Accounts in use whose single sign-on key an earlier plan made otherwise than organisation.yaml says now, and which no change
 * of this plan replaces. Zivver never shows the key, so that nothing else would tell of them.
 */
export function tellFormerSignOn(
  settled: readonly SettledAccount[],
  { configuration, signOnBefore = null }: FormerSignOn,
  changes: readonly Change[],
): OpenDraft[] {
  if (!configuration.sso.enabled || signOnBefore === null) return [];
  const now = signOnMakingOf(configuration);
  const replaced = new Set(changes.flatMap(({ sealed, zivverId }) => (sealed ? (zivverId ?? []) : [])));
  return settled.flatMap(({ mapped, existing, desired }) => {
    const before = existing === null ? undefined : signOnBefore.set.get(existing.zivverId);
    const isIn = desired.kind === 'user' && desired.active;
    if (existing === null || before === undefined || !isIn || replaced.has(existing.zivverId)) return [];
    const detail = describeDifference(mapped, before, now);
    return detail === null
      ? []
      : [openEntry(mapped, existing, { reason: 'former-sign-on', detail, value: 'single sign-on key' })];
  });
}

/** Nobody knows the keys of accounts that an earlier tool had, or people. */
export function noteFormerSignOn(
  settled: readonly SettledAccount[],
  { configuration, signOnBefore = null }: FormerSignOn,
): string[] {
  if (!configuration.sso.enabled || signOnBefore === null) return [];
  const { last, set } = signOnBefore;
  const now = signOnMakingOf(configuration);
  const unknown = settled.filter(({ existing, mapped }) => {
    if (existing === null || set.has(existing.zivverId)) return false;
    return describeDifference(mapped, last, now) !== null;
  });
  if (unknown.length === 0) return [];
  const are = unknown.length === 1 ? '1 account has' : `${unknown.length} accounts have`;
  return [
    `${NOTE_START} plan ${last.plan} was applied. ${are} a single sign-on key that no plan has set, or none; Zivver does not show it, so nobody can say whether it is the value that the identity provider sends.`,
  ];
}

const NOTE_START = 'sso or accountKey in organisation.yaml is not as when';

/** A note of `noteFormerSignOn`. */
export function isFormerSignOn(note: string): boolean {
  return note.startsWith(NOTE_START);
}

function describeDifference(mapped: MappedAccount, before: SetSignOn, now: SignOnMaking): string | null {
  const attribute = now.attributes[mapped.source] ?? '';
  const former = before.attributes[mapped.source] ?? attribute;
  if (mapped.kind !== 'user' || mapped.ssoKey === null) return null;
  const isFormatted = hasFormat(mapped, attribute);
  if (former === attribute && (before.keyFormat === now.keyFormat || !isFormatted)) return null;
  const then = `plan ${before.plan} set its single sign-on key with ${former} and keyFormat ${before.keyFormat}`;
  return `${then}; organisation.yaml now says ${attribute} and keyFormat ${now.keyFormat}. Zivver does not show the key, and no change of this plan replaces it`;
}

/** A text of a directory goes to single sign-on as it is. */
function hasFormat({ origin, ssoKey }: MappedUser, attribute: string): boolean {
  if (origin !== 'row' && !BINARY_ATTRIBUTES.has(attribute.toLowerCase())) return false;
  return ssoKey !== null && (isGuid(ssoKey) || parseGuid(ssoKey) !== null);
}
