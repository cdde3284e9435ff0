import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { LedgerFacts, Refusal } from '../ledger/ledger-facts.ts';
import { REFUSED_ALIAS_CURES, REFUSED_ALIAS_WHY, RETRY_ALIASES } from '../ledger/refused-alias-words.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import type { SettledAccount } from './settlement.ts';

export interface RefusedInput {
  readonly index: ExistingIndex;
  /** Desired files on the branch. */
  readonly baseline: readonly DesiredAccount[];
  readonly facts: Pick<LedgerFacts, 'refusedAliases'>;
}

/**
 * Aliases that Zivver refused are not asked for again before something differs: the account has the alias, another one holds
 * it now, or it was taken out of the desired file in between. The desired file goes on naming what is wanted.
 */
export function leaveOutRefused(
  settled: readonly SettledAccount[],
  { index, baseline, facts }: RefusedInput,
): { readonly settled: readonly SettledAccount[]; readonly exclusions: readonly Exclusion[] } {
  if (facts.refusedAliases.size === 0) return { settled, exclusions: [] };
  const committed = new Map(baseline.map((account) => [account.key, account.aliases ?? []]));
  const exclusions: Exclusion[] = [];
  const result = settled.map((account) => {
    const { desired, existing, source, dn } = account;
    if (existing === null) return account;
    const known = new Set(committed.get(desired.key));
    const refused = refusalsOf(existing, desired, { index, facts }).filter(({ alias }) => known.has(alias));
    if (refused.length === 0) return account;
    for (const refusal of refused)
      exclusions.push({
        source,
        subject: dn,
        address: existing.address,
        reason: 'alias-refused',
        detail: describeRefusal(refusal),
      });
    return { ...account, refusedAliases: new Set(refused.map(({ alias }) => alias)) };
  });
  return { settled: result, exclusions };
}

/** Those that the account is wanted to have, has not, and nobody else in Zivver has: the last refusal of each. */
export function refusalsOf(
  existing: ExistingAccount,
  desired: Pick<DesiredAccount, 'aliases'>,
  { index, facts }: Pick<RefusedInput, 'index' | 'facts'>,
): readonly Refusal[] {
  const wanted = new Set(desired.aliases);
  const last = new Map(
    (facts.refusedAliases.get(existing.zivverId) ?? []).map((refusal) => [refusal.alias, refusal] as const),
  );
  return [...last.values()].filter(({ alias }) => wanted.has(alias) && index.holderOf(alias) === undefined);
}

export function describeRefusal({ alias, why, plan }: Refusal): string {
  return `Zivver refused the alias ${alias} when plan ${plan} was applied: ${REFUSED_ALIAS_WHY[why]}. ${REFUSED_ALIAS_CURES[why]} ${RETRY_ALIASES}`;
}
