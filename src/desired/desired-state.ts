import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestOf } from '../canonical.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { buildDesiredFile, renderDesiredAccount, type DesiredFiles } from './desired-file.ts';
import { formatHolds, type Hold } from './holds.ts';

export const FOLDERS = ['users', 'functional'] as const;
/** Accounts that plans leave as they are (holds.ts). */
export const HOLDS_FILE = 'holds.yaml';
const WRITES_AT_ONCE = 64;

/** One file an account, and holds.yaml if there are holds. */
export function renderDesiredFiles(accounts: readonly DesiredAccount[], holds: readonly Hold[] = []): DesiredFiles {
  const files = accounts.map(renderDesiredAccount);
  if (holds.length > 0) files.push(buildDesiredFile(HOLDS_FILE, formatHolds(holds)));
  return new Map(files.map((file) => [file.path, file]));
}

/** True for the files that the desired digest covers; path below desired/<organisation>/. organisation.yaml has its own digest. */
export function isDesiredFile(file: string): boolean {
  return file === HOLDS_FILE || /^(users|functional)\/.+\.yaml$/.test(file);
}

/** Digest over all desired files: SHA-256 of `<blob id> <path>` lines sorted by path. */
export function digestDesired(blobs: Iterable<readonly [path: string, blob: string]>): string {
  const lines = [...blobs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, blob]) => `${blob} ${file}\n`);
  return digestOf(lines.join(''));
}

export function digestDesiredFiles(files: DesiredFiles): string {
  return digestDesired([...files].map(([file, { blob }]) => [file, blob] as const));
}

/** Makes the folder hold exactly these files; touches only what differs from `present` (path → blob id on disk). */
export async function writeDesiredFolder(
  folder: string,
  files: DesiredFiles,
  present: ReadonlyMap<string, string>,
): Promise<void> {
  const written = [...files].filter(([name, { blob }]) => present.get(name) !== blob);
  const removed = [...present.keys()].filter((name) => !files.has(name));
  for (const name of FOLDERS) await mkdir(path.join(folder, name), { recursive: true });
  for (const name of removed) await rm(path.join(folder, name));
  for (let start = 0; start < written.length; start += WRITES_AT_ONCE) {
    const slice = written.slice(start, start + WRITES_AT_ONCE);
    await Promise.all(slice.map(([name, { text }]) => writeFile(path.join(folder, name), text)));
  }
}
