import { digestOf } from '../canonical.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { TreeFile } from './baseline.ts';
import { AccountFile, blobIdOf, type DesiredFile, type DesiredFiles } from './desired-file.ts';
import { desiredPath, kindOfPath } from './desired-file-name.ts';
import { formatHolds, type Hold } from './holds.ts';
import { formatOpenLines, type OpenLine } from './open-file.ts';

export const FOLDERS = ['users', 'functional'] as const;
/** Accounts that plans leave as they are (holds.ts). */
export const HOLDS_FILE = 'holds.yaml';
/** Accounts that the plan could not decide about (open-file.ts). */
export const OPEN_FILE = 'open.yaml';

/** What a plan renders below desired/<organisation>/. */
export const RENDERED = [...FOLDERS, HOLDS_FILE, OPEN_FILE] as const;

/** Lists beside the accounts; a list that has nothing in it has no file. */
export interface DesiredLists {
  readonly holds?: readonly Hold[];
  readonly open?: readonly OpenLine[];
}

/**
 * One file an account, and one for each list that is not empty. An account that is the one of a committed file has that
 * file. Of accounts that would share a file the last one gets it.
 */
export function renderDesiredFiles(
  accounts: readonly DesiredAccount[],
  { holds = [], open = [] }: DesiredLists = {},
  committed: ReadonlyMap<string, TreeFile> = new Map(),
): DesiredFiles {
  const files = new Map<string, DesiredFile>();
  for (const account of accounts) {
    const file = desiredPath(account.kind, account.address);
    const known = committed.get(file);
    const isKnown = known instanceof AccountFile && known.account === account;
    files.set(file, isKnown ? known : new AccountFile(account, file));
  }
  if (holds.length > 0) files.set(HOLDS_FILE, listFile(HOLDS_FILE, formatHolds(holds)));
  if (open.length > 0) files.set(OPEN_FILE, listFile(OPEN_FILE, formatOpenLines(open)));
  return files;
}

function listFile(path: string, text: string): DesiredFile {
  return { path, text, blob: blobIdOf(text) };
}

/** True for the files that the desired digest covers; path below desired/<organisation>/. organisation.yaml has its own digest. */
export function isDesiredFile(file: string): boolean {
  return file === HOLDS_FILE || file === OPEN_FILE || kindOfPath(file) !== null;
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
