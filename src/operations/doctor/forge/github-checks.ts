/** Settings of a repository on GitHub, in the words of the table. */
export const GITHUB_CHECK_NAMES = {
  'github.connection': 'GitHub',
  'github.private': 'private',
  'github.pullRequest': 'pull request',
  'github.approvals': 'approvals',
  'github.staleApprovals': 'new commits',
  'github.lastPush': 'last push',
  'github.codeOwners': 'code owners',
  'github.reviewCheck': 'check “review”',
  'github.upToDate': 'up to date',
  'github.forcePush': 'force push',
  'github.bypass': 'bypass',
  'github.ledger': 'ledger',
  'github.ledgerPush': 'ledger, who pushes',
  'github.environment': 'environment',
  'github.environmentBranch': 'its branch',
  'github.environmentSecret': 'its secrets',
  'github.repositorySecret': 'other secrets',
  'github.allowedActions': 'allowed actions',
  'github.pinnedActions': 'pinned actions',
  'github.workflowToken': 'workflow token',
  'github.forks': 'forks',
} as const;

export type GithubCheckId = keyof typeof GITHUB_CHECK_NAMES;

export type GithubCode =
  | 'GITHUB_UNREACHABLE'
  | 'GITHUB_TOKEN_REFUSED'
  | 'REPOSITORY_PUBLIC'
  | 'PULL_REQUEST_OPTIONAL'
  | 'APPROVALS_TOO_FEW'
  | 'STALE_APPROVALS_COUNT'
  | 'LAST_PUSH_UNAPPROVED'
  | 'CODE_OWNERS_OPTIONAL'
  | 'REVIEW_CHECK_OPTIONAL'
  | 'BRANCH_MAY_BE_BEHIND'
  | 'FORCE_PUSH_ALLOWED'
  | 'RULES_BYPASSABLE'
  | 'LEDGER_UNPROTECTED'
  | 'LEDGER_OPEN'
  | 'ENVIRONMENT_MISSING'
  | 'ENVIRONMENT_UNLIMITED'
  | 'SECRET_ABSENT'
  | 'SECRET_MISPLACED'
  | 'ACTIONS_UNLIMITED'
  | 'ACTIONS_UNPINNED'
  | 'WORKFLOW_TOKEN_STRONG'
  | 'FORKS_TRUSTED';
