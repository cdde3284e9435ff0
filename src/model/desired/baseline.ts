import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Hold } from './holds.ts';
import type { OpenLine } from './open-file.ts';

/** One file of a commit. */
export interface TreeFile {
  readonly path: string;
  readonly blob: string;
}

/** What is already desired: the committed desired files of the configured branch (ARCHITECTURE.md, "Baseline"). */
export interface Baseline {
  /** Null: the branch has no commit yet. */
  readonly commit: string | null;
  readonly accounts: readonly DesiredAccount[];
  /** Expired ones too. */
  readonly holds: readonly Hold[];
  /** Accounts that the last merged plan left open. */
  readonly open: readonly OpenLine[];
  /** By path below desired/<organisation>/; of an account that was recognised it is the `AccountFile`. */
  readonly files: ReadonlyMap<string, TreeFile>;
}
