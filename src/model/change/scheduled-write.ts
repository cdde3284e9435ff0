import type { AccountAttributes, Change } from './change.ts';

/**
 * One request of a change. `release` lets addresses go that another change takes; `delegates` names accounts that exist,
 * or have their new address, only after other changes.
 */
export interface ScheduledWrite {
  readonly change: Change;
  readonly part: 'release' | 'create' | 'main' | 'delegates' | 'delete';
  /** What this request sets. */
  readonly attributes: AccountAttributes;
}
