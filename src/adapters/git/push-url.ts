import { ReconcileError } from '../../model/errors.ts';
import type { GitRepository } from './repository.ts';

/**
 * Records that go to another repository than they are read from are no records: the same plan could be applied again.
 * Throws GIT_UNUSABLE.
 */
export async function refuseOtherPushUrl(git: GitRepository, gitRemote: string): Promise<void> {
  const addresses = (await git.listRemotes()).filter(({ name }) => name === gitRemote);
  const [fetched, pushed, ...others] = addresses;
  const isOne = fetched?.use === 'fetch' && pushed?.use === 'push' && others.length === 0;
  if (isOne && fetched.address === pushed.address) return;
  throw new ReconcileError(
    'GIT_UNUSABLE',
    `What is pushed to ${gitRemote} goes elsewhere than what is fetched comes from`,
    {
      remedy: `Give it one address: git config --unset-all remote.${gitRemote}.pushurl, and take out url.*.pushInsteadOf for it.`,
      problems: [{ where: `git remote ${gitRemote}`, what: 'has another address to push to, or more than one' }],
    },
  );
}
