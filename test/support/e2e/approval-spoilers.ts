import { buildAccount, buildBot, buildReview } from '../github-shapes.ts';
import { GITHUB_FAULTS } from '../github-faults.ts';
import type { GithubStub, StubbedPullRequest } from '../github-stub.ts';
import { approver } from './pull-request.ts';

type Spoiler = (stubbed: StubbedPullRequest, stub: GithubStub) => void;

const NOWHERE = 'e'.repeat(40);

/** Each takes away one condition of an approved pull request. */
export const APPROVAL_SPOILERS: Readonly<Record<string, Spoiler>> = {
  'no review': (stubbed) => void (stubbed.reviews = []),
  'a dismissed review': ({ reviews }) => changeAll(reviews, { state: 'DISMISSED' as const }),
  'a review of an older commit': ({ reviews }) => changeAll(reviews, { commit_id: 'd'.repeat(40) }),
  'a bot’s review': ({ reviews }) => changeAll(reviews, { user: buildBot('auto-approve') }),
  'a request for changes beside the approval': ({ reviews, pullRequest }) =>
    void reviews.push(
      buildReview({
        user: buildAccount('omar'),
        commit_id: pullRequest.head.sha,
        state: 'CHANGES_REQUESTED',
        id: 9,
      }),
    ),
  'an approval by who opened the pull request': ({ pullRequest }) => void (pullRequest.user = approver),
  'an approval by an author': ({ commits }) => changeAll(commits, { author: approver }),
  'an author without a GitHub account': ({ commits }) => changeAll(commits, { author: null }),
  'an approval by somebody who may only read': (_, stub) => void stub.permissions.set(approver.login, 'read'),
  'a commit hidden from the list': ({ commits }) => void commits.pop(),
  'a pull request into another branch': ({ pullRequest }) => void (pullRequest.base.ref = 'release'),
  'a pull request that was not merged': ({ pullRequest }) => void (pullRequest.merged = false),
  'a head that git does not have': ({ pullRequest, reviews }) => {
    pullRequest.head.sha = NOWHERE;
    changeAll(reviews, { commit_id: NOWHERE });
  },
  'a merge that git does not have': ({ pullRequest }) => void (pullRequest.merge_commit_sha = NOWHERE),
  'a merge that is not on the branch': ({ pullRequest }) => void (pullRequest.merge_commit_sha = pullRequest.head.sha),
  'no pull request': (_, stub) => void (stub.pullRequests = []),
  'a GitHub that is out of order': (_, stub) => void (stub.fault = GITHUB_FAULTS['status 500']!),
};

function changeAll<Part extends object>(parts: Part[], change: Partial<Part>): void {
  for (const part of parts) Object.assign(part, change);
}
