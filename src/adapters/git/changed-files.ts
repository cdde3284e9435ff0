import { ReconcileError } from '../../model/errors.ts';
import type { ChangedFile } from '../../model/plan/brought-plans.ts';
import type { GitRepository } from './repository.ts';

/** git's own name of a tree with nothing in it. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** What differs between two commits; `base` null: everything that `head` has. */
export async function readChangedFiles(
  git: GitRepository,
  base: string | null,
  head: string,
): Promise<readonly ChangedFile[]> {
  const options = ['diff-tree', '-r', '--name-status', '--no-renames', '-z'];
  const parts = (await git.read([...options, base ?? EMPTY_TREE, head])).split('\0');
  return parts.flatMap((status, index) =>
    index % 2 === 0 && status !== '' ? [{ status, path: parts[index + 1] ?? '' }] : [],
  );
}

/** Any name git knows for the commit that a pull request goes onto → the commit. Throws CLI_USAGE. */
export async function resolveBase(git: GitRepository, base: string): Promise<string> {
  const commit = await git.resolve(base);
  if (commit !== undefined) return commit;
  throw new ReconcileError('CLI_USAGE', `${base} is not a commit that is known here`, {
    remedy: 'Fetch more history (fetch-depth: 2), or name the base with --base.',
  });
}
