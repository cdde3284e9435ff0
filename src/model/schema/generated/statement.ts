// Generated from schemas/statement.schema.json by `npm run generate`. Do not edit.

/**
 * This interface was referenced by `SignedStatement`'s JSON-Schema
 * via the `definition` "digest".
 */
export type Digest = string;

/**
 * plans/<organisation>/<plan>/approvals/<fingerprint>.json: a decision about a plan, signed with an SSH key. Canonical JSON and a line break. Signed is `statement` alone, as canonical JSON and a line break.
 */
export interface SignedStatement {
  schema: 'zivver-gitops.approval/1';
  /**
   * As ssh-keygen -Y sign writes it.
   */
  signature: string;
  statement: Statement;
}
/**
 * This interface was referenced by `SignedStatement`'s JSON-Schema
 * via the `definition` "Statement".
 */
export interface Statement {
  schema: 'zivver-gitops.statement/1';
  organisation: string;
  /**
   * Of the ledger.
   */
  lineage: string;
  /**
   * Number of the plan.
   */
  sequence: number;
  /**
   * The plan's parent.
   */
  ledgerHead: string;
  /**
   * Digest of the plan.
   */
  plan: string;
  /**
   * SHA-256 of plan.md as it was shown.
   */
  review: string;
  decision: 'approve' | 'reject';
  /**
   * When it was decided, by the clock of who decided.
   */
  at: string;
  /**
   * Words of the person; may be empty.
   */
  remark: string;
}
