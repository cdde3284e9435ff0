import { describeHold, type Hold } from '../desired/holds.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import { findAmbiguous } from './ambiguity.ts';
import { settleClaims } from './claims.ts';
import { releaseInactive } from './inactive.ts';
import { adoptAccount } from './adopt.ts';
import { buildIdentities, findContradictions } from './identities.ts';
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
  const isLeftAlone = ({ account: { key } }: MappedAccount): boolean =>
    heldKeys.has(key) || input.waiting?.has(key) === true;
  const leftAlone = input.mapped.accounts.filter(isLeftAlone);
  const candidates = input.mapped.accounts.filter((mapped) => !ambiguous.has(mapped) && !isLeftAlone(mapped));
  const identities = buildIdentities(input, keys);
  const { recordedIds } = identities;
  const matched = matchAll(candidates, identities);
  const optioned = applyOptions(matched.settled, input.configuration);
  const claims = settleClaims(optioned.settled, input.index);
  const accepted = releaseInactive(claims.accepted, input.index);
  const taken = listTaken(accepted);
  const references = keepKnownPeople(accepted, { identities, taken, sharedKeys });
  const doubtful = [...leftAlone, ...ambiguous, ...matched.refused, ...claims.refused.map(({ mapped }) => mapped)];
  const contradictions = findContradictions(identities);
  const rest = settleRest(input, { taken, doubtful, left: optioned.left, contradictions, recordedIds });
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
      ...excludeContradictions(input, contradictions, keys),
    ],
  };
}

function excludeHeld(hold: Hold): Exclusion {
  const { address } = hold;
  return { source: null, subject: address, address, reason: 'held-back', detail: describeHold(hold) };
}

/** Of those whom no source has any more; of the others the matching tells it. */
function excludeContradictions(
  { baseline }: SettleInput,
  contradictions: ReadonlyMap<string, string>,
  sourceKeys: ReadonlySet<string>,
): Exclusion[] {
  if (contradictions.size === 0) return [];
  return baseline.flatMap(({ key, address }): Exclusion[] => {
    const detail = contradictions.get(key);
    if (detail === undefined || sourceKeys.has(key)) return [];
    return [{ source: null, subject: address, address, reason: 'ambiguous', detail }];
  });
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
    const isAdopted = existing !== null && !identities.baselineByKey.has(mapped.account.key);
    const desired = isAdopted ? adoptAccount(mapped.account, existing, identities.index) : mapped.account;
    result.settled.push({ desired, mapped, existing, how: match.how, isAdopted, source, dn });
  }
  return result;
}
