import type { RefusedAlias } from '../schema/generated/ledger.ts';

/** Why Zivver refused an alias, after "because" or a colon. */
export const REFUSED_ALIAS_WHY: Readonly<Record<RefusedAlias['why'], string>> = {
  'alias-taken': 'it is taken already',
  'alias-is-guest': 'it has received Zivver messages as a guest',
  'alias-domain-not-owned': 'its domain is not claimed in Zivver',
  'earlier-run': 'an earlier run of the plan was refused it',
};

const MERGE = 'Merge the other account into this one in Zivver by hand (this cannot be undone).';

export const REFUSED_ALIAS_CURES: Readonly<Record<RefusedAlias['why'], string>> = {
  'alias-taken': MERGE,
  'alias-is-guest': 'Have the guest merged into this account; the Synctool of Zivver can do that.',
  'alias-domain-not-owned': 'Claim the domain in Zivver, or take it out of zivver.claimedDomains.',
  'earlier-run': MERGE,
};

/** How to ask once more. */
export const RETRY_ALIASES = 'Plans leave it out until then, or until: zivver-gitops plan --retry-aliases';
