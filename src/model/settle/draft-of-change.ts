import type { Change } from '../change/change.ts';
import type { Fact, OpenReason } from '../schema/generated/plan.ts';
import type { OpenDraft } from './open-list.ts';

/** A change that is wanted and does not come yet. */
export function draftOfChange(
  { kind, key, zivverId, address, fullName, evidence }: Change,
  { reason, detail }: { readonly reason: OpenReason; readonly detail: Fact },
): OpenDraft {
  const { source, entry } = evidence;
  const about = { kind, key, zivverId, address, fullName, source, entry };
  return { ...about, reason, detail, value: null, claimant: null, keepsAccess: false, evidence };
}
