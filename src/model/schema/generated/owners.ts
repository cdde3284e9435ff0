// Generated from schemas/owners.schema.json by `npm run generate`. Do not edit.

/**
 * desired/<organisation>/owners.yaml: who answers for a functional account, why it is there, and until when that is to be looked at again. Written by people, by pull request; it changes nothing in Zivver.
 */
export interface Owners {
  owners: Owner[];
}
/**
 * This interface was referenced by `Owners`'s JSON-Schema
 * via the `definition` "Owner".
 */
export interface Owner {
  /**
   * Address of the functional account.
   */
  account: string;
  /**
   * Who answers for it: a name, an address, or both.
   */
  owner: string;
  /**
   * What it is for.
   */
  reason: string;
  /**
   * Last day (UTC) until which nobody needs to look again at the account and its readers.
   */
  reviewBy: string;
}
