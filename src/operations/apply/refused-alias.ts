import type { ExistingAccount } from '../../model/account/account.ts';
import type { ExistingIndex } from '../../model/account/existing-index.ts';
import type { TargetProblem } from '../../model/account/target.ts';
import type { ScheduledWrite } from '../../model/change/scheduled-write.ts';
import { domainOf } from '../../model/directory/mail-address.ts';
import type { RefusedAlias } from '../../model/schema/generated/ledger.ts';

export type { RefusedAlias };

/**
 * The new aliases of a request that Zivver refused with this answer; none if it is about something else. Where Zivver names
 * no alias but only says that a domain is not claimed, those are meant in whose domain nobody in Zivver has an address.
 */
export function findRefusedAliases(
  { attributes }: ScheduledWrite,
  { cause, delivery, alias: named }: TargetProblem,
  { subject, index }: { readonly subject: ExistingAccount | undefined; readonly index: ExistingIndex },
): RefusedAlias[] {
  if (delivery !== 'refused' || named === attributes.address) return [];
  const held = new Set([...(subject?.aliases ?? []), subject?.address]);
  const added = (attributes.aliases ?? []).filter((alias) => !held.has(alias));
  switch (cause) {
    case 'alias-taken':
    case 'alias-is-guest':
      return added.filter((alias) => alias === named).map((alias) => ({ alias, why: cause }));
    case 'alias-domain-not-owned': {
      const claimed = domainsIn(index);
      return added.filter((alias) => !claimed.has(domainOf(alias))).map((alias) => ({ alias, why: cause }));
    }
    default:
      return [];
  }
}

export function withoutRefused(write: ScheduledWrite, refused: readonly RefusedAlias[]): ScheduledWrite {
  const left = new Set(refused.map(({ alias }) => alias));
  const aliases = (write.attributes.aliases ?? []).filter((alias) => !left.has(alias));
  return { ...write, attributes: { ...write.attributes, aliases } };
}

/** What is told of a change that was done without some aliases. */
export function describeRefused(refused: readonly RefusedAlias[]): { readonly detail: string; readonly cure: string } {
  const told = refused.map(({ alias, why }) => `${alias} (${WHY[why]})`);
  const cures = [...new Set(refused.map(({ why }) => CURES[why]))];
  return {
    detail: `without the alias${refused.length === 1 ? '' : 'es'} ${told.join(', ')}`,
    cure: `${cures.join(' ')} ${AGAIN}`,
  };
}

const WHY: Readonly<Record<RefusedAlias['why'], string>> = {
  'alias-taken': 'Zivver says that it is taken already',
  'alias-is-guest': 'it has received Zivver messages as a guest',
  'alias-domain-not-owned': 'its domain is not claimed in Zivver',
  'earlier-run': 'an earlier run of this plan was refused it',
};

const MERGE = 'Merge the other account into this one in Zivver by hand.';
const CURES: Readonly<Record<RefusedAlias['why'], string>> = {
  'alias-taken': MERGE,
  'alias-is-guest': 'Have the guest merged into this account: the Synctool of Zivver can do that.',
  'alias-domain-not-owned': 'Claim the domain in Zivver, or take it out of zivver.claimedDomains.',
  'earlier-run': MERGE,
};

const AGAIN = 'Until then plans leave the alias out; plan --retry-aliases tries it once more.';

function domainsIn({ all }: ExistingIndex): Set<string> {
  const domains = new Set<string>();
  for (const { address, aliases } of all) for (const one of [address, ...aliases]) domains.add(domainOf(one));
  return domains;
}
