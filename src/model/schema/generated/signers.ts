// Generated from schemas/signers.schema.json by `npm run generate`. Do not edit.

/**
 * This interface was referenced by `Signers`'s JSON-Schema
 * via the `definition` "address".
 */
export type Address = string;
/**
 * A day (its first moment, UTC) or a moment in UTC, as 2026-01-31T08:00:00Z.
 *
 * This interface was referenced by `Signers`'s JSON-Schema
 * via the `definition` "moment".
 */
export type Moment = string;

/**
 * desired/<organisation>/signers.yaml: who may approve plans by signature, written by hand and merged on its own. Apply takes it as it stood on the branch before the plan was merged.
 */
export interface Signers {
  signers: Signer[];
}
/**
 * One person, however many keys.
 *
 * This interface was referenced by `Signers`'s JSON-Schema
 * via the `definition` "Signer".
 */
export interface Signer {
  name: string;
  /**
   * Of the person, as in git commits.
   */
  address: string;
  /**
   * Under which this person commits too: nobody approves what they committed.
   */
  otherAddresses?: Address[];
  /**
   * For approval.signatures.rules, such as security-officer.
   */
  role?: string;
  /**
   * No statement of an earlier moment counts.
   */
  from?: string;
  /**
   * No statement of this moment or later counts.
   */
  until?: string;
  keys: SignerKey[];
}
/**
 * This interface was referenced by `Signers`'s JSON-Schema
 * via the `definition` "SignerKey".
 */
export interface SignerKey {
  /**
   * A line of a .pub file: ssh-ed25519, ecdsa-sha2-nistp256/384/521, ssh-rsa (2048 bits or more), sk-ssh-ed25519@openssh.com or sk-ecdsa-sha2-nistp256@openssh.com.
   */
  key: string;
  from?: Moment;
  /**
   * A day (its first moment, UTC) or a moment in UTC, as 2026-01-31T08:00:00Z.
   */
  until?: string;
}
