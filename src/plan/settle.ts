import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { Configuration } from '../configuration.ts';
import type { MappedAccount, MappedAccounts } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import { findAmbiguous } from './ambiguity.ts';
import { settleClaims } from './claims.ts';
import { releaseInactive } from './inactive.ts';
import { matchAccount, type Identities, type Match } from './match.ts';
import { applyOptions } from './options.ts';
import { keepKnownPeople } from './references.ts';
import { settleRest } from './rest.ts';

export interface SettleInput {
  readonly configuration: Configuration;
  readonly mapped: MappedAccounts;
  readonly index: ExistingIndex;
  /** Desired files on the branch. */
  readonly baseline: readonly DesiredAccount[];
  readonly bootstrap: boolean;
}

/** A desired account with the existing one it is, ready to be compared. */
export interface SettledAccount {
  readonly desired: DesiredAccount;
  readonly mapped: MappedAccount;
  readonly existing: ExistingAccount | null;
  readonly how: Exclude<Match['how'], 'refused'>;
  readonly source: string;
  readonly dn: string;
}

/** An account of Zivver that no source wants any more. */
export interface MissingAccount {
  /** Null: unmanaged, treated as missing by configuration. */
  readonly key: string | null;
  readonly baseline: DesiredAccount | null;
  readonly existing: ExistingAccount;
}

export interface Settlement {
  readonly settled: readonly SettledAccount[];
  readonly missing: readonly MissingAccount[];
  /** Desired files that stay as they are, because nothing certain is known about their account now. */
  readonly held: readonly DesiredAccount[];
  /** Managed before, now without an account in Zivver and without a place for one: their files go. */
  readonly gone: readonly DesiredAccount[];
  readonly unmanaged: readonly ExistingAccount[];
  readonly exclusions: readonly Exclusion[];
}

/** Decides who is who: pairs mapped accounts with existing ones and finds what is missing, held, gone or unmanaged. Pure. */
export function settleAccounts(input: SettleInput): Settlement {
  const { ambiguous, exclusions } = findAmbiguous(input.mapped.accounts);
  const candidates = input.mapped.accounts.filter((mapped) => !ambiguous.has(mapped));
  const identities = buildIdentities(input);
  const matched = matchAll(candidates, identities);
  const optioned = applyOptions(matched.settled, input.configuration);
  const claims = settleClaims(optioned.settled, input.index);
  const accepted = releaseInactive(claims.accepted, input.index);
  const references = keepKnownPeople(accepted, { identities, sharedKeys: findSharedKeys(input.mapped.accounts) });
  const doubtful = [...ambiguous, ...matched.refused, ...claims.refused.map(({ mapped }) => mapped)];
  const rest = settleRest(input, { settled: references.settled, doubtful, left: optioned.left });
  return {
    settled: references.settled,
    ...rest,
    exclusions: [
      ...exclusions,
      ...matched.exclusions,
      ...optioned.exclusions,
      ...claims.exclusions,
      ...references.exclusions,
    ],
  };
}

interface MatchedAll {
  readonly settled: SettledAccount[];
  readonly refused: MappedAccount[];
  readonly exclusions: Exclusion[];
}

function buildIdentities({ index, baseline, mapped }: SettleInput): Identities {
  return {
    index,
    baselineByKey: new Map(baseline.map((account) => [account.key, account])),
    baselineByAddress: new Map(baseline.map((account) => [account.address, account])),
    sourceKeys: new Set(mapped.accounts.map(({ account }) => account.key)),
  };
}

function findSharedKeys(accounts: readonly MappedAccount[]): Set<string> {
  const seen = new Set<string>();
  const shared = accounts.filter(({ account }) => seen.has(account.key) || !seen.add(account.key));
  return new Set(shared.map(({ account }) => account.key));
}

function matchAll(candidates: readonly MappedAccount[], identities: Identities): MatchedAll {
  const result = {
    settled: [] as SettledAccount[],
    refused: [] as MappedAccount[],
    exclusions: [] as Exclusion[],
  };
  for (const mapped of candidates) {
    const match = matchAccount(mapped, identities);
    const { source, dn } = mapped;
    if (match.how === 'refused') {
      result.refused.push(mapped);
      result.exclusions.push({
        source,
        subject: dn,
        address: mapped.account.address,
        reason: match.reason,
        detail: match.detail,
      });
      continue;
    }
    const existing = match.how === 'new' ? null : match.existing;
    result.settled.push({ desired: mapped.account, mapped, existing, how: match.how, source, dn });
  }
  return result;
}
