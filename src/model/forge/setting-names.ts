/** Settings of a repository, in the words of the table. */
export const FORGE_CHECK_NAMES = {
  'forge.connection': 'connection',
  'forge.private': 'private',
  'forge.pullRequest': 'pull request',
  'forge.approvals': 'approvals',
  'forge.staleApprovals': 'new commits',
  'forge.lastPush': 'last push',
  'forge.ownApproval': 'own approval',
  'forge.approvalRules': 'approval rules',
  'forge.objections': 'objections',
  'forge.codeOwners': 'code owners',
  'forge.reviewCheck': 'check “review”',
  'forge.upToDate': 'up to date',
  'forge.merging': 'who merges',
  'forge.mergeMethod': 'merge method',
  'forge.forcePush': 'force push',
  'forge.bypass': 'bypass',
  'forge.ledger': 'ledger',
  'forge.ledgerPush': 'ledger, who pushes',
  'forge.tags': 'tags of the ledger',
  'forge.schedule': 'schedule',
  'forge.environment': 'environment',
  'forge.environmentBranch': 'its branch',
  'forge.environmentSecret': 'its secrets',
  'forge.repositorySecret': 'other secrets',
  'forge.allowedActions': 'allowed actions',
  'forge.pinnedActions': 'pinned actions',
  'forge.workflowToken': 'workflow token',
  'forge.forks': 'forks',
} as const;

export type ForgeCheckId = keyof typeof FORGE_CHECK_NAMES;

export type ForgeCode =
  | 'GITHUB_UNREACHABLE'
  | 'GITHUB_TOKEN_REFUSED'
  | 'REPOSITORY_PUBLIC'
  | 'PULL_REQUEST_OPTIONAL'
  | 'APPROVALS_TOO_FEW'
  | 'STALE_APPROVALS_COUNT'
  | 'LAST_PUSH_UNAPPROVED'
  | 'OWN_APPROVAL_COUNTS'
  | 'APPROVAL_RULES_LOOSE'
  | 'OBJECTIONS_IGNORED'
  | 'CODE_OWNERS_OPTIONAL'
  | 'REVIEW_CHECK_OPTIONAL'
  | 'BRANCH_MAY_BE_BEHIND'
  | 'ANYBODY_MERGES'
  | 'MERGE_UNNAMED'
  | 'FORCE_PUSH_ALLOWED'
  | 'RULES_BYPASSABLE'
  | 'LEDGER_UNPROTECTED'
  | 'LEDGER_OPEN'
  | 'TAGS_UNPROTECTED'
  | 'SCHEDULE_MISSING'
  | 'ENVIRONMENT_MISSING'
  | 'ENVIRONMENT_UNLIMITED'
  | 'SECRET_ABSENT'
  | 'SECRET_MISPLACED'
  | 'ACTIONS_UNLIMITED'
  | 'ACTIONS_UNPINNED'
  | 'WORKFLOW_TOKEN_STRONG'
  | 'FORKS_TRUSTED';
