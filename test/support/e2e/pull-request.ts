import type { Account } from '../../../src/model/schema/generated/github.ts';
import { buildAccount, buildCommit, buildPullRequest, buildReview } from '../github-shapes.ts';
import type { GithubStub, StubbedPullRequest } from '../github-stub.ts';
import type { World } from './world.ts';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export const approver: Account = buildAccount('rita-reviewer');

/**
 * Commits what lies in the work tree in two commits (desired state, then the rest), and merges them as GitHub does with
 * its three buttons. GitHub keeps the head under refs/pull/; here it is forgotten. Approved by Rita unless `reviews` says
 * otherwise.
 */
export async function mergePullRequest(
  world: World,
  stub: GithubStub,
  given: { number?: number; how?: MergeMethod; reviews?: (head: string) => StubbedPullRequest['reviews'] } = {},
): Promise<{ head: string; stubbed: StubbedPullRequest }> {
  const { number = 7, how = 'merge', reviews = (head) => [buildReview({ user: approver, commit_id: head })] } = given;
  const { git } = world;
  const before = (await git.call('rev-parse', 'main')).trim();
  await git.call('switch', '--quiet', '--create', 'proposal');
  await git.call('add', 'desired');
  await git.call('commit', '--quiet', '--allow-empty', '--message', 'Desired state');
  await git.commitAll('Plan');
  const head = (await git.call('rev-parse', 'HEAD')).trim();
  const commits = (await git.call('rev-list', '--reverse', `${before}..${head}`)).trim().split('\n');
  await git.call('push', '--quiet', 'origin', `HEAD:refs/pull/${number}/head`);
  await git.call('switch', '--quiet', 'main');
  await git.call('commit', '--quiet', '--allow-empty', '--message', 'Something else meanwhile');
  await mergeAs(world, how, commits);
  await git.call('branch', '--quiet', '--delete', '--force', 'proposal');
  await git.push();
  await git.call('reflog', 'expire', '--expire=now', '--all');
  await git.call('prune', '--expire=now');
  const merged = (await git.call('rev-parse', 'HEAD')).trim();
  const pullRequest = buildPullRequest({ number, head: { sha: head }, merge_commit_sha: merged });
  const stubbed = { pullRequest, reviews: reviews(head), commits: commits.map((sha) => buildCommit({ sha })) };
  stub.pullRequests.push(stubbed);
  return { head, stubbed };
}

async function mergeAs({ git }: World, how: MergeMethod, commits: readonly string[]): Promise<void> {
  if (how === 'merge') await git.call('merge', '--quiet', '--no-ff', '--message', 'Merge pull request', 'proposal');
  if (how === 'rebase') await git.call('cherry-pick', '--allow-empty', ...commits);
  if (how !== 'squash') return;
  await git.call('merge', '--quiet', '--squash', 'proposal');
  await git.call('commit', '--quiet', '--message', 'Plan (#7)');
}
