// Generated from schemas/holds.schema.json by `npm run generate`. Do not edit.

/**
 * desired/<organisation>/holds.yaml: accounts that plans leave as they are, whatever the source says. Written by `hold` and `invert`; an entry is removed by pull request to end a hold early.
 */
export interface Holds {
  holds: Hold[];
}
/**
 * This interface was referenced by `Holds`'s JSON-Schema
 * via the `definition` "Hold".
 */
export interface Hold {
  /**
   * Key of the account, as in its desired file.
   */
  key: string;
  /**
   * For the reader; the key decides.
   */
  address: string;
  reason: string;
  /**
   * The plan that was rolled back, if the hold comes from a rollback.
   */
  plan?: string;
  /**
   * First day (UTC) on which the source decides again.
   */
  expires: string;
}
