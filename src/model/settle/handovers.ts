import { fact } from '../facts/fact.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion, Fact } from '../schema/generated/plan.ts';
import { isEnabled } from './open-draft.ts';

export interface Handovers {
  /** Key of the entry that gets an account → key that the account has. */
  readonly sources: ReadonlyMap<string, string>;
  /** Keys of entries that keep their own account, while accountKey changes for everybody. */
  readonly rekeyed: ReadonlySet<string>;
  /** Entries that handed their account over, and are told instead of settled. */
  readonly former: ReadonlySet<MappedAccount>;
  readonly exclusions: readonly Exclusion[];
  /** Decided, and not carried out. */
  readonly notes: readonly Fact[];
}

/** Decisions of people that an account passes to another key. One whose former holder is still in use is not carried out. */
export function findHandovers(
  { handovers }: Pick<Configuration, 'handovers'>,
  accounts: readonly MappedAccount[],
  baseline: readonly DesiredAccount[],
): Handovers {
  const result = {
    sources: new Map<string, string>(),
    former: new Set<MappedAccount>(),
    exclusions: [] as Exclusion[],
    notes: [] as Fact[],
    rekeyed: new Set<string>(),
  };
  const isChanging = accounts.some((mapped) => mapped.kind === 'user' && mapped.formerKey !== undefined);
  if (handovers.length === 0 && !isChanging) return result;
  const managed = new Set(baseline.map(({ key }) => key));
  if (isChanging) findRekeyed(accounts, managed, result);
  for (const { from, to } of handovers) {
    if (!managed.has(from)) continue;
    const holders = accounts.filter(({ account }) => account.key === from);
    const heir = accounts.find(({ account }) => account.key === to);
    const inUse = holders.find(isEnabled);
    if (heir === undefined) result.notes.push(fact('handover-waits', { from, to }));
    else if (inUse !== undefined) result.notes.push(fact('handover-in-use', { from, to, entry: inUse.dn }));
    else {
      result.sources.set(to, from);
      for (const former of holders) {
        result.former.add(former);
        result.exclusions.push(excludeFormer(former, heir));
      }
    }
  }
  return result;
}

/** An entry that has both keys is the same person; a key that another entry has is that one's. */
function findRekeyed(
  accounts: readonly MappedAccount[],
  managed: ReadonlySet<string>,
  result: { readonly sources: Map<string, string>; readonly rekeyed: Set<string>; readonly notes: Fact[] },
): void {
  const counts = new Map<string, number>();
  const count = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const mapped of accounts) {
    count(mapped.account.key);
    if (mapped.kind === 'user' && mapped.formerKey !== undefined && mapped.formerKey !== mapped.account.key)
      count(mapped.formerKey);
  }
  for (const mapped of accounts) {
    const { key } = mapped.account;
    const former = mapped.kind === 'user' ? mapped.formerKey : undefined;
    const isOnly = former !== undefined && former !== key && counts.get(former) === 1 && counts.get(key) === 1;
    if (!isOnly || !managed.has(former) || managed.has(key)) continue;
    result.sources.set(key, former);
    result.rekeyed.add(key);
  }
  const changed = result.rekeyed.size;
  result.notes.push(changed === 0 ? fact('former-key-idle') : fact('keys-changed', { count: changed }));
}

function excludeFormer({ source, dn, account }: MappedAccount, heir: MappedAccount): Exclusion {
  const detail = fact('passes-to', { entry: heir.dn });
  return { source, subject: dn, address: account.address, reason: 'handed-over', detail };
}
