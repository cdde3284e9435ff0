import { formatCount } from '../text/format-count.ts';
import type { Exclusion, ExclusionReason } from '../schema/generated/plan.ts';

/** Words of ours for why something was left out, safe in HTML and in headings. */
export const EXCLUSION_NAMES: Readonly<Record<ExclusionReason, string>> = {
  'not-a-person': 'not a person',
  'room-mailbox': 'mailbox of a room or of equipment',
  'shared-mailbox': 'shared mailbox, excluded by the configuration',
  filtered: 'left out by a filter',
  'no-address': 'no e-mail address',
  'unclaimed-address': 'address in a domain that is not claimed',
  'no-name': 'no name',
  'no-key': 'no account key',
  'unknown-state': 'nobody can tell whether the account is in use',
  'lost-rights': 'an attribute looks unreadable rather than empty',
  'handed-over': 'its account passes to another entry',
  'missing-kept': 'selected by no source, kept by the configuration',
  ambiguous: 'ambiguous: two entries claim the same address, alias or key',
  unrecorded: 'desired file removed without a plan, so no longer managed',
  'disabled-without-account': 'disabled, and has no account',
  'creation-off': 'would be created, but creating is switched off',
  'update-off': 'would be updated, but updating is switched off',
  'reactivation-off': 'would be reactivated, but reactivating is switched off',
  'alias-unclaimed': 'alias in a domain that is not claimed',
  'alias-invalid': 'alias is not a valid address',
  'mobile-unusable': 'mobile number cannot be used',
  'delegate-left-out': 'delegate has no account',
  'join-unmatched': 'row of a table that adds properties, of nobody who has an account',
  'delegate-ambiguous': 'delegate who cannot be told from another of the same name',
  'member-left-out': 'member has no account',
  waits: 'waits for the next wave',
  bootstrap: 'not in a first plan',
};

/** `, 2 new` for the head of a group; '' if none is. */
export function newWords(exclusions: readonly Pick<Exclusion, 'isNew'>[]): string {
  const count = exclusions.filter(({ isNew }) => isNew === true).length;
  return count === 0 ? '' : `, ${formatCount(count)} new`;
}
