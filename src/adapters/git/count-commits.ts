import type { GitRepository } from './repository.ts';

/** Commits from `head` on backwards that changed one of the files. */
export async function countCommitsOf(git: GitRepository, head: string, files: readonly string[]): Promise<number> {
  if (files.length === 0) return 0;
  return Number(await git.read(['rev-list', '--count', '--no-merges', '--full-history', head, '--', ...files]));
}

/** Commits from the heads on backwards whose author or committer has one of the addresses, without case. */
export async function countCommitsBy(
  git: GitRepository,
  heads: readonly string[],
  addresses: readonly string[],
): Promise<number> {
  if (heads.length === 0) return 0;
  const sought = new Set(addresses.map((address) => address.toLowerCase()));
  const log = await git.read(['log', '--format=%ae%x00%ce', ...heads, '--']);
  return log.split('\n').filter((line) => line.split('\0').some((address) => sought.has(address.toLowerCase()))).length;
}
