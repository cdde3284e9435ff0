import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { splitFields, type GitRepository } from '../git/repository.ts';
import type { Baseline } from './baseline.ts';
import { blobIdOf } from './desired-file.ts';
import { FOLDERS, HOLDS_FILE, isDesiredFile } from './desired-state.ts';

/**
 * Blob ids of all desired files in the work tree, by path below desired/<organisation>/. git knows the ids of files it
 * tracks and that have not changed since; only the others are read (design.md §4: ids are cheaper than files). With a
 * baseline git has to name only what differs from it.
 */
export async function readWorkTreeBlobs(
  git: GitRepository,
  organisation: string,
  baseline?: Pick<Baseline, 'commit' | 'files'>,
): Promise<Map<string, string>> {
  const prefix = `desired/${organisation}/`;
  const covered = ['--', ...[...FOLDERS, HOLDS_FILE].map((name) => `${prefix}${name}`)];
  const commit = baseline?.commit ?? null;
  const compare = commit === null ? ['diff-files'] : ['diff-index', commit];
  const [index, differing, untracked] = await Promise.all([
    commit === null ? git.read(['ls-files', '--stage', '-z', ...covered]) : '',
    git.read([...compare, '--name-only', '--no-renames', '-z', ...covered]),
    git.read(['ls-files', '--others', '--exclude-standard', '-z', ...covered]),
  ]);
  const blobs = new Map<string, string>();
  if (commit !== null) for (const { path: file, blob } of baseline?.files.values() ?? []) blobs.set(file, blob);
  for (const line of splitFields(index))
    addAccount(blobs, line.slice(line.indexOf('\t') + 1 + prefix.length), line.split(' ')[1] ?? '');
  for (const whole of [...splitFields(differing), ...splitFields(untracked)]) {
    const file = whole.slice(prefix.length);
    const content = await readFile(path.join(git.root, prefix, file)).catch(() => null);
    if (content === null) blobs.delete(file);
    else addAccount(blobs, file, blobIdOf(content));
  }
  return blobs;
}

function addAccount(blobs: Map<string, string>, file: string, blob: string): void {
  if (isDesiredFile(file)) blobs.set(file, blob);
}
