import { fact } from '../facts/fact.ts';
import type { ExistingAccount } from '../account/account.ts';
import type { ExistingIndex } from '../account/existing-index.ts';
import { openAccount } from './open-draft.ts';
import type { OpenDraft } from './open-list.ts';

/**
 * Accounts of Zivver that share what only one can have: a primary address, or the key that this tool gave it. Each is told in
 * every plan, also where nothing depends on it: one of them may be the door that stays open when its owner leaves.
 */
export function findTargetDoubles(index: ExistingIndex): OpenDraft[] {
  const addresses = new Set<string>();
  const keys = new Set<string>();
  for (const { address, externalAccountId } of index.all) {
    if (index.namesakes(address).length > 0) addresses.add(address);
    if (externalAccountId !== null && index.byExternalId(externalAccountId).length > 1) keys.add(externalAccountId);
  }
  return [
    ...[...addresses].sort().map((address) => tell(index.namesakes(address), 'address')),
    ...[...keys].sort().map((key) => tell(index.byExternalId(key), 'ExternalAccountId')),
  ];
}

function tell(accounts: readonly ExistingAccount[], same: 'address' | 'ExternalAccountId'): OpenDraft {
  const sorted = accounts.toSorted((one, other) => (one.zivverId < other.zivverId ? -1 : 1));
  const told = sorted.map((account) =>
    fact('double', { address: account.address, state: stateOf(account), id: account.zivverId }),
  );
  const detail = fact('doubles', { same, accounts: told });
  const [first] = sorted as [ExistingAccount];
  const { kind, address, fullName } = first;
  const account = { key: null, kind, address, fullName };
  // Which of them may be used is not known, and it is no news of the source.
  return openAccount({ account, existing: null }, { reason: 'ambiguous', detail, evidence: null });
}

function stateOf(account: ExistingAccount): 'functional' | 'active' | 'suspended' {
  if (account.kind === 'functional') return 'functional';
  return account.active ? 'active' : 'suspended';
}
