import type { Fact } from '../schema/generated/plan.ts';
import type { Entry } from './entry.ts';
import type { SourceKind } from '../configuration/source-kind.ts';

/** Port of every source: a complete set of entries or an error, never a part. */

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

/** When a person last logged in: a FILETIME that Active Directory writes at most every 14 days, and replicates. */
export const LAST_LOGIN = 'lastLogonTimestamp';

/** DN of who answers for a group or a mailbox. */
export const MANAGED_BY = 'managedBy';

/** Read where they are, lower case; that nobody has them is not worth a word. */
export const OPTIONAL_ATTRIBUTES: ReadonlySet<string> = new Set([
  'cn',
  'primarygroupid',
  'objectsid',
  'msexchrecipienttypedetails',
  'msexchmasteraccountsid',
  LAST_LOGIN.toLowerCase(),
  MANAGED_BY.toLowerCase(),
]);

/** What an entry that is looked for has: one value of one attribute, compared without case. */
export interface AttributeValue {
  readonly attribute: string;
  readonly value: string;
}

export interface SourceSnapshot {
  readonly name: string;
  readonly kind: SourceKind;
  /** Host that answered, or the files' names. */
  readonly server: string;
  readonly baseDn: string;
  /** Entries the query selected under the base DN: people, and whatever else it matched. */
  readonly selected: readonly Entry[];
  /** All groups of the domain (LDAP) or of the files (LDIF), with `memberof`. */
  readonly groups: readonly Entry[];
  /** DNs of other domains below the base, to which the directory only referred; left out: none. */
  readonly unreadDomains?: readonly string[];
  /** Why nothing was read of a table that only adds properties. */
  readonly absent?: Fact;
  /** Number of result pages read (LDAP) or of files (all others). */
  readonly pages: number;
  /** Things the review should mention, e.g. a referral to another domain of the forest. */
  readonly warnings: readonly Fact[];
}

/**
 * Gets what a read finds before it is complete: first all groups, then every entry that is to be among `selected`, each
 * once.
 */
export interface EntryTaker {
  takeGroups(groups: readonly Entry[]): void;
  take(entry: Entry): void;
}

/** Gives the taker, if there is one, all at once. */
export function giveWhole(snapshot: SourceSnapshot, taker: EntryTaker | undefined): SourceSnapshot {
  taker?.takeGroups(snapshot.groups);
  if (taker !== undefined) for (const entry of snapshot.selected) taker.take(entry);
  return snapshot;
}

export interface Source {
  readonly name: string;
  /**
   * Reads everything. `attributes` are those the mapping needs, in any case.
   * `taker` gets everything, as it comes where waiting for the rest leaves time; the read may fail yet.
   * Throws `SOURCE_*` (see errors.ts): exit 10 unreachable, 11 incomplete, 3 bad query.
   */
  read(attributes: readonly string[], taker?: EntryTaker): Promise<SourceSnapshot>;
  /**
   * Entries for these DNs wherever they are in the domain; DNs that do not exist are absent from the answer.
   * Used for delegates outside the base DN.
   */
  lookUpDns(dns: readonly string[], attributes: readonly string[]): Promise<readonly Entry[]>;
  /**
   * People and groups of the whole domain that have at least one of these values. Values that nobody has are absent from the
   * answer, and one value may bring several entries. Used for delegates that are named otherwise than by DN.
   */
  lookUpValues(values: readonly AttributeValue[], attributes: readonly string[]): Promise<readonly Entry[]>;
  /**
   * Every person of the whole domain (no base, no query), and deleted ones where the account may see them.
   * Used only if accounts are missing, to learn why. `deleted` entries come from the tombstones.
   */
  readDomain(attributes: readonly string[]): Promise<DomainAnswer>;
  /**
   * Asks another domain controller about people whom the first one does not select. Absent where there is only one place
   * to ask. Throws `SOURCE_BASE_MISSING` if the other one belongs to another domain; whatever else keeps it from
   * answering completely is an answer of its own. Null: DNS names only one.
   */
  askSecond?(question: SecondQuestion): Promise<SecondAnswer | null>;
  /**
   * Why the query does not select these entries of the domain, by their DNs. Absent where there is no query.
   */
  explainSelection?(dns: readonly string[]): Promise<readonly SelectionAnswer[]>;
  /**
   * Shows the first `limit` selected entries (Infinity: all) one by one, with every attribute they have and the account
   * may read. For exploring only: of attributes with very many values the first ones. Throws like `read`.
   */
  visitSelected(limit: number, visit: (entry: Entry) => void): Promise<{ readonly server: string }>;
  close(): Promise<void>;
}

/** What the directory says of one entry that the query does not select. */
export interface SelectionAnswer {
  readonly dn: string;
  /** The parts of the query that do not hold; none: the query selects it now. */
  readonly failing: readonly {
    /** As it is written, with its parentheses. */
    readonly text: string;
    /** Of which the part asks that an entry is in one of them; [] if it asks anything else. */
    readonly groups: readonly string[];
    /** Those of them that have the entry by their own `member`: its `memberOf` was not read, or is not to be believed. */
    readonly namedBy: readonly string[];
  }[];
}

export interface DomainAnswer {
  readonly people: readonly Entry[];
  readonly deleted: readonly Entry[];
  readonly warnings?: readonly Fact[];
}

export interface SecondQuestion {
  /** Whom the question is about. */
  readonly isMissing: (entry: Entry) => boolean;
  /** Names an entry uniquely; `isMissing` depends on it. */
  readonly keyAttribute: string;
  /** What `isMissing` and an explanation need. */
  readonly attributes: readonly string[];
  /** As for `read`. */
  readonly selectionAttributes: readonly string[];
}

export type SecondAnswer =
  | (Required<DomainAnswer> & {
      readonly server: string;
      /** Those of `people` that base and query select there, with `selectionAttributes`. */
      readonly selected: readonly Entry[];
    })
  /** Nobody could be asked. */
  | { readonly server: null; readonly why: string };
