import type { Kind } from '../model/account/account.ts';
import type { AccountRecord } from './account-record.ts';
import { readStoredAnswer } from './import-accounts.ts';
import { Organisation } from './organisation.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import { openJournal, readState, type OpenJournal, type SandboxState } from './state-file.ts';

/**
 * The organisation as the state file left it, or as the stored answers have it.
 * @throws ReconcileError SANDBOX_OPTIONS if a file cannot be used.
 */
export function openOrganisation(options: SandboxOptions): { organisation: Organisation; journal?: OpenJournal } {
  const state = withOptions(readStateOrNothing(options.stateFile), options);
  const accounts = [...state.accounts.values()];
  const organisation = new Organisation(
    {
      domains: options.domains.length > 0 ? options.domains : domainsOf(accounts),
      divisions: [...(options.divisions ?? []), ...divisionsOf(accounts)],
      guests: state.guests,
      freeAccounts: state.freeAccounts,
    },
    accounts,
  );
  if (options.stateFile === undefined) return { organisation };
  const journal = openJournal(options.stateFile, {
    ...state,
    guests: [...organisation.guests],
    freeAccounts: [...organisation.freeAccounts],
  });
  organisation.recordTo(journal);
  return { organisation, journal };
}

function readStateOrNothing(path: string | undefined): SandboxState {
  if (path !== undefined) return readState(path);
  return { imported: false, guests: [], freeAccounts: [], accounts: new Map() };
}

function withOptions(state: SandboxState, options: SandboxOptions): SandboxState {
  const accounts = new Map(state.accounts);
  if (!state.imported) {
    for (const record of readImports(options)) accounts.set(record.id.toLowerCase(), record);
  }
  return {
    imported: state.imported || options.importUsers !== undefined || options.importGroups !== undefined,
    guests: [...new Set([...state.guests, ...(options.guests ?? [])])],
    freeAccounts: [...new Set([...state.freeAccounts, ...(options.freeAccounts ?? [])])],
    accounts,
  };
}

function readImports(options: SandboxOptions): AccountRecord[] {
  const read = (kind: Kind, path: string | undefined): AccountRecord[] =>
    path === undefined ? [] : readStoredAnswer(kind, path);
  return [...read('user', options.importUsers), ...read('functional', options.importGroups)];
}

function domainsOf(accounts: readonly AccountRecord[]): string[] {
  const addresses = accounts.flatMap((record) => [record.address, ...record.aliases]);
  const domains = new Set(addresses.map((address) => address.slice(address.lastIndexOf('@') + 1)));
  return domains.size === 0 ? ['example.org'] : [...domains];
}

function divisionsOf(accounts: readonly AccountRecord[]): string[] {
  return [...new Set(accounts.flatMap(({ division }) => division ?? []))];
}
