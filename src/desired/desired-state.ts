import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestOf } from '../canonical.ts';
import type { DesiredAccount } from '../schema/generated/account.ts';
import { desiredPath } from './desired-file-name.ts';
import { formatHolds, type Hold } from './holds.ts';
import { formatDesiredAccount } from './yaml.ts';

/** Path below desired/<organisation>/ → text. */
export type DesiredFiles = ReadonlyMap<string, string>;

const FOLDERS = ['users', 'functional'] as const;
/** Accounts that plans leave as they are (holds.ts). */
export const HOLDS_FILE = 'holds.yaml';
const READS_AT_ONCE = 64;

/** One file an account, and holds.yaml if there are holds. */
export function renderDesiredFiles(accounts: readonly DesiredAccount[], holds: readonly Hold[] = []): DesiredFiles {
  const files = new Map(
    accounts.map((account) => [desiredPath(account.kind, account.address), formatDesiredAccount(account)]),
  );
  return holds.length === 0 ? files : files.set(HOLDS_FILE, formatHolds(holds));
}

/** True for the files that the desired digest covers; path below desired/<organisation>/. organisation.yaml has its own digest. */
export function isDesiredFile(file: string): boolean {
  return file === HOLDS_FILE || /^(users|functional)\/.+\.yaml$/.test(file);
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

/** Paths and contents of all desired files on disk, below desired/<organisation>/. */
export async function readDesiredFolder(folder: string): Promise<Map<string, Buffer>> {
  const names = [
    ...(await Promise.all(FOLDERS.map((name) => listFiles(folder, name)))).flat(),
    ...(await readdir(folder).catch(() => [])).filter((name) => name === HOLDS_FILE),
  ];
  const files = new Map<string, Buffer>();
  for (let start = 0; start < names.length; start += READS_AT_ONCE) {
    const slice = names.slice(start, start + READS_AT_ONCE);
    const contents = await Promise.all(slice.map((name) => readFile(path.join(folder, name))));
    slice.forEach((name, index) => files.set(name, contents[index] as Buffer));
  }
  return files;
}

/** Makes the folder hold exactly these files; touches only what differs. */
export async function writeDesiredFolder(
  folder: string,
  files: DesiredFiles,
): Promise<{ written: string[]; removed: string[] }> {
  const present = await readDesiredFolder(folder);
  const written = [...files.keys()].filter((name) => present.get(name)?.toString('utf8') !== files.get(name));
  const removed = [...present.keys()].filter((name) => !files.has(name));
  for (const name of FOLDERS) await mkdir(path.join(folder, name), { recursive: true });
  for (const name of removed) await rm(path.join(folder, name));
  for (let start = 0; start < written.length; start += READS_AT_ONCE) {
    const slice = written.slice(start, start + READS_AT_ONCE);
    await Promise.all(slice.map((name) => writeFile(path.join(folder, name), files.get(name) ?? '')));
  }
  return { written, removed };
}

async function listFiles(folder: string, name: string): Promise<string[]> {
  const entries = await readdir(path.join(folder, name)).catch(() => []);
  return entries.filter((file) => file.endsWith('.yaml')).map((file) => `${name}/${file}`);
}
