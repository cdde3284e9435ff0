import { fact } from '../facts/fact.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import { describeHold, type Hold } from '../desired/holds.ts';
import type { ExcludedEntry, MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Fact } from '../schema/generated/plan.ts';
import { openAccount, openExcluded } from './open-draft.ts';
import type { OpenDraft } from './open-list.ts';
import type { MissingAccount, SettleInput, Settlement, Taken } from './settlement.ts';

export interface Sorted {
  readonly taken: Taken;
  readonly doubtful: readonly MappedAccount[];
  /** Keys of the branch that are told already. */
  readonly doubtfulKeys: readonly string[];
  /** Addresses that several entries claim. */
  readonly disputed: Iterable<string>;
  /** Mapped accounts that shall not have an account (disabled without one, creation off). */
  readonly left: readonly MappedAccount[];
  /** Keys of which nobody knows which account is meant. */
  readonly contradictions: ReadonlyMap<string, Fact>;
  readonly recordedIds: ReadonlyMap<string, string>;
  /** Keys that handed their account over: nothing is left of them. */
  readonly handedOver: ReadonlySet<string>;
}

type Rest = Pick<Settlement, 'missing' | 'held' | 'gone' | 'unmanaged' | 'open'>;

/** What is not settled: held (in doubt), missing, gone, or never ours. */
export function settleRest(input: SettleInput, sorted: Sorted): Rest {
  const doubts = findDoubts(input, sorted);
  const spoken = new Set(sorted.taken.zivverIds);
  const managed = sortBaseline(input, { ...sorted, doubts, spoken });
  const rest = [...input.index.all].filter(({ zivverId }) => !spoken.has(zivverId));
  const isMissing = (existing: ExistingAccount): boolean =>
    input.isPilot !== true &&
    input.configuration.users.unmanaged === 'missing' &&
    existing.kind === 'user' &&
    existing.active &&
    !isDoubted(existing, doubts);
  const treatedAsMissing = rest.filter(isMissing).map((existing) => ({ key: null, baseline: null, existing }));
  const told = new Set(managed.open.map(({ key }) => key));
  const unread = input.mapped.excluded.filter(
    (entry) => isUndecided(entry) && (entry.key === null || !told.has(entry.key)),
  );
  return {
    ...managed,
    missing: [...managed.missing, ...treatedAsMissing],
    unmanaged: rest.filter((existing) => !isMissing(existing)),
    open: [...managed.open, ...unread.map((entry) => openExcluded(entry, null))],
  };
}

/** It should have an account, and cannot get one before somebody corrects it. */
function isUndecided({ effect, exclusion: { reason } }: ExcludedEntry): boolean {
  return effect === 'held' && reason !== 'not-a-person' && reason !== 'unclaimed-address';
}

/** Whom nothing certain is known about: their accounts stay as they are. */
interface Doubts {
  readonly keys: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
}

function findDoubts(
  { mapped, holds = [], waiting = new Set() }: SettleInput,
  { doubtful, doubtfulKeys, disputed, contradictions }: Sorted,
): Doubts {
  const entries = mapped.excluded.filter(({ effect }) => effect === 'held');
  return {
    keys: new Set([
      ...doubtful.map(({ account }) => account.key),
      ...doubtfulKeys,
      ...entries.flatMap(({ key }) => key ?? []),
      ...holds.map(({ key }) => key),
      ...contradictions.keys(),
      ...waiting,
    ]),
    addresses: new Set([
      ...disputed,
      ...doubtful.flatMap(({ account }) => [account.address, ...(account.aliases ?? [])]),
      ...entries.flatMap(({ exclusion }) => exclusion.address ?? []),
    ]),
  };
}

function isDoubted({ address, aliases, externalAccountId }: ExistingAccount, { keys, addresses }: Doubts): boolean {
  return [address, ...aliases].some((one) => addresses.has(one)) || keys.has(externalAccountId ?? '');
}

interface Sorting extends Sorted {
  readonly doubts: Doubts;
  /** Accounts that somebody has already; grows. */
  readonly spoken: Set<string>;
}

