import { fact } from '../facts/fact.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { LedgerFacts, Refusal } from '../ledger/ledger-facts.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { openEntry } from './open-draft.ts';
import type { OpenDraft } from './open-list.ts';
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
): { readonly settled: readonly SettledAccount[]; readonly open: readonly OpenDraft[] } {
  if (facts.refusedAliases.size === 0) return { settled, open: [] };
  const committed = new Map(baseline.map((account) => [account.key, account.aliases ?? []]));
  const open: OpenDraft[] = [];
  const result = settled.map((account) => {
    const { desired, existing, mapped } = account;
    if (existing === null) return account;
    const known = new Set(committed.get(desired.key));
    const refused = refusalsOf(existing, desired, { index, facts }).filter(({ alias }) => known.has(alias));
    if (refused.length === 0) return account;
    for (const refusal of refused)
      open.push(
        openEntry(mapped, existing, {
          reason: 'alias-refused',
          value: refusal.alias,
          detail: describeRefusal(refusal),
        }),
      );
    return { ...account, refusedAliases: new Set(refused.map(({ alias }) => alias)) };
  });
  return { settled: result, open };
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

export function describeRefusal({ alias, why, plan }: Refusal): Fact {
  return fact('alias-refused', { alias, why, plan });
}
