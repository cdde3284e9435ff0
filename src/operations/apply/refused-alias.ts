import type { ExistingAccount } from '../../model/account/account.ts';
import type { ExistingIndex } from '../../model/account/existing-index.ts';
import type { TargetProblem } from '../../model/account/target.ts';
import type { ScheduledWrite } from '../../model/change/scheduled-write.ts';
import { domainOf } from '../../model/directory/mail-address.ts';
import { REFUSED_ALIAS_CURES, REFUSED_ALIAS_WHY, RETRY_ALIASES } from '../../model/ledger/refused-alias-words.ts';
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
    case 'address-not-allowed':
    case 'already-exists':
    case 'invalid-division':
    case 'key-refused':
    case 'outside-organisation':
    case 'rate-limited':
    case 'unavailable':
    case 'unexpected':
    case 'unknown-account':
    case 'unknown-member':
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
  const told = refused.map(({ alias, why }) => `${alias} (${REFUSED_ALIAS_WHY[why]})`);
  const cures = [...new Set(refused.map(({ why }) => REFUSED_ALIAS_CURES[why]))];
  return {
    detail: `without the alias${refused.length === 1 ? '' : 'es'} ${told.join(', ')}`,
    cure: `${cures.join(' ')} ${RETRY_ALIASES}`,
  };
}

function domainsIn({ all }: ExistingIndex): Set<string> {
  const domains = new Set<string>();
  for (const { address, aliases } of all) for (const one of [address, ...aliases]) domains.add(domainOf(one));
  return domains;
}
