import type { Fact } from '../schema/generated/plan.ts';
import { fact } from '../facts/fact.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { isInactive } from './claimant.ts';
import { describeDispute, rivalsOf, type Disputes } from './disputes.ts';
import { pinAddresses } from './inactive.ts';
import { isEnabled, openEntry } from './open-draft.ts';
import type { OpenDraft } from './open-list.ts';
import type { SettledAccount } from './settlement.ts';

export interface SettledDisputes {
  readonly settled: readonly SettledAccount[];
  /** Stay as they are in everything. */
  readonly refused: readonly MappedAccount[];
  readonly open: readonly OpenDraft[];
}

/**
 * Who claims what: a disputed address or alias stays where it is, everything else about its account goes on. Identity
 * decides leaving: a dispute about its address keeps an account in use only if one who may use it claims it.
 */
export function settleDisputes(accounts: readonly SettledAccount[], disputes: Disputes): SettledDisputes {
  if (disputes.addresses.size === 0) return { settled: accounts, refused: [], open: [] };
  const result: Result = { settled: [], refused: [], open: [] };
  for (const account of accounts) {
    // Disabled, and without an account: nothing is wanted for it.
    if (account.existing === null && !isEnabled(account.mapped)) result.settled.push(account);
    else if (isInactive(account)) settleLeaver(account, disputes, result);
    else settleUser(account, disputes, result);
  }
  return result;
}

interface Result {
  readonly settled: SettledAccount[];
  readonly refused: MappedAccount[];
  readonly open: OpenDraft[];
}

function settleLeaver(account: SettledAccount, disputes: Disputes, result: Result): void {
  const { mapped, desired, how } = account;
  const rivals = rivalsOf(mapped, desired.address, disputes);
  const enabled = rivals.filter(isEnabled);
  if (enabled[0] === undefined && !(how === 'address' && rivals.length > 0)) {
    result.settled.push(rivals.length > 0 ? pinAddresses(account) : account);
    return;
  }
  const claimants = enabled.length > 0 ? enabled : rivals;
  const state = mapped.kind === 'user' ? (mapped.inactivity?.reason ?? 'unused') : 'unused';
  const claim = describeDispute(desired.address, claimants);
  const detail = fact('inactive-but-claimed', { entry: mapped.dn, state, claim });
  refuse(account, { detail, reason: enabled.length > 0 ? 'claimed' : 'ambiguous', claimant: claimants[0] }, result);
}

function settleUser(account: SettledAccount, disputes: Disputes, result: Result): void {
  const { desired, mapped, existing, how } = account;
  const rivals = rivalsOf(mapped, desired.address, disputes);
  const isKnown = existing !== null && how !== 'address';
  const isSuspended = existing?.kind === 'user' && !existing.active;
  if (rivals.length > 0 && (!isKnown || isSuspended)) {
    const detail = describeDispute(desired.address, rivals);
    refuse(account, { reason: 'ambiguous', detail, claimant: rivals[0] }, result);
    return;
  }
  if (rivals.length > 0) noteValue(account, desired.address, { rivals, result });
  const aliases = (desired.aliases ?? []).filter((alias) => {
    const others = rivalsOf(mapped, alias, disputes);
    if (others.length > 0) noteValue(account, alias, { rivals: others, result });
    return others.length === 0 || existing?.aliases.includes(alias) === true;
  });
  const address = rivals.length > 0 && existing !== null ? existing.address : desired.address;
  result.settled.push(withAddresses(account, address, keepDisputed(aliases, existing, disputes)));
}

/** A disputed alias that the account has in Zivver stays, also where the source gives it only to others. */
function keepDisputed(aliases: readonly string[], existing: ExistingAccount | null, { addresses }: Disputes): string[] {
  const kept = (existing?.aliases ?? []).filter((alias) => addresses.has(alias));
  return [...new Set([...aliases, ...kept])].sort();
}

function withAddresses(account: SettledAccount, address: string, aliases: readonly string[]): SettledAccount {
  const desired: DesiredAccount = { ...account.desired, address };
  if (desired.aliases !== undefined) desired.aliases = aliases.filter((alias) => alias !== address);
  const isSame = address === account.desired.address && desired.aliases?.join() === account.desired.aliases?.join();
  return isSame ? account : { ...account, desired };
}

function noteValue(
  account: SettledAccount,
  value: string,
  { rivals, result }: { readonly rivals: readonly MappedAccount[]; readonly result: Result },
): void {
  const finding = { reason: 'ambiguous', value, detail: describeDispute(value, rivals) } as const;
  result.open.push(openEntry(account.mapped, account.existing, finding));
}

function refuse(
  { mapped, existing }: SettledAccount,
  finding: { reason: 'claimed' | 'ambiguous'; detail: Fact; claimant: MappedAccount | undefined },
  { refused, open }: Result,
): void {
  const { reason, detail, claimant } = finding;
  refused.push(mapped);
  open.push(openEntry(mapped, existing, { reason, detail, ...(claimant === undefined ? {} : { claimant }) }));
}
