// Generated from schemas/github.schema.json by `npm run generate`. Do not edit.

/**
 * What GitHub's REST API (version 2022-11-28) sends, as far as it is used. Properties that are not named here are tolerated.
 */
export type GithubResources = PullRequestSummary | PullRequest | Review | PullRequestCommit | RepositoryPermission;
export type Timestamp = string;
export type Sha = string;
/**
 * The GitHub account of an e-mail address; null or {}: GitHub knows none.
 */
export type CommitIdentity = Account | null | {};

/**
 * GET /repos/{owner}/{repo}/commits/{sha}/pulls
 */
export interface PullRequestSummary {
  number: number;
  merged_at: Timestamp | null;
  base: {
    ref: string;
  };
}
/**
 * GET /repos/{owner}/{repo}/pulls/{number}
 */
export interface PullRequest {
  number: number;
  html_url: string;
  merged: boolean;
  /**
   * Merged: the merge commit, the squashed commit, or the last of the rebased commits.
   */
  merge_commit_sha: Sha | null;
  /**
   * Null: the account was deleted.
   */
  user: Account | null;
  head: {
    sha: Sha;
  };
  base: {
    ref: string;
    repo: {
      full_name: string;
    };
  };
}
/**
 * A person, a bot or an organisation. The id stays when the login changes.
 */
export interface Account {
  id: number;
  login: string;
  /**
   * User, Bot, Organization or Mannequin.
   */
  type: string;
}
/**
 * GET /repos/{owner}/{repo}/pulls/{number}/reviews
 */
export interface Review {
  id: number;
  /**
   * Null: the account was deleted.
   */
  user: Account | null;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  /**
   * Head of the pull request when the review was given.
   */
  commit_id: Sha | null;
  /**
   * Missing while pending.
   */
  submitted_at?: string;
}
/**
 * GET /repos/{owner}/{repo}/pulls/{number}/commits
 */
export interface PullRequestCommit {
  sha: Sha;
  author: CommitIdentity;
  committer: CommitIdentity;
}
/**
 * GET /repos/{owner}/{repo}/collaborators/{login}/permission
 */
export interface RepositoryPermission {
  /**
   * admin, write (also maintain), read (also triage) or none.
   */
  permission: string;
}
