import { fact } from '../facts/fact.ts';
import type { MappedAccount, MappedAccounts } from '../mapping/mapped.ts';
import type { Exclusion, ExclusionReason } from '../schema/generated/plan.ts';
import { describeDispute, dnsOf, findDisputes, rivalsOf } from './disputes.ts';

/** Everybody of the sources in one place each, as every command counts them. */
export interface SortedOut {
  readonly accounts: readonly MappedAccount[];
  /** Entries of which no account becomes, whoever shares a key or an address among them. */
  readonly excluded: readonly Exclusion[];
  /** Values that are left out of accounts that do become: aliases, numbers, delegates. */
  readonly leftOut: readonly Exclusion[];
  readonly counts: EntryCounts;
}

export interface EntryCounts {
  readonly users: number;
  /** Of the users. */
  readonly active: number;
  readonly functional: number;
  readonly excluded: number;
}

const OF_AN_ACCOUNT: ReadonlySet<ExclusionReason> = new Set([
  'alias-unclaimed',
  'alias-invalid',
  'mobile-unusable',
  'delegate-left-out',
  'delegate-ambiguous',
  'member-left-out',
]);

/** True of a value that is left out of an account, not of a whole entry. */
export function isOfAccount({ reason }: Pick<Exclusion, 'reason'>): boolean {
  return OF_AN_ACCOUNT.has(reason);
}

/** From the sources alone, before anybody looked at Zivver. */
export function sortOut(mapped: Pick<MappedAccounts, 'accounts' | 'excluded' | 'exclusions'>): SortedOut {
  const disputed = findDisputed(mapped.accounts);
  const told = new Set(disputed.map(({ subject }) => subject));
  const accounts = mapped.accounts.filter(({ dn }) => !told.has(dn));
  const others = mapped.exclusions.filter((one) => !isOfAccount(one));
  const excluded = [...mapped.excluded.map(({ exclusion }) => exclusion), ...disputed, ...others];
  const users = accounts.flatMap(({ account }) => (account.kind === 'user' ? account : []));
  return {
    accounts,
    excluded,
    leftOut: mapped.exclusions.filter(isOfAccount),
    counts: {
      users: users.length,
      active: users.filter(({ active }) => active).length,
      functional: accounts.length - users.length,
      excluded: excluded.length,
    },
  };
}

/** Who shares a key, an address or an alias with another: what becomes of them depends on what Zivver has. */
function findDisputed(accounts: readonly MappedAccount[]): Exclusion[] {
  const disputes = findDisputes(accounts);
  return accounts.flatMap((mapped): Exclusion[] => {
    const { source, dn: subject, account } = mapped;
    const { address, aliases = [] } = account;
    const doubles = (disputes.keys.get(account.key) ?? []).filter((other) => other !== mapped);
    const claim = [address, ...aliases].find((one) => rivalsOf(mapped, one, disputes).length > 0);
    const shared = doubles.length > 0 ? fact('key-also-claimed', { entries: dnsOf(doubles) }) : null;
    const disputed = claim === undefined ? null : describeDispute(claim, rivalsOf(mapped, claim, disputes));
    const detail = shared ?? disputed;
    return detail === null ? [] : [{ source, subject, address, reason: 'ambiguous', detail }];
  });
}
