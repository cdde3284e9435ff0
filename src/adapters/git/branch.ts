import { setTimeout as pause } from 'node:timers/promises';
import type { GitRepository } from './repository.ts';

/**
 * The commit of the branch as the git remote says now (fetched if it is not here yet), or of the local branch if there is no
 * such remote. Throws GIT_UNUSABLE if the remote does not answer.
 */
export async function fetchBranch(
  git: GitRepository,
  gitRemote: string,
  branch: string,
): Promise<{ commit: string | null; gitRemote: string | null }> {
  if (!(await git.hasRemote(gitRemote)))
    return { commit: (await git.resolve(`refs/heads/${branch}`)) ?? null, gitRemote: null };
  const listing = await git.read(['ls-remote', '--heads', gitRemote, `refs/heads/${branch}`]);
  const [listed = ''] = listing.split('\t');
  if (listed === '') return { commit: null, gitRemote };
  const tracking = `refs/remotes/${gitRemote}/${branch}`;
  if ((await git.resolve(tracking)) === listed) return { commit: listed, gitRemote };
  await fetchRef(git, gitRemote, branch);
  return { commit: (await git.resolve(tracking)) ?? null, gitRemote };
}

const FETCH_ATTEMPTS = 8;
const PAUSE_MS = 100;

/** Another process that fetches the same branch into the same clone holds the lock of the ref for a moment. */
async function fetchRef(git: GitRepository, gitRemote: string, branch: string): Promise<void> {
  const refs = `+refs/heads/${branch}:refs/remotes/${gitRemote}/${branch}`;
  const command = ['fetch', '--quiet', '--no-tags', gitRemote, refs];
  for (let attempt = 1; attempt < FETCH_ATTEMPTS; attempt += 1) {
    const fetched = await git.attempt(command);
    if (fetched.ok) return;
    if (!/cannot lock ref|\.lock'?: File exists/i.test(fetched.why)) break;
    await pause(PAUSE_MS * attempt);
  }
  await git.read(command);
}
