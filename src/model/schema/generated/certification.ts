// Generated from schemas/certification.schema.json by `npm run generate`. Do not edit.

/**
 * As in the desired file.
 *
 * This interface was referenced by `Certification`'s JSON-Schema
 * via the `definition` "key".
 */
export type Key = string;

/**
 * desired/<organisation>/certifications/<due>-<scope>/<address>.yaml: who may read one mailbox, for its owner to keep, remove or question. Written by `certify start`, decided by people, by pull request; it changes nothing in Zivver.
 */
export interface Certification {
  /**
   * Address of the account that is read.
   */
  mailbox: string;
  key: Key;
  kind: 'user' | 'functional';
  fullName: string;
  /**
   * Who decides: as owners.yaml says, or the person of the mailbox.
   */
  owner?: string;
  /**
   * What the account is for, as owners.yaml says.
   */
  reason?: string;
  started: string;
  /**
   * Last day (UTC) to decide.
   */
  due: string;
  readers: CertifiedReader[];
}
/**
 * This interface was referenced by `Certification`'s JSON-Schema
 * via the `definition` "CertifiedReader".
 */
export interface CertifiedReader {
  /**
   * Address.
   */
  reader: string;
  name: string;
  /**
   * Since when, by which plan, and why.
   */
  evidence: string;
  /**
   * Empty: nobody decided yet.
   */
  decision: 'keep' | 'remove' | 'question' | null;
  /**
   * Who decided. Empty: nobody did yet.
   */
  by: string | null;
  /**
   * Why.
   */
  note?: string | null;
}
