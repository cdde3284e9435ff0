import { describeHold } from '../desired/holds.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { settleClaims, type ClaimFinding } from './claims.ts';
import { findDisputes } from './disputes.ts';
import { findHandovers } from './handovers.ts';
import { releaseInactive } from './inactive.ts';
import { adoptAccount } from './adopt.ts';
import { buildIdentities, findContradictions } from './identities.ts';
import { matchAccount, type Identities } from './match.ts';
import { openAccount, openEntry } from './open-draft.ts';
import type { OpenDraft } from './open-list.ts';
import { applyOptions } from './options.ts';
import { keepKnownPeople } from './references.ts';
import { existingOf, settleRest } from './rest.ts';
import { settleDisputes } from './settle-disputes.ts';
import { settleSharedKeys, type SharedKeys } from './settle-shared-keys.ts';
import { findTargetDoubles } from './target-doubles.ts';
import type { SettledAccount, SettleInput, Settlement, Taken } from './settlement.ts';

/**
 * Decides who is who: pairs mapped accounts with existing ones and finds what is missing, open, gone or unmanaged. Pure.
 */
export function settleAccounts(input: SettleInput): Settlement {
  const { mapped, configuration, index } = input;
  const disputes = findDisputes(mapped.accounts);
  const handovers = findHandovers(configuration, mapped.accounts, input.baseline);
  const { sources, rekeyed } = handovers;
  const identities = buildIdentities(input, { sourceKeys: disputes.allKeys, handovers: sources, rekeyed });
  const { onHold, leftAlone } = findLeftAlone(input);
  const shared = settleSharedKeys(
    mapped.accounts.filter((one) => !leftAlone.has(one) && !handovers.former.has(one)),
    disputes,
  );
  const matched = matchAll(shared.candidates, identities);
  const settled = settleDisputes(matched.settled, disputes);
  const optioned = applyOptions(settled.settled, configuration);
  const claims = settleClaims(optioned.settled, index);
  const accepted = releaseInactive(claims.accepted, index);
  const taken = listTaken(accepted);
  const sharedKeys = new Set(disputes.keys.keys());
  const references = keepKnownPeople(accepted, { identities, taken, sharedKeys });
  const refused = [...settled.refused, ...claims.refused.map((account) => account.mapped)];
  const doubtful = [...leftAlone, ...shared.refused.map((one) => one.mapped), ...matched.refused, ...refused];
  const handedOver = listHandedOver(accepted, handovers.sources);
  const contradictions = findContradictions(identities);
  const { recordedIds } = identities;
  const [disputed, left, doubtfulKeys] = [disputes.addresses.keys(), optioned.left, matched.former];
  const sorted = { taken, doubtful, doubtfulKeys, disputed, left, handedOver, contradictions, recordedIds };
  const rest = settleRest(input, sorted);
  return {
    settled: references.settled,
    ...rest,
    open: [
      [...openUnmanagedHolds(onHold, input), ...openSharedKeys(shared, input), ...matched.open, ...settled.open],
      [...claims.findings.map(openClaim), ...rest.open, ...findTargetDoubles(index)],
      accepted.flatMap(openMembers),
      openContradictions(input, contradictions, disputes.allKeys),
    ].flat(),
    claimants: refused,
    waiting: input.waiting ?? new Set(),
    left: optioned.left,
    former: [...handovers.former],
    handedOver,
    exclusions: [...handovers.exclusions, ...optioned.exclusions, ...references.exclusions],
    notes: handovers.notes,
  };
}

