import { describeHold, type Hold } from '../desired/holds.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import { findAmbiguous } from './ambiguity.ts';
import { settleClaims } from './claims.ts';
import { releaseInactive } from './inactive.ts';
import { matchAccount, type Identities } from './match.ts';
import { applyOptions } from './options.ts';
import { keepKnownPeople } from './references.ts';
import { settleRest } from './rest.ts';
import { findTargetDoubles } from './target-doubles.ts';
import type { SettledAccount, SettleInput, Settlement, Taken } from './settlement.ts';

/** Decides who is who: pairs mapped accounts with existing ones and finds what is missing, held, gone or unmanaged. Pure. */
export function settleAccounts(input: SettleInput): Settlement {
  const { ambiguous, exclusions, keys, sharedKeys } = findAmbiguous(input.mapped.accounts);
  const heldKeys = new Set(input.holds?.map(({ key }) => key));
  const onHold = input.mapped.accounts.filter(({ account }) => heldKeys.has(account.key));
  const candidates = input.mapped.accounts.filter(
    (mapped) => !ambiguous.has(mapped) && !heldKeys.has(mapped.account.key),
  );
  const identities = buildIdentities(input, keys);
  const matched = matchAll(candidates, identities);
  const optioned = applyOptions(matched.settled, input.configuration);
  const claims = settleClaims(optioned.settled, input.index);
  const accepted = releaseInactive(claims.accepted, input.index);
  const taken = listTaken(accepted);
  const references = keepKnownPeople(accepted, { identities, taken, sharedKeys });
  const doubtful = [...onHold, ...ambiguous, ...matched.refused, ...claims.refused.map(({ mapped }) => mapped)];
  const rest = settleRest(input, { taken, doubtful, left: optioned.left });
  return {
    settled: references.settled,
    ...rest,
    exclusions: [
      ...exclusions,
      ...findTargetDoubles(input.index),
      ...(input.holds ?? []).map(excludeHeld),
      ...matched.exclusions,
      ...optioned.exclusions,
      ...claims.exclusions,
      ...references.exclusions,
    ],
  };
}

function excludeHeld(hold: Hold): Exclusion {
  const { address } = hold;
  return { source: null, subject: address, address, reason: 'held-back', detail: describeHold(hold) };
}

function listTaken(accounts: readonly SettledAccount[]): Taken {
  const addresses = new Map<string, string>();
  const zivverIds = new Set<string>();
  for (const { desired, existing } of accounts) {
    addresses.set(desired.key, desired.address);
    if (existing !== null) zivverIds.add(existing.zivverId);
  }
  return { addresses, zivverIds };
}

interface MatchedAll {
  readonly settled: SettledAccount[];
  readonly refused: MappedAccount[];
  readonly exclusions: Exclusion[];
}

/** Nearly all accounts are known by their ExternalAccountId; the look-ups for the others are built when one asks. */
function buildIdentities({ index, baseline }: SettleInput, sourceKeys: ReadonlySet<string>): Identities {
  let byKey: Map<string, DesiredAccount> | undefined;
  let byAddress: Map<string, DesiredAccount> | undefined;
  return {
    index,
    sourceKeys,
    get baselineByKey() {
      return (byKey ??= new Map(baseline.map((account) => [account.key, account])));
    },
    get baselineByAddress() {
      return (byAddress ??= new Map(baseline.map((account) => [account.address, account])));
    },
  };
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
