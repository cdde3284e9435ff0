// Generated from schemas/finding.schema.json by `npm run generate`. Do not edit.

/**
 * One line of <organisation>/findings.jsonl on the branch `zivver-gitops/findings`, written by `notify`: what jobs found and whom that was told. No part of the proved ledger.
 */
export type Finding = RunFinding | ToldFinding;
export type Timestamp = string;
export type NotifyEvent = 'waiting' | 'expiring' | 'applied' | 'open' | 'drift' | 'refused' | 'certification';

/**
 * How a job ended, if it ended otherwise than the one before it.
 */
export interface RunFinding {
  type: 'run';
  at: Timestamp;
  /**
   * daily: the look for drift.
   */
  during: 'plan' | 'apply' | 'daily';
  /**
   * Exit code; 0 = all was well.
   */
  code: number;
  /**
   * Of an apply: its name. Null: none.
   */
  plan: string | null;
  /**
   * CI run, if any.
   */
  runUrl: string | null;
}
export interface ToldFinding {
  type: 'told';
  at: Timestamp;
  event: NotifyEvent;
  /**
   * What it was about; each is told once.
   */
  about: string;
  /**
   * Address, or name of a webhook.
   */
  to: string;
  /**
   * Why it did not arrive. Null: it was taken.
   */
  failure: string | null;
}
