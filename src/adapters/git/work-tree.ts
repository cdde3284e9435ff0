import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { splitFields, type GitRepository } from './repository.ts';
import type { Baseline } from '../../model/desired/baseline.ts';
import { blobIdOf } from '../../model/desired/desired-file.ts';
import { isDesiredFile, RENDERED } from '../../model/desired/desired-state.ts';

/**
 * Blob ids of all desired files in the work tree, by path below desired/<organisation>/. git knows the ids of files it
 * tracks and that have not changed since; only the others are read (ARCHITECTURE.md, "Baseline": ids are cheaper than files). With a
 * baseline git has to name only what differs from it.
 */
export async function readWorkTreeBlobs(
  git: GitRepository,
  organisation: string,
  baseline?: Pick<Baseline, 'commit' | 'files'>,
): Promise<Map<string, string>> {
  const prefix = `desired/${organisation}/`;
  const covered = ['--', ...RENDERED.map((name) => `${prefix}${name}`)];
  const { known, doubtful } =
    baseline === undefined || baseline.commit === null
      ? await listIndex(git, covered)
      : await compareWith(baseline.commit, git, covered);
  const blobs = new Map<string, string>();
  for (const { path: file, blob } of baseline?.files.values() ?? []) blobs.set(file, blob);
  for (const [whole, blob] of known) addAccount(blobs, whole.slice(prefix.length), blob);
  for (const whole of doubtful) {
    const file = whole.slice(prefix.length);
    const content = await readFile(path.join(git.root, whole)).catch(() => null);
    if (content === null) blobs.delete(file);
    else addAccount(blobs, file, blobIdOf(content));
  }
  return blobs;
}

/** Paths from the root of the repository. */
interface WorkTreeListing {
  readonly known: readonly (readonly [path: string, blob: string])[];
  /** Changed, deleted or not tracked: to be read. */
  readonly doubtful: readonly string[];
}

/**
 * In one listing: `? path`, and of every tracked file `H mode blob stage<tab>path`, then the same with `C` if it was changed
 * or deleted.
 */
async function listIndex(git: GitRepository, covered: readonly string[]): Promise<WorkTreeListing> {
  const flags = ['-t', '--stage', '--modified', '--others', '--exclude-standard', '-z'];
  const [known, doubtful]: [[string, string][], string[]] = [[], []];
  for (const line of splitFields(await git.read(['ls-files', ...flags, ...covered]))) {
    const file = line.startsWith('? ') ? line.slice(2) : line.slice(line.indexOf('\t') + 1);
    if (line.startsWith('H ')) known.push([file, line.split(' ')[2] ?? '']);
    else doubtful.push(file);
  }
  return { known, doubtful };
}

async function compareWith(commit: string, git: GitRepository, covered: readonly string[]): Promise<WorkTreeListing> {
  const listings = await Promise.all([
    git.read(['diff-index', commit, '--name-only', '--no-renames', '-z', ...covered]),
    git.read(['ls-files', '--others', '--exclude-standard', '-z', ...covered]),
  ]);
  return { known: [], doubtful: listings.flatMap(splitFields) };
}

function addAccount(blobs: Map<string, string>, file: string, blob: string): void {
  if (isDesiredFile(file)) blobs.set(file, blob);
}
