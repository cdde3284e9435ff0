// Generated from schemas/open.schema.json by `npm run generate`. Do not edit.

/**
 * desired/<organisation>/open.yaml, rendered by plan: accounts that it could not decide about or may not act on, so that commands which read no source can tell them.
 */
export interface OpenFile {
  open: OpenLine[];
}
/**
 * This interface was referenced by `OpenFile`'s JSON-Schema
 * via the `definition` "OpenLine".
 */
export interface OpenLine {
  /**
   * In Zivver, else of the source; of an entry without one its name.
   */
  address: string;
  kind: 'user' | 'functional';
  /**
   * Empty where it cannot be read.
   */
  key: string;
  /**
   * Only this address of it is open.
   */
  value?: string;
  reason: string;
  /**
   * Key of the other entry that has its address.
   */
  claimant?: string;
  keepsAccess: boolean;
  /**
   * Day (UTC) of the first merged plan that told it.
   */
  since: string;
}
