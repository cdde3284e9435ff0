import type { Change } from '../../model/change/change.ts';
import type { PlanFile } from '../../model/schema/generated/plan.ts';
import type { DesiredAccount } from '../../model/schema/generated/account.ts';

/** An account as Zivver had it at a moment, as far as plans and ledger know. */
export interface AccountAt {
  readonly kind: DesiredAccount['kind'];
  readonly key: string;
  readonly address: string;
  readonly fullName: string;
  /** Always true for a functional account: Zivver cannot suspend one. */
  readonly active: boolean;
  readonly aliases: readonly string[];
  /** Addresses of who can read its mail beside itself: delegates of a user, members of a functional account. */
  readonly readers: readonly string[];
}

/**
 * The accounts after a plan of which only the changes in `done` were carried out: the desired files that the plan came with,
 * and for every other change what was there before it. Pure; sorted by address.
 */
export function accountsAfter(
  desired: readonly DesiredAccount[],
  { body }: PlanFile,
  done: ReadonlySet<string>,
): AccountAt[] {
  const accounts = new Map(desired.map((account) => [account.key, accountOf(account)]));
  for (const change of body.changes) if (!done.has(change.id)) takeBack(change, accounts);
  return [...accounts.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
}

function accountOf(account: DesiredAccount): AccountAt {
  const { kind, key, address, fullName, aliases = [] } = account;
  const readers = account.kind === 'user' ? account.delegates : account.members;
  const active = account.kind === 'user' ? account.active : true;
  return { kind, key, address, fullName, active, aliases, readers: readers ?? [] };
}

function takeBack({ action, kind, key, address, fullName, before }: Change, accounts: Map<string, AccountAt>): void {
  if (key === null) return;
  if (action === 'create') {
    accounts.delete(key);
    return;
  }
  const blank = { kind, key, address, fullName, active: true, aliases: [], readers: [] };
  const { active, aliases, delegates, members, ...others } = before;
  const after: AccountAt = accounts.get(key) ?? blank;
  accounts.set(key, {
    ...after,
    address: others.address ?? after.address,
    fullName: others.fullName ?? after.fullName,
    active: active ?? after.active,
    aliases: aliases ?? after.aliases,
    readers: delegates ?? members ?? after.readers,
  });
}

/** True if the account was known by this address or alias. */
export function isNamed({ address, aliases }: AccountAt, wanted: string): boolean {
  return address === wanted || aliases.includes(wanted);
}

/** The accounts whose mail somebody could read besides their own, by any of the reader's addresses. */
export function readableBy(reader: AccountAt, accounts: readonly AccountAt[]): AccountAt[] {
  const names = new Set([reader.address, ...reader.aliases]);
  return accounts.filter(({ key, readers }) => key !== reader.key && readers.some((address) => names.has(address)));
}
