/** The words of the product about one Zivver account; shared by source side and target side. */

/** `user` = personal account, `functional` = functional account (a SCIM Group). */
export type Kind = 'user' | 'functional';

/** An account as Zivver holds it now. All addresses are lower case. */
export type ExistingAccount = ExistingUser | ExistingFunctional;

interface ExistingCommon {
  /** Zivver's UUID; stays through a rename. */
  readonly zivverId: string;
  readonly address: string;
  readonly fullName: string;
  readonly aliases: readonly string[];
  /** Identifier of the Zivver OU; `/` = none; null = not told. */
  readonly division: string | null;
  /** Our `key`, once written; null = absent. */
  readonly externalAccountId: string | null;
  /** `YYYY-MM-DD`, null = not told. */
  readonly created: string | null;
  /** What nobody can read of it: then only id and address are sure, and it stays as it is. */
  readonly malformed?: string;
}

export interface ExistingUser extends ExistingCommon {
  readonly kind: 'user';
  readonly active: boolean;
  readonly delegates: readonly string[];
  /** E.164, null = none. */
  readonly mobile: string | null;
}

export interface ExistingFunctional extends ExistingCommon {
  readonly kind: 'functional';
  /** Zivver ids: of users, of functional accounts, or of nobody in either list. */
  readonly memberIds: readonly string[];
}
