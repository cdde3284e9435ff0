import { ReconcileError } from '../../model/errors.ts';
import type { GitRepository } from './repository.ts';

/**
 * Records that go to another repository than they are read from are no records: the same plan could be applied again.
 * Throws GIT_UNUSABLE.
 */
export async function refuseOtherPushUrl(git: GitRepository, gitRemote: string): Promise<void> {
  const read = async (...flags: string[]): Promise<string> =>
    (await git.read(['remote', 'get-url', '--all', ...flags, gitRemote])).trim();
  const [fetched, pushed] = await Promise.all([read(), read('--push')]);
  if (fetched === pushed && !fetched.includes('\n')) return;
  throw new ReconcileError(
    'GIT_UNUSABLE',
    `What is pushed to ${gitRemote} goes elsewhere than what is fetched comes from`,
    {
      remedy: `Give it one address: git config --unset-all remote.${gitRemote}.pushurl, and take out url.*.pushInsteadOf for it.`,
      problems: [{ where: `git remote ${gitRemote}`, what: 'has another address to push to, or more than one' }],
    },
  );
}
