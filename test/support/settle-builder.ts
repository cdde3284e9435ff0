import type { ExistingAccount } from '../../src/model/account/account.ts';
import type { MappedAccount, MappedAccounts } from '../../src/model/mapping/mapped.ts';
import type { DesiredAccount } from '../../src/model/schema/generated/account.ts';
import { settleAccounts } from '../../src/model/settle/settle.ts';
import type { Settlement } from '../../src/model/settle/settlement.ts';
import { configure, indexOf } from './account-builder.ts';

/** What is settled for unit tests: accounts of the source, of Zivver and of the branch. */

export interface Given {
  readonly mapped?: MappedAccount[];
  readonly existing?: ExistingAccount[];
  /** Default: whoever carries a key of the source is managed. */
  readonly baseline?: DesiredAccount[];
  readonly excluded?: MappedAccounts['excluded'];
  readonly options?: string;
}

export function settle({ mapped = [], existing = [], excluded = [], options = '', ...given }: Given): Settlement {
  const baseline = given.baseline ?? existing.flatMap((account) => managedBy(account, mapped));
  return settleAccounts({
    configuration: configure(options),
    mapped: { accounts: mapped, excluded, exclusions: [], notes: [], emptyAttributes: [] },
    index: indexOf(...existing),
    baseline,
    bootstrap: false,
  });
}

function managedBy({ externalAccountId, address }: ExistingAccount, mapped: MappedAccount[]): DesiredAccount[] {
  return mapped.flatMap(({ account }) => (account.key === externalAccountId ? [{ ...account, address }] : []));
}

/** Of everything that is left out or open. */
export function reasonsOf({ exclusions, open }: Settlement): string[] {
  return [...exclusions, ...open].map(({ reason }) => reason).sort();
}

export function howOf({ settled }: Settlement): string[] {
  return settled.map(({ how, existing }) => `${how} ${existing?.address ?? '-'}`);
}

/** An account in Zivver that no tool has marked as its own. */
export const noIds = { externalAccountId: null };
