import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestOf } from '../canonical.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { desiredPath } from './desired-file-name.ts';
import { formatDesiredAccount } from './yaml.ts';

/** Path below desired/<organisation>/ → text. */
export type DesiredFiles = ReadonlyMap<string, string>;

export const FOLDERS = ['users', 'functional'] as const;
const WRITES_AT_ONCE = 64;

export function renderDesiredFiles(accounts: readonly DesiredAccount[]): DesiredFiles {
  return new Map(
    accounts.map((account) => [desiredPath(account.kind, account.address), formatDesiredAccount(account)]),
  );
}

/** git's SHA-1 object id of a file with this content. */
export function blobIdOf(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Digest over all desired files: SHA-256 of `<blob id> <path>` lines sorted by path. */
export function digestDesired(blobs: Iterable<readonly [path: string, blob: string]>): string {
  const lines = [...blobs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, blob]) => `${blob} ${file}\n`);
  return digestOf(lines.join(''));
}

export function digestDesiredFiles(files: DesiredFiles): string {
  return digestDesired([...files].map(([file, text]) => [file, blobIdOf(text)] as const));
}

/** Makes the folder hold exactly these files; touches only what differs from `present` (path → blob id on disk). */
export async function writeDesiredFolder(
  folder: string,
  files: DesiredFiles,
  present: ReadonlyMap<string, string>,
): Promise<void> {
  const written = [...files].filter(([name, text]) => present.get(name) !== blobIdOf(text));
  const removed = [...present.keys()].filter((name) => !files.has(name));
  for (const name of FOLDERS) await mkdir(path.join(folder, name), { recursive: true });
  for (const name of removed) await rm(path.join(folder, name));
  for (let start = 0; start < written.length; start += WRITES_AT_ONCE) {
    const slice = written.slice(start, start + WRITES_AT_ONCE);
    await Promise.all(slice.map(([name, text]) => writeFile(path.join(folder, name), text)));
  }
}
