import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { digestOf } from '../canonical.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import type { TreeFile } from '../../adapters/git/repository.ts';
import { AccountFile, blobIdOf, type DesiredFile, type DesiredFiles } from './desired-file.ts';
import { desiredPath } from './desired-file-name.ts';
import { formatHolds, type Hold } from './holds.ts';
import { writeFiles } from '../../adapters/git/write-files.ts';

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

/** Makes the folder hold exactly these files; touches only what differs from `present` (path → blob id on disk). */
export async function writeDesiredFolder(
  folder: string,
  files: DesiredFiles,
  present: ReadonlyMap<string, string>,
): Promise<void> {
  for (const name of FOLDERS) mkdirSync(path.join(folder, name), { recursive: true });
  for (const name of present.keys()) if (!files.has(name)) rmSync(path.join(folder, name));
  const changed = [...files.values()].filter((file) => present.get(file.path) !== file.blob);
  if (changed.length > 0) await writeFiles(renderFiles(folder, changed));
}

/** One text at a time: together they are as large as the folder. */
function* renderFiles(folder: string, files: readonly DesiredFile[]): Generator<[path: string, text: string]> {
  for (const file of files) yield [path.join(folder, file.path), file.text];
}
