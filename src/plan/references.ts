import type { ExistingIndex } from '../account/existing-index.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion } from '../schema/generated/plan.ts';
import type { SettledAccount } from './settle.ts';

/**
 * Delegates and members must have an account after the plan: Zivver drops unknown delegates without a word
 * (zivver-api.md §3) and refuses unknown members.
 */
export function keepKnownPeople(
  accounts: readonly SettledAccount[],
  index: ExistingIndex,
): { settled: SettledAccount[]; exclusions: Exclusion[] } {
  const known = knownAddresses(accounts, index);
  const exclusions: Exclusion[] = [];
  const settled = accounts.map((account) => {
    const list = listOf(account.desired);
    if (list === undefined || list.every((address) => known.has(address))) return account;
    for (const address of list.filter((one) => !known.has(one))) exclusions.push(leaveOut(account, address));
    return {
      ...account,
      desired: withList(
        account.desired,
        list.filter((address) => known.has(address)),
      ),
    };
  });
  return { settled, exclusions };
}

/** Addresses after the plan: of the settled accounts, and of those in Zivver that nothing here renames. */
function knownAddresses(accounts: readonly SettledAccount[], index: ExistingIndex): Set<string> {
  const known = new Set(accounts.map(({ desired }) => desired.address));
  const spoken = new Set(accounts.flatMap(({ existing }) => existing?.zivverId ?? []));
  for (const existing of index.all) if (!spoken.has(existing.zivverId)) known.add(existing.address);
  return known;
}

function listOf(account: DesiredAccount): readonly string[] | undefined {
  return account.kind === 'user' ? account.delegates : account.members;
}

function withList(account: DesiredAccount, list: string[]): DesiredAccount {
  return account.kind === 'user' ? { ...account, delegates: list } : { ...account, members: list };
}

function leaveOut(account: SettledAccount, address: string): Exclusion {
  const isUser = account.desired.kind === 'user';
  return {
    source: account.source,
    subject: account.dn,
    address: account.desired.address,
    reason: isUser ? 'delegate-left-out' : 'member-left-out',
    detail: `${isUser ? 'delegate' : 'member'} ${address} is left out: it has no Zivver account`,
  };
}
