import type { ExclusionReason } from '../schema/generated/plan.ts';

/** Words of ours for why something was left out, safe in HTML and in headings. */
export const EXCLUSION_NAMES: Readonly<Record<ExclusionReason, string>> = {
  'not-a-person': 'not a person',
  filtered: 'left out by a filter',
  'no-address': 'no e-mail address',
  'unclaimed-address': 'address in a domain that is not claimed',
  'no-name': 'no name',
  'no-key': 'no account key',
  'unknown-state': 'nobody can tell whether the account is in use',
  ambiguous: 'ambiguous: two entries claim the same address, alias or key',
  'disabled-without-account': 'disabled, and has no account',
  'creation-off': 'would be created, but creating is switched off',
  'update-off': 'would be updated, but updating is switched off',
  'reactivation-off': 'would be reactivated, but reactivating is switched off',
  'address-held': 'address is held by another account',
  'wrong-kind': 'the account in Zivver is of the other kind',
  'alias-unclaimed': 'alias in a domain that is not claimed',
  'alias-held': 'alias is held by another account',
  'alias-invalid': 'alias is not a valid address',
  'mobile-unusable': 'mobile number cannot be used',
  'delegate-left-out': 'delegate has no account',
  'member-left-out': 'member has no account',
  'circular-addresses': 'addresses go round in a circle',
  'held-back': 'held back: left as it is for now',
  bootstrap: 'not in a first plan',
};
