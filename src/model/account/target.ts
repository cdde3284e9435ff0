import type { ExistingAccount, ExistingFunctional, ExistingUser, Kind } from './account.ts';

/** Ports to the target. The planner gets an `AccountReader` only; `AccountWriter` is for apply. */

export interface ExistingAccounts {
  readonly users: readonly ExistingUser[];
  readonly functional: readonly ExistingFunctional[];
}

/** Can only GET. Throws `TARGET_UNAVAILABLE` or `TARGET_REFUSES_KEY`; never returns a part of a list. */
export interface AccountReader {
  readAccounts(): Promise<ExistingAccounts>;
  /** Undefined if there is none. One request. */
  findByAddress(kind: Kind, address: string): Promise<ExistingAccount | undefined>;
  /** Undefined if the id is unknown. One request. */
  findById(kind: Kind, zivverId: string): Promise<ExistingAccount | undefined>;
}

/** Attributes to send; absent = leave as it is. */
export interface UserWrite {
  readonly address?: string;
  readonly fullName?: string;
  readonly active?: boolean;
  readonly aliases?: readonly string[];
  readonly delegates?: readonly string[];
  /** E.164; null clears it. */
  readonly mobile?: string | null;
  /** The number must not be repeated in a message, also if Zivver's answer does. */
  readonly isMobileSecret?: boolean;
  readonly division?: string;
  readonly externalAccountId?: string;
  /** Secret. Must come with every write that touches aliases, delegates or externalAccountId of an SSO user. */
  readonly ssoAccountKey?: string;
}

export interface FunctionalWrite {
  readonly address?: string;
  readonly fullName?: string;
  readonly aliases?: readonly string[];
  /** Zivver ids. `[]` empties the account (PATCH, since PUT would change nothing). */
  readonly memberIds?: readonly string[];
  readonly division?: string;
  readonly externalAccountId?: string;
}

/** One request each (functional: a second one if members become empty together with another attribute). */
export interface AccountWriter {
  createUser(write: UserWrite): Promise<WriteResult<ExistingUser>>;
  /** Lays `write` over `existing` (the fresh resource) as Zivver's merge rules demand. */
  updateUser(existing: ExistingUser, write: UserWrite): Promise<WriteResult<ExistingUser>>;
  createFunctional(write: FunctionalWrite): Promise<WriteResult<ExistingFunctional>>;
  updateFunctional(existing: ExistingFunctional, write: FunctionalWrite): Promise<WriteResult<ExistingFunctional>>;
  deleteAccount(kind: Kind, zivverId: string): Promise<WriteResult<null>>;
}

export type WriteResult<Account> =
  { readonly ok: true; readonly account: Account } | { readonly ok: false; readonly problem: TargetProblem };

/** Why a write did not succeed, in the words of zivver-api §6. */
export interface TargetProblem {
  readonly cause: TargetProblemCause;
  /**
   * `not-sent`: certainly nothing reached the server. `unknown`: it may have been applied; look before re-sending.
   * `refused`: the server answered and applied nothing.
   */
  readonly delivery: 'not-sent' | 'unknown' | 'refused';
  /** HTTP status, null if there was no answer. */
  readonly status: number | null;
  /** What happened, one sentence for an administrator; may name addresses, never a secret. */
  readonly what: string;
  /** What to do about it, one imperative sentence. */
  readonly cure: string;
  /** The address that is refused as an alias, lower case, where Zivver names it. */
  readonly alias?: string;
}

export type TargetProblemCause =
  | 'unknown-account'
  | 'outside-organisation'
  | 'alias-domain-not-owned'
  | 'alias-taken'
  | 'alias-is-guest'
  | 'unknown-member'
  | 'invalid-division'
  | 'address-not-allowed'
  | 'already-exists'
  | 'rate-limited'
  | 'key-refused'
  | 'unavailable'
  | 'unexpected';
