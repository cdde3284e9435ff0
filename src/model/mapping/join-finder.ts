import type { JoinRules } from '../configuration/join-rules.ts';
import { foldCase } from '../directory/distinguished-name.ts';
import { type Entry, valueOf } from '../directory/entry.ts';
import { parseMailAddress } from '../directory/mail-address.ts';
import { mapKey } from './map-key.ts';
import type { MappedAccount } from './mapped.ts';

export interface JoinFinder {
  /** Whom a row may belong to; several are nobody. */
  find(row: Entry): readonly MappedAccount[];
  /** Who has the name of a row as an address, though it is looked for by another name: whoever was renamed since the export. */
  findRenamed(row: Entry): readonly MappedAccount[];
  /** Address of a person who is named in a cell, as the rows name people, or by address; null: the text names nobody. */
  addressOf(value: string): string | null;
}

/** Finds people of the joined source by what the rows know of them. */
export function buildFinder(accounts: readonly MappedAccount[], join: JoinRules): JoinFinder {
  const index = indexBy(accounts, join);
  const byAddress = isLogin(join) ? indexBy(accounts, { ...join, by: 'address' }) : index;
  return {
    findRenamed: (row) => byAddress.get(addressIn(valueOf(row, join.match) ?? '') ?? '') ?? [],
    find: (row) => index.get(nameOfRow(row, join) ?? '') ?? [],
    addressOf(value) {
      const found = isLogin(join) ? (index.get(loginOf(value)) ?? []) : [];
      const [only] = found;
      return found.length === 1 && only !== undefined ? only.account.address : addressIn(value);
    },
  };
}

function indexBy(accounts: readonly MappedAccount[], join: JoinRules): ReadonlyMap<string, readonly MappedAccount[]> {
  const index = new Map<string, MappedAccount[]>();
  for (const account of accounts) {
    if (account.source !== join.source) continue;
    for (const name of new Set(namesOf(account, join))) index.set(name, [...(index.get(name) ?? []), account]);
  }
  return index;
}

function isLogin({ by }: JoinRules): boolean {
  return by === 'userPrincipalName' || by === 'sAMAccountName';
}

function namesOf({ account, logins }: MappedAccount, { by }: JoinRules): readonly string[] {
  switch (by) {
    case 'address':
      return [account.address, ...(account.aliases ?? [])];
    case 'accountKey':
      return [account.key];
    case 'userPrincipalName':
    case 'sAMAccountName':
      return logins?.[by] === undefined ? [] : [loginOf(logins[by])];
  }
}

function nameOfRow(row: Entry, { by, match }: JoinRules): string | null {
  const value = valueOf(row, match);
  if (value === undefined) return null;
  if (by === 'accountKey') return mapKey(row, { accountKey: match }, 'guid')?.key ?? null;
  return by === 'address' ? addressIn(value) : loginOf(value);
}

function addressIn(value: string): string | null {
  return parseMailAddress(value.replace(/^\s*smtp:/i, ''));
}

/** `COMPANY\jan` → `jan`. */
function loginOf(value: string): string {
  return foldCase(value.slice(value.lastIndexOf('\\') + 1).trim());
}