function sortBaseline(input: SettleInput, sorting: Sorting): Omit<Rest, 'unmanaged'> {
  const { index, baseline } = input;
  const { taken, left, doubts, spoken, recordedIds, handedOver } = sorting;
  const leftKeys = new Set(left.map(({ account }) => account.key));
  const isOther = (key: string): boolean => !taken.addresses.has(key) && !leftKeys.has(key) && !handedOver.has(key);
  const others = baseline.filter(({ key }) => isOther(key));
  const addresses = new Set(others.length === 0 ? [] : taken.addresses.values());
  const describe = buildDescriber(input);
  const rest = {
    missing: [] as MissingAccount[],
    held: [] as DesiredAccount[],
    gone: [] as DesiredAccount[],
    open: [] as OpenDraft[],
  };
  for (const account of others) {
    const existing = existingOf(account, index, { spoken, recordedId: recordedIds.get(account.key) });
    if (existing) spoken.add(existing.zivverId);
    const isNameFree = !addresses.has(account.address) && index.byAddress(account.address) === undefined;
    const doubles = index.namesakes(account.address).length;
    const isDoubled = existing === undefined && doubles > 0;
    const isHeld = doubts.keys.has(account.key) && (existing !== undefined || isNameFree);
    if (isHeld || isDoubled) {
      rest.held.push(existing === undefined ? account : { ...account, address: existing.address });
      const isDoubted = doubts.keys.has(account.key);
      rest.open.push(...(isDoubted ? describe(account, existing ?? null) : [openDoubled(account, doubles)]));
    } else if (existing) rest.missing.push({ key: account.key, baseline: account, existing });
    else rest.gone.push(account);
  }
  return rest;
}

/** Zivver has its address twice, and nothing tells which of the two it is. */
function openDoubled(account: DesiredAccount, count: number): OpenDraft {
  const detail = fact('address-twice', { address: account.address, count });
  return openAccount({ account, existing: null }, { reason: 'ambiguous', detail, evidence: null });
}

type Describe = (account: DesiredAccount, existing: ExistingAccount | null) => OpenDraft[];

/** Why a managed account is held; nothing where its entry was mapped, which is told already. */
function buildDescriber({ mapped, holds = [] }: SettleInput): Describe {
  let entries: Map<string | null, (typeof mapped.excluded)[number]> | undefined;
  const holdOf = new Map<string, Hold>(holds.map((hold) => [hold.key, hold]));
  return (account, existing) => {
    entries ??= new Map(mapped.excluded.filter(({ effect }) => effect === 'held').map((one) => [one.key, one]));
    const hold = holdOf.get(account.key);
    const entry = entries.get(account.key);
    if (hold !== undefined) return [openOnHold(account, existing, { hold, mapped: mapped.accounts })];
    return entry === undefined ? [] : [openExcluded(entry, existing ?? account)];
  };
}

/** Held by decision of people; a person whom the source does not let in keeps access by it. */
function openOnHold(
  account: DesiredAccount,
  existing: ExistingAccount | null,
  { hold, mapped }: { readonly hold: Hold; readonly mapped: readonly MappedAccount[] },
): OpenDraft {
  const entry = mapped.find((one) => one.account.key === account.key);
  const isIn = entry !== undefined && (entry.account.kind === 'functional' || entry.account.active);
  const draft = openAccount({ account, existing }, { reason: 'on-hold', detail: describeHold(hold), evidence: null });
  return { ...draft, entry: entry?.dn ?? null, keepsAccess: draft.keepsAccess && !isIn };
}

export interface Pairing {
  /** Accounts that somebody has already. */
  readonly spoken: ReadonlySet<string>;
  readonly recordedId: string | undefined;
}

/** The account in Zivver that a desired file is about: by ExternalAccountId, by its recorded id, else by its address. */
export function existingOf(
  account: DesiredAccount,
  index: ExistingIndex,
  { spoken, recordedId }: Pairing,
): ExistingAccount | undefined {
  const byId = index.byExternalId(account.key);
  const recorded = recordedId === undefined ? undefined : index.byId(recordedId);
  const isDoubled = index.namesakes(account.address).length > 0;
  const found = (byId.length === 1 ? byId[0] : recorded) ?? (isDoubled ? undefined : index.byAddress(account.address));
  if (found === undefined || spoken.has(found.zivverId) || found.kind !== account.kind) return undefined;
  const isForeign = found.externalAccountId !== null && found.externalAccountId !== account.key;
  return isForeign && found !== recorded ? undefined : found;
}
