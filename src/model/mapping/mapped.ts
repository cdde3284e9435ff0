import type { DesiredFunctional, DesiredUser } from '../schema/generated/account.ts';
import type { GivenProperty, JoinKey } from '../configuration/join-rules.ts';
import type { Evidence, Exclusion, Fact, Reason } from '../schema/generated/plan.ts';
import type { Observations } from './observations.ts';

/** What mapping makes of the sources: accounts as they should be, before anybody looked at Zivver. */
export interface MappedAccounts {
  readonly accounts: readonly MappedAccount[];
  /** Entries of which no account becomes; `key` is null where it cannot be known. */
  readonly excluded: readonly ExcludedEntry[];
  /** Attribute values that were left out of an account, and entries that never matter for an account. */
  readonly exclusions: readonly Exclusion[];
  /** Warnings of the sources, and advice about what was met. */
  readonly notes: readonly Fact[];
  /** Attributes of lists that nobody of a source has. */
  readonly emptyAttributes: readonly EmptyAttribute[];
}

export interface EmptyAttribute {
  readonly source: string;
  /** What it would give. */
  readonly property: 'aliases' | 'mobile';
  readonly attribute: string;
}

/** What one source contributes. */
export interface MappedSource {
  readonly users: readonly MappedUser[];
  readonly functional: readonly MappedFunctional[];
  readonly notes: readonly Fact[];
  /** What was left out of them, which entries became none, and what was met, in the order of the read. */
  readonly exclusions: readonly Exclusion[];
  readonly excluded: readonly ExcludedEntry[];
  readonly observations: Observations;
}

export type MappedAccount = MappedUser | MappedFunctional;

interface MappedCommon {
  readonly source: string;
  readonly dn: string;
  /** A row of a table, or a file written by hand; left out: an entry of a directory. */
  readonly origin?: 'row' | 'hand';
  /** `number`: its key is one that people give out, and may give to somebody else; left out: a GUID, or written by hand. */
  readonly keyKind?: 'number';
  /** Name in the source, if `mapping.changes` made another one of it; for `preview`. */
  readonly nameBefore?: string;
  /** What a table that joins would give and cannot: it stays as it is. */
  readonly kept?: readonly GivenProperty[];
  /** Names for tables that join by them; '' = none. */
  readonly logins?: Readonly<Partial<Record<JoinKey, string>>>;
  /** How many entries it stands for, where several sources read it; left out: one. */
  readonly entries?: number;
  /** Who the delegates or members are. */
  readonly people: readonly MappedReference[];
}

export interface MappedReference {
  /** As in the list of the account. */
  readonly address: string;
  /** Null if the entry has none, or if a file gives only the address. */
  readonly key: string | null;
  /** A file gives only the address: any account with it, also as an alias, is meant. */
  readonly isByAddress?: true;
}

export interface MappedUser extends MappedCommon {
  readonly kind: 'user';
  readonly account: DesiredUser;
  /** Secret; sealed before it is written anywhere. Null: written by hand, where no secret may stand. */
  readonly ssoKey: string | null;
  /** The value of accountKey, if single sign-on sends another one: sealed beside it, so that apply can tell whose it is. */
  readonly accountKey?: string;
  /** Key that its account may still have, while accountKey changes for everybody. */
  readonly formerKey?: string;
  readonly inactivity: {
    readonly reason: 'disabled' | 'expired';
    readonly attribute: string;
    readonly value: string;
  } | null;
}

export interface MappedFunctional extends MappedCommon {
  readonly kind: 'functional';
  readonly account: DesiredFunctional;
  /** What says that it is a shared mailbox; null: it is a group, or comes from a file. */
  readonly sharedBy: { readonly attribute: string; readonly value: string } | null;
  /** People of whom nobody knows whether they are members: whoever is one stays one. */
  readonly disputed?: readonly MappedReference[];
  /** Why not everything is known about its members. */
  readonly membersOpen?: Fact;
}

/**
 * `leaves`: the source says this entry shall have no account (filtered, no address, a room).
 * `held`: nothing can be said about it, so its account, if any, stays as it is.
 */
export interface ExcludedEntry {
  readonly key: string | null;
  readonly effect: 'leaves' | 'held';
  readonly reason: Extract<Reason, 'filtered' | 'address-removed' | 'disabled' | 'expired'> | null;
  readonly evidence: Evidence;
  readonly exclusion: Exclusion;
  /** It says that its account must not be used, whosever that is. */
  readonly isInactive?: true;
}
