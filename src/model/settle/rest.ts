import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { MissingAccount, SettleInput, Settlement, Taken } from './settlement.ts';

export interface Sorted {
  readonly taken: Taken;
  readonly doubtful: readonly MappedAccount[];
  /** Mapped accounts that shall not have an account (disabled without one, creation off). */
  readonly left: readonly MappedAccount[];
  /** Keys of which nobody knows which account is meant. */
  readonly contradictions: ReadonlyMap<string, string>;
  readonly recordedIds: ReadonlyMap<string, string>;
}

type Rest = Pick<Settlement, 'missing' | 'held' | 'gone' | 'unmanaged'>;

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
  return {
    ...managed,
    missing: [...managed.missing, ...treatedAsMissing],
    unmanaged: rest.filter((existing) => !isMissing(existing)),
  };
}

/** Whom nothing certain is known about: their accounts stay as they are. */
interface Doubts {
  readonly keys: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
}

function findDoubts(
  { mapped, holds = [], waiting = new Set() }: SettleInput,
  { doubtful, contradictions }: Pick<Sorted, 'doubtful' | 'contradictions'>,
): Doubts {
  const entries = mapped.excluded.filter(({ effect }) => effect === 'held');
  return {
    keys: new Set([
      ...doubtful.map(({ account }) => account.key),
      ...entries.flatMap(({ key }) => key ?? []),
      ...holds.map(({ key }) => key),
      ...contradictions.keys(),
      ...waiting,
    ]),
    addresses: new Set([
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

function sortBaseline(
  { index, baseline }: SettleInput,
  { taken, left, doubts, spoken, recordedIds }: Sorting,
): Omit<Rest, 'unmanaged'> {
  const leftKeys = new Set(left.map(({ account }) => account.key));
  const others = baseline.filter(({ key }) => !taken.addresses.has(key) && !leftKeys.has(key));
  const addresses = new Set(others.length === 0 ? [] : taken.addresses.values());
  const missing: MissingAccount[] = [];
  const held: DesiredAccount[] = [];
  const gone: DesiredAccount[] = [];
  for (const account of others) {
    const existing = existingOf(account, index, { spoken, recordedId: recordedIds.get(account.key) });
    if (existing) spoken.add(existing.zivverId);
    const isNameFree = !addresses.has(account.address) && index.byAddress(account.address) === undefined;
    if (doubts.keys.has(account.key) && existing) held.push({ ...account, address: existing.address });
    else if (doubts.keys.has(account.key) && isNameFree) held.push(account);
    else if (existing === undefined && index.namesakes(account.address).length > 0) held.push(account);
    else if (existing) missing.push({ key: account.key, baseline: account, existing });
    else gone.push(account);
  }
  return { missing, held, gone };
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
