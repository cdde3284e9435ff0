import { fact } from '../facts/fact.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { MappedAccount } from '../mapping/mapped.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Exclusion, Fact } from '../schema/generated/plan.ts';
import type { SettledAccount } from './settlement.ts';

export interface Optioned {
  readonly settled: readonly SettledAccount[];
  /** Not wanted by the options, and not in Zivver. */
  readonly left: readonly MappedAccount[];
  readonly exclusions: readonly Exclusion[];
}

/** The switches `users.create`, `users.update`, `users.reactivate`, `functional.create`, `functional.update`. */
export function applyOptions(accounts: readonly SettledAccount[], configuration: Configuration): Optioned {
  const settled: SettledAccount[] = [];
  const left: MappedAccount[] = [];
  const exclusions: Exclusion[] = [];
  const note = (account: SettledAccount, reason: Exclusion['reason'], detail: Fact): void =>
    void exclusions.push({
      source: account.source,
      subject: account.dn,
      address: account.desired.address,
      reason,
      detail,
    });
  for (const account of accounts) {
    const obstacle = account.existing === null ? findCreationObstacle(account, configuration) : null;
    if (obstacle !== null) {
      left.push(account.mapped);
      note(account, obstacle.reason, obstacle.detail);
      continue;
    }
    settled.push(restrict(account, { configuration, note }));
  }
  return { settled, left, exclusions };
}

function findCreationObstacle(
  { desired, mapped }: SettledAccount,
  configuration: Configuration,
): Pick<Exclusion, 'reason' | 'detail'> | null {
  const isInactive = desired.kind === 'user' && !desired.active;
  if (isInactive) {
    const state = (mapped.kind === 'user' ? mapped.inactivity?.reason : undefined) ?? 'inactive';
    return { reason: 'disabled-without-account', detail: fact('inactive-without-account', { state }) };
  }
  const mayCreate = desired.kind === 'user' ? configuration.users.create : configuration.functional.create;
  const option = desired.kind === 'user' ? 'users.create' : 'functional.create';
  return mayCreate ? null : { reason: 'creation-off', detail: fact('option-off', { option }) };
}

interface Restriction {
  readonly configuration: Configuration;
  readonly note: (account: SettledAccount, reason: Exclusion['reason'], detail: Fact) => void;
}

/** What may not be changed is desired as it is; delegates and members are then not managed at all. */
function restrict(account: SettledAccount, { configuration, note }: Restriction): SettledAccount {
  const { existing, desired } = account;
  if (existing === null) return account;
  const isUpdateOff = !(desired.kind === 'user' ? configuration.users.update : configuration.functional.update);
  let result: DesiredAccount = isUpdateOff ? asExisting(desired, existing) : desired;
  const option = `${desired.kind === 'user' ? 'users' : 'functional'}.update`;
  if (isUpdateOff) note(account, 'update-off', fact('option-off', { option }));
  const isReactivation = result.kind === 'user' && existing.kind === 'user' && result.active && !existing.active;
  if (isReactivation && !configuration.users.reactivate) {
    note(account, 'reactivation-off', fact('reactivation-off'));
    result = { ...result, active: false } as DesiredAccount;
  }
  return result === desired ? account : { ...account, desired: result };
}

function asExisting(desired: DesiredAccount, existing: ExistingAccount): DesiredAccount {
  const { kind, key } = desired;
  const { address, fullName } = existing;
  const common = { key, address, fullName, aliases: [...existing.aliases].sort() };
  return kind === 'user' ? { kind, ...common, active: desired.active } : { kind, ...common };
}
