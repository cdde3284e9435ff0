import type { Entry } from '../directory/entry.ts';

/** Port of every source: a complete set of directory entries or an error, never a part. */

/** Attributes that are read whatever the mapping names. */
export const BASE_ATTRIBUTES: readonly string[] = [
  'objectClass',
  'objectGUID',
  'sAMAccountName',
  'userAccountControl',
  'accountExpires',
  'proxyAddresses',
  'mail',
];

/** Beside them, of groups. */
export const GROUP_ATTRIBUTES: readonly string[] = ['cn', 'name', 'displayName', 'memberOf', 'groupType'];

export interface SourceSnapshot {
  readonly name: string;
  readonly kind: 'ldap' | 'ldif';
  /** Host that answered, or the files' names. */
  readonly server: string;
  readonly baseDn: string;
  /** Entries the query selected under the base DN: people, and whatever else it matched. */
  readonly selected: readonly Entry[];
  /** All groups of the domain (LDAP) or of the files (LDIF), with `memberof`. */
  readonly groups: readonly Entry[];
  /** Number of result pages read (LDAP) or of files (LDIF). */
  readonly pages: number;
  /** Things the review should mention, e.g. a referral to another domain of the forest. */
  readonly warnings: readonly string[];
}

export interface Source {
  readonly name: string;
  /**
   * Reads everything. `attributes` are those the mapping needs, in any case.
   * Throws `SOURCE_*` (see errors.ts): exit 10 unreachable, 11 incomplete, 3 bad query.
   */
  read(attributes: readonly string[]): Promise<SourceSnapshot>;
  /**
   * Entries for these DNs wherever they are in the domain; DNs that do not exist are absent from the answer.
   * Used for delegates outside the base DN.
   */
  lookUpDns(dns: readonly string[], attributes: readonly string[]): Promise<readonly Entry[]>;
  /**
   * Every person of the whole domain (no base, no query), and deleted ones where the account may see them.
   * Used only if accounts are missing, to learn why. `deleted` entries come from the tombstones.
   */
  readDomain(
    attributes: readonly string[],
  ): Promise<{ readonly people: readonly Entry[]; readonly deleted: readonly Entry[] }>;
  /**
   * Shows the first `limit` selected entries (Infinity: all) one by one, with every attribute they have and the account
   * may read. For exploring only: of attributes with very many values the first ones. Throws like `read`.
   */
  visitSelected(limit: number, visit: (entry: Entry) => void): Promise<{ readonly server: string }>;
  close(): Promise<void>;
}
