import { fact } from '../facts/fact.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Fact, OpenReason } from '../schema/generated/plan.ts';
import { findOtherPerson } from './other-person.ts';

/** Which existing account a mapped one is (ARCHITECTURE.md, "Identity"). */
export type Match =
  | {
      readonly how: 'external-id' | 'recorded-id' | 'desired-file' | 'handed-over' | 'rekeyed' | 'address';
      readonly existing: ExistingAccount;
    }
  | { readonly how: 'new' }
  | {
      readonly how: 'refused';
      readonly reason: Extract<OpenReason, 'ambiguous' | 'another-person' | 'wrong-kind' | 'malformed'>;
      readonly detail: Fact;
      /** The account in Zivver that it is about, if it is one. */
      readonly about: ExistingAccount | null;
    };

export interface Identities {
  readonly index: ExistingIndex;
  /** Desired files on the branch by key and by address. */
  readonly baselineByKey: ReadonlyMap<string, DesiredAccount>;
  readonly baselineByAddress: ReadonlyMap<string, DesiredAccount>;
  /** Key → the Zivver id that its desired file or the ledger records. */
  readonly recordedIds: ReadonlyMap<string, string>;
  /** The reverse. */
  readonly keysOfIds: ReadonlyMap<string, string>;
  /** All keys the sources yield now. */
  readonly sourceKeys: ReadonlySet<string>;
  /** Key of an entry → key that the account has which it gets, by decision of people. */
  readonly handovers: ReadonlyMap<string, string>;
  /** Of those, the ones that are the same entry under another key. */
  readonly rekeyed: ReadonlySet<string>;
}

/** Never guesses; an account of the other kind is not the one that is meant. */
export function matchAccount(mapped: MappedAccount, identities: Identities): Match {
  const match = matchIdentity(mapped.account, identities);
  if (!('existing' in match)) return match;
  const { malformed } = match.existing;
  if (malformed !== undefined)
    return {
      how: 'refused',
      reason: 'malformed',
      detail: fact('malformed', { what: malformed }),
      about: match.existing,
    };
  if (match.existing.kind !== mapped.kind) return refuseKind(match.existing, mapped);
  const about = match.existing;
  // Whose former key it is, people give out and write like a number.
  const claim = match.how === 'rekeyed' ? { ...mapped, keyKind: 'number' as const } : mapped;
  const detail = match.how === 'handed-over' ? null : findOtherPerson(claim, about);
  return detail === null ? match : { how: 'refused', reason: 'another-person', detail, about };
}

/**
 * (1) ExternalAccountId, (2) the recorded Zivver id, (3) the desired file with this key, (4) a hand-over, (5) the same
 * address.
 */
export function matchIdentity(account: Identity, identities: Identities): Match {
  return (
    matchByExternalId(account, identities) ??
    matchByRecordedId(account, identities) ??
    matchByDesiredFile(account, identities) ??
    matchByHandover(account, identities) ??
    matchByAddress(account, identities)
  );
}

type Identity = Pick<DesiredAccount, 'key' | 'address'>;

/** Zivver says that it is another account than the one that is recorded. */
export function describeContradiction(key: string, recordedId: string | undefined, index: ExistingIndex): Fact | null {
  const recorded = recordedId === undefined ? undefined : index.byId(recordedId);
  const [found, ...more] = index.byExternalId(key);
  if (recorded === undefined || found === undefined || more.length > 0 || found === recorded) return null;
  return fact('record-contradicts', { address: found.address, recorded: recorded.address });
}

function matchByExternalId({ key }: Identity, { index, recordedIds }: Identities): Match | null {
  const found = index.byExternalId(key);
  const [existing] = found;
  if (existing === undefined) return null;
  const contradiction = describeContradiction(key, recordedIds.get(key), index);
  if (contradiction !== null) return refuseAmbiguous(null, contradiction);
  if (found.length === 1) return { how: 'external-id', existing };
  return refuseAmbiguous(null, fact('key-twice', { addresses: found.map(({ address }) => address).sort() }));
}

function matchByRecordedId({ key }: Identity, identities: Identities): Match | null {
  const existing = identities.index.byId(identities.recordedIds.get(key) ?? '');
  return existing === undefined ? null : refuseSomebodyElse({ how: 'recorded-id', existing }, key, identities);
}

function matchByDesiredFile({ key }: Identity, identities: Identities): Match | null {
  const baseline = identities.baselineByKey.get(key);
  const existing = baseline && identities.index.byAddress(baseline.address);
  if (existing === undefined) return null;
  if (identities.index.namesakes(existing.address).length > 0) return refuseNamesakes(existing.address, identities);
  return refuseSomebodyElse({ how: 'desired-file', existing }, key, identities);
}

function refuseSomebodyElse(
  match: { readonly how: 'recorded-id' | 'desired-file'; readonly existing: ExistingAccount },
  key: string,
  identities: Identities,
): Match {
  const { existing } = match;
  if (!isSomebodyElse(existing, key, identities)) return match;
  return refuseAmbiguous(existing, fact('key-of-another', { address: existing.address }));
}

/** What the key that hands over would be matched with. */
function matchByHandover({ key }: Identity, identities: Identities): Match | null {
  const from = identities.handovers.get(key);
  if (from === undefined) return null;
  const former = { key: from, address: '' };
  const match =
    matchByExternalId(former, identities) ??
    matchByRecordedId(former, identities) ??
    matchByDesiredFile(former, identities);
  if (match === null || !('existing' in match)) return match;
  return { how: identities.rekeyed.has(key) ? 'rekeyed' : 'handed-over', existing: match.existing };
}

function matchByAddress({ key, address }: Identity, identities: Identities): Match {
  const existing = identities.index.byAddress(address);
  if (!existing) return { how: 'new' };
  if (identities.index.namesakes(address).length > 0) return refuseNamesakes(address, identities);
  const owner = identities.baselineByAddress.get(address);
  const isOwned = (owner !== undefined && owner.key !== key) || isSomebodyElse(existing, key, identities);
  return isOwned ? { how: 'new' } : { how: 'address', existing };
}

/** It is recorded for, or carries the key of, another account that we know; an id of some other tool says nothing. */
function isSomebodyElse(
  existing: ExistingAccount,
  key: string,
  { baselineByKey, sourceKeys, keysOfIds }: Identities,
): boolean {
  if ((keysOfIds.get(existing.zivverId) ?? key) !== key) return true;
  const id = existing.externalAccountId;
  return id !== null && id !== key && (baselineByKey.has(id) || sourceKeys.has(id));
}

function refuseNamesakes(address: string, { index }: Identities): Match {
  return refuseAmbiguous(null, fact('address-twice', { address, count: index.namesakes(address).length }));
}

function refuseAmbiguous(about: ExistingAccount | null, detail: Fact): Match {
  return { how: 'refused', reason: 'ambiguous', detail, about };
}

/** Another account beside it would split the mailbox in two, and a deletion would lose its messages. */
function refuseKind(about: ExistingAccount, mapped: MappedAccount): Match {
  const { address, kind } = about;
  const wanted = mapped.kind === 'user' ? 'person' : mapped.sharedBy === null ? 'group' : 'mailbox';
  const detail = fact('wrong-kind', { address, held: kind, wanted });
  return { how: 'refused', reason: 'wrong-kind', detail, about };
}
