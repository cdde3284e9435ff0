import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { splitFields, type GitRepository } from '../git/repository.ts';
import { blobIdOf } from './desired-file.ts';
import { FOLDERS, HOLDS_FILE, isDesiredFile } from './desired-state.ts';

/**
 * Blob ids of all desired files in the work tree, by path below desired/<organisation>/. git knows the ids of files it
 * tracks and that have not changed since; only the others are read (design.md §4: ids are cheaper than files).
 */
export async function readWorkTreeBlobs(git: GitRepository, organisation: string): Promise<Map<string, string>> {
  const prefix = `desired/${organisation}/`;
  const covered = [...FOLDERS, HOLDS_FILE].map((name) => `${prefix}${name}`);
  const [status, index] = await Promise.all([
    git.read(['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames', '--', ...covered]),
    git.read(['ls-files', '--stage', '-z', '--', ...covered]),
  ]);
  const blobs = new Map<string, string>();
  for (const line of splitFields(index))
    addAccount(blobs, line.slice(line.indexOf('\t') + 1 + prefix.length), line.split(' ')[1] ?? '');
  for (const line of splitFields(status)) {
    const file = line.slice(3 + prefix.length);
    const isSameAsIndex = line[1] === ' ';
    if (isSameAsIndex) continue;
    const content = await readFile(path.join(git.root, prefix, file)).catch(() => null);
    if (content === null) blobs.delete(file);
    else addAccount(blobs, file, blobIdOf(content));
  }
  return blobs;
}

function addAccount(blobs: Map<string, string>, file: string, blob: string): void {
  if (isDesiredFile(file)) blobs.set(file, blob);
}