/** Of those whom no source has any more; of the others the matching tells it. */
function openContradictions(
  { baseline, index }: SettleInput,
  contradictions: ReadonlyMap<string, Fact>,
  sourceKeys: ReadonlySet<string>,
): OpenDraft[] {
  if (contradictions.size === 0) return [];
  return baseline.flatMap((account): OpenDraft[] => {
    const detail = contradictions.get(account.key);
    if (detail === undefined || sourceKeys.has(account.key)) return [];
    const existing = index.byAddress(account.address) ?? null;
    return [openAccount({ account, existing }, { reason: 'ambiguous', detail, evidence: null })];
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

/** People decided about them, or they take no part in this plan. */
function findLeftAlone({ mapped, holds = [], waiting = new Set() }: SettleInput): {
  readonly onHold: readonly MappedAccount[];
  readonly leftAlone: ReadonlySet<MappedAccount>;
} {
  const heldKeys = new Set(holds.map(({ key }) => key));
  const onHold = mapped.accounts.filter(({ account }) => heldKeys.has(account.key));
  return {
    onHold,
    leftAlone: new Set([...onHold, ...mapped.accounts.filter(({ account }) => waiting.has(account.key))]),
  };
}

/** Of a managed account the hold is told with the account. */
function openUnmanagedHolds(onHold: readonly MappedAccount[], { holds = [], baseline }: SettleInput): OpenDraft[] {
  return onHold.flatMap((mapped) => {
    const hold = holds.find(({ key }) => key === mapped.account.key);
    const isManaged = hold === undefined || baseline.some(({ key }) => key === hold.key);
    return isManaged ? [] : [openEntry(mapped, null, { reason: 'on-hold', detail: describeHold(hold) })];
  });
}

function listHandedOver(accounts: readonly SettledAccount[], sources: ReadonlyMap<string, string>): Set<string> {
  if (sources.size === 0) return new Set();
  const heirs = accounts.filter(({ how }) => how === 'handed-over' || how === 'rekeyed');
  return new Set(heirs.flatMap(({ desired }) => sources.get(desired.key) ?? []));
}

/** Several entries, one account: it is told at the first of them that is not in use, if there is one. */
function openSharedKeys({ refused }: SharedKeys, { index, baseline }: SettleInput): OpenDraft[] {
  const files = new Map(refused.length === 0 ? [] : baseline.map((account) => [account.key, account]));
  const isIn = ({ mapped }: (typeof refused)[number]): boolean => mapped.kind === 'functional' || mapped.account.active;
  const sorted = [...refused].sort((a, b) => Number(isIn(a)) - Number(isIn(b)) || (a.mapped.dn < b.mapped.dn ? -1 : 1));
  const told = new Set<string>();
  return sorted.map(({ mapped, detail }) => {
    const { key } = mapped.account;
    const isFirst = told.size !== told.add(key).size;
    const existing = isFirst
      ? existingOf(files.get(key) ?? mapped.account, index, { spoken: new Set(), recordedId: undefined })
      : undefined;
    return openEntry(mapped, existing ?? null, { reason: 'ambiguous', detail });
  });
}

function openMembers({ mapped, existing }: SettledAccount): OpenDraft[] {
  const detail = mapped.kind === 'functional' ? mapped.membersOpen : undefined;
  return detail === undefined
    ? []
    : [openEntry(mapped, existing, { reason: 'members-disagree', detail, value: 'members' })];
}

function openClaim({ claimant, reason, address, detail }: ClaimFinding<SettledAccount>): OpenDraft {
  const value = reason === 'alias-held' ? { value: address } : {};
  return openEntry(claimant.mapped, claimant.existing, { reason, detail, ...value });
}

/** What was desired, under its new key; what the source wants otherwise comes in the plan after. */
function rekeyAccount(
  key: string,
  { zivverId, address }: ExistingAccount,
  { handovers, baselineByKey }: Identities,
): DesiredAccount | null {
  const before = baselineByKey.get(handovers.get(key) ?? '');
  return before === undefined ? null : { ...before, key, zivverId, address };
}

interface MatchedAll {
  readonly settled: SettledAccount[];
  readonly refused: MappedAccount[];
  readonly open: OpenDraft[];
  /** Keys of accounts that do not pass to another key for now. */
  readonly former: string[];
}

function matchAll(candidates: readonly MappedAccount[], identities: Identities): MatchedAll {
  const result: MatchedAll = { settled: [], refused: [], open: [], former: [] };
  for (const mapped of candidates) {
    const match = matchAccount(mapped, identities);
    const { source, dn } = mapped;
    if (match.how === 'refused') {
      const { reason, detail, about } = match;
      result.refused.push(mapped);
      const former = identities.baselineByKey.get(identities.handovers.get(mapped.account.key) ?? '');
      if (former === undefined) result.open.push(openEntry(mapped, about, { reason, detail }));
      else {
        const account = { account: former, existing: about };
        result.open.push(openAccount(account, { reason, detail, evidence: null, claimant: mapped }));
        result.former.push(former.key);
      }
      continue;
    }
    const existing = match.how === 'new' ? null : match.existing;
    const isManaged = identities.baselineByKey.has(mapped.account.key) || identities.handovers.has(mapped.account.key);
    const isAdopted = existing !== null && !isManaged;
    const rekeyed = match.how === 'rekeyed' ? rekeyAccount(mapped.account.key, match.existing, identities) : null;
    const adopted = isAdopted ? adoptAccount(mapped.account, existing, identities.index) : mapped.account;
    const isRecordOnly = isAdopted || rekeyed !== null;
    result.settled.push({
      desired: rekeyed ?? adopted,
      mapped,
      existing,
      how: match.how,
      isAdopted,
      isRecordOnly,
      source,
      dn,
    });
  }
  return result;
}
