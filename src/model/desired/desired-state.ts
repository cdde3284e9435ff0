import { digestOf } from '../canonical.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { TreeFile } from './baseline.ts';
import { AccountFile, blobIdOf, type DesiredFile, type DesiredFiles } from './desired-file.ts';
import { desiredPath } from './desired-file-name.ts';
import { formatHolds, type Hold } from './holds.ts';

export const FOLDERS = ['users', 'functional'] as const;
/** Accounts that plans leave as they are (holds.ts). */
export const HOLDS_FILE = 'holds.yaml';

/**
 * One file an account, and holds.yaml if there are holds. An account that is the one of a committed file has that file.
 * Of accounts that would share a file the last one gets it.
 */
export function renderDesiredFiles(
  accounts: readonly DesiredAccount[],
  holds: readonly Hold[] = [],
  committed: ReadonlyMap<string, TreeFile> = new Map(),
): DesiredFiles {
  const files = new Map<string, DesiredFile>();
  for (const account of accounts) {
    const file = desiredPath(account.kind, account.address);
    const known = committed.get(file);
    const isKnown = known instanceof AccountFile && known.account === account;
    files.set(file, isKnown ? known : new AccountFile(account, file));
  }
  if (holds.length > 0) {
    const text = formatHolds(holds);
    files.set(HOLDS_FILE, { path: HOLDS_FILE, text, blob: blobIdOf(text) });
  }
  return files;
}

/** True for the files that the desired digest covers; path below desired/<organisation>/. organisation.yaml has its own digest. */
export function isDesiredFile(file: string): boolean {
  return file === HOLDS_FILE || /^(users|functional)\/.+\.yaml$/.test(file);
}

/** Digest over all desired files: SHA-256 of `<blob id> <path>` lines sorted by path. `blobs` by path. */
export function digestDesired(blobs: ReadonlyMap<string, string>): string {
  return digestLines(blobs.keys(), (file) => blobs.get(file));
}

export function digestDesiredFiles(files: DesiredFiles): string {
  return digestLines(files.keys(), (file) => files.get(file)?.blob);
}

function digestLines(files: Iterable<string>, blobOf: (file: string) => string | undefined): string {
  const lines = [...files].sort().map((file) => `${blobOf(file)} ${file}\n`);
  return digestOf(lines.join(''));
}
