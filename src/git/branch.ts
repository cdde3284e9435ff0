import type { GitRepository } from './repository.ts';

/**
 * The commit of the branch as known to the git remote (fetched now), or of the local branch if there is no such
 * remote. Throws GIT_UNUSABLE if the remote does not answer.
 */
export async function fetchBranch(
  git: GitRepository,
  gitRemote: string,
  branch: string,
): Promise<{ commit: string | null; gitRemote: string | null }> {
  if (!(await git.hasRemote(gitRemote)))
    return { commit: (await git.resolve(`refs/heads/${branch}`)) ?? null, gitRemote: null };
  const listing = await git.read(['ls-remote', '--heads', gitRemote, `refs/heads/${branch}`]);
  if (listing.trim() === '') return { commit: null, gitRemote };
  await git.read([
    'fetch',
    '--quiet',
    '--no-tags',
    gitRemote,
    `+refs/heads/${branch}:refs/remotes/${gitRemote}/${branch}`,
  ]);
  return { commit: (await git.resolve(`refs/remotes/${gitRemote}/${branch}`)) ?? null, gitRemote };
}
