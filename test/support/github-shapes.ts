/** Bodies as GitHub's REST API (version 2022-11-28) sends them, with much that the program does not read; invented people. */
import type { Account, PullRequest, PullRequestCommit, Review } from '../../src/model/schema/generated/github.ts';

export const REPOSITORY = 'city-hospital/zivver';

/** The id follows from the login, so the same login is the same account. */
export function buildAccount(login: string, account: Partial<Account> = {}) {
  const id = [...login.toLowerCase()].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 90_000_000, 7) + 1000;
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url: `https://api.github.com/users/${login}`,
    html_url: `https://github.com/${login}`,
    type: 'User',
    user_view_type: 'public',
    site_admin: false,
    ...account,
  };
}

export function buildBot(login: string) {
  return buildAccount(`${login}[bot]`, { type: 'Bot' });
}

/** A merged pull request 7 of the robot that plans. */
export function buildPullRequest(given: Partial<PullRequest> & { head: { sha: string } }) {
  const number = given.number ?? 7;
  const repo = {
    id: 811_204,
    name: 'zivver',
    full_name: REPOSITORY,
    private: true,
    default_branch: 'main',
    fork: false,
  };
  return {
    url: `https://api.github.com/repos/${REPOSITORY}/pulls/${number}`,
    id: 2_103_440_000 + number,
    node_id: `PR_${number}`,
    html_url: `https://github.com/${REPOSITORY}/pull/${number}`,
    number,
    state: 'closed',
    locked: false,
    title: 'Zivver plan',
    user: buildBot('zivver-planner') as Account | null,
    body: null,
    created_at: '2026-11-23T10:15:20Z',
    updated_at: '2026-11-23T11:02:10Z',
    closed_at: '2026-11-23T11:02:09Z',
    merged_at: '2026-11-23T11:02:09Z',
    merge_commit_sha: '5'.repeat(40) as string | null,
    draft: false,
    requested_reviewers: [],
    author_association: 'CONTRIBUTOR',
    merged: true,
    mergeable: null,
    merged_by: buildAccount('rita-reviewer'),
    comments: 0,
    review_comments: 0,
    commits: 1,
    additions: 90,
    deletions: 1,
    changed_files: 4,
    ...given,
    head: { label: 'city-hospital:plan', ref: 'plan', user: buildAccount('city-hospital'), repo, ...given.head },
    base: {
      label: 'city-hospital:main',
      ref: 'main',
      sha: 'b'.repeat(40),
      user: buildAccount('city-hospital'),
      repo,
      ...given.base,
    },
  };
}

export function buildReview(given: Partial<Review> & { user: Account | null; commit_id: string | null }) {
  const {
    id = 80_000 + (given.user?.id ?? 1),
    state = 'APPROVED',
    submitted_at = '2026-11-23T10:40:00Z',
    ...more
  } = given;
  return {
    id,
    node_id: `PRR_${id}`,
    body: '',
    state,
    html_url: `https://github.com/${REPOSITORY}/pull/7#pullrequestreview-${id}`,
    pull_request_url: `https://api.github.com/repos/${REPOSITORY}/pulls/7`,
    author_association: 'MEMBER',
    _links: {},
    ...(state === 'PENDING' ? {} : { submitted_at }),
    ...more,
  };
}

export function buildCommit(given: Partial<PullRequestCommit> & { sha: string }) {
  const date = '2026-11-23T10:15:04Z';
  const planner = { name: 'zivver-planner[bot]', email: '1042+zivver-planner[bot]@users.noreply.github.com', date };
  return {
    node_id: `C_${given.sha}`,
    commit: {
      author: planner,
      committer: planner,
      message: 'Plan',
      comment_count: 0,
      verification: { verified: false },
    },
    url: `https://api.github.com/repos/${REPOSITORY}/commits/${given.sha}`,
    parents: [],
    author: buildBot('zivver-planner'),
    committer: buildBot('zivver-planner'),
    ...given,
  };
}
