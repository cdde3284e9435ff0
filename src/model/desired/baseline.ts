import type { DesiredAccount } from '../schema/generated/account.ts';
import type { Hold } from './holds.ts';

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
  /** By path below desired/<organisation>/; of an account that was recognised it is the `AccountFile`. */
  readonly files: ReadonlyMap<string, TreeFile>;
}
