/** Repositories on three forges with every setting of the checklist as it should be. Rows have the types of the published clients. */
import type {
  ProjectLevelApprovalRuleSchema,
  ProjectLevelMergeRequestApprovalSchema,
  ProjectSchema,
  ProtectedBranchSchema,
  ProtectedTagSchema,
  CondensedPipelineScheduleSchema,
} from '@gitbeaker/core';
import type { PolicyConfiguration } from 'azure-devops-node-api/interfaces/PolicyInterfaces.js';
import type { BranchProtection, TagProtection } from 'gitea-js';

export type Row = Record<string, unknown>;
/** Path of the API (decoded, without the query) → answer. */
export type Answers = Map<string, unknown>;

export interface SettingsStory {
  readonly kind: 'gitlab' | 'forgejo' | 'azure';
  readonly repository: string;
  readonly api: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly answers: () => Answers;
}

export const SETTINGS_TOKEN = 'canary-settings-token-57';
const levels = (access_level: number) => [{ access_level, access_level_description: 'x', id: 1 }];

export const GITLAB_BASE = '/api/v4/projects/city/accounts';
export const FORGEJO_BASE = '/api/v1/repos/city/accounts';
export const AZURE_BASE = '/Accounts/_apis';

function gitlab(): Answers {
  const branch = (name: string, push: number): Partial<ProtectedBranchSchema> => ({
    id: 1,
    name,
    allow_force_push: false,
    push_access_levels: levels(push) as never,
    merge_access_levels: levels(40) as never,
  });
  const tag: Partial<ProtectedTagSchema> = { name: 'zivver-gitops/*', create_access_levels: levels(40) as never };
  const approvals: Partial<ProjectLevelMergeRequestApprovalSchema> = {
    reset_approvals_on_push: true,
    merge_requests_author_approval: false,
    merge_requests_disable_committers_approval: true,
    disable_overriding_approvers_per_merge_request: true,
  };
  const rule: Partial<ProjectLevelApprovalRuleSchema> = {
    id: 1,
    name: 'All',
    approvals_required: 1,
    protected_branches: [],
  };
  const schedule = (cron: string): Partial<CondensedPipelineScheduleSchema> => ({
    ref: 'refs/heads/main',
    cron,
    active: true,
  });
  const project: Partial<ProjectSchema> = {
    id: 42,
    visibility: 'private',
    merge_method: 'merge',
    only_allow_merge_if_pipeline_succeeds: true,
  };
  return new Map<string, unknown>([
    [GITLAB_BASE, project],
    [`${GITLAB_BASE}/protected_branches`, [branch('main', 0), branch('ledger', 40)]],
    [`${GITLAB_BASE}/protected_tags`, [tag]],
    [`${GITLAB_BASE}/approvals`, approvals],
    [`${GITLAB_BASE}/approval_rules`, [rule]],
    [`${GITLAB_BASE}/pipeline_schedules`, [schedule('23 * * * 1-5'), schedule('41 5 * * *')]],
  ]);
}

function forgejo(): Answers {
  const main: BranchProtection & { readonly apply_to_admins: boolean } = {
    rule_name: 'main',
    enable_push: false,
    enable_merge_whitelist: true,
    merge_whitelist_teams: ['reviewers'],
    required_approvals: 1,
    dismiss_stale_approvals: true,
    block_on_rejected_reviews: true,
    block_on_outdated_branch: true,
    enable_status_check: true,
    status_check_contexts: ['review*'],
    apply_to_admins: true,
  };
  const ledger: BranchProtection = {
    rule_name: 'ledger',
    enable_push: true,
    enable_push_whitelist: true,
    push_whitelist_usernames: ['zivver-plans'],
  };
  const tag: TagProtection = { name_pattern: 'zivver-gitops/*', whitelist_usernames: ['zivver-plans'] };
  const secrets = ['ZIVVER_GITOPS_FORGE_TOKEN', 'PLAN_COMPANY_LDAP_PASSWORD', 'PLAN_COMPANY_ZIVVER_API_KEY', 'APPLY_COMPANY_ZIVVER_API_KEY', 'APPLY_COMPANY_ZIVVER_GITOPS_IDENTITY']; // prettier-ignore
  return new Map<string, unknown>([
    [FORGEJO_BASE, { id: 7, full_name: 'city/accounts', private: true, default_branch: 'main' }],
    [`${FORGEJO_BASE}/branch_protections`, [main, ledger]],
    [`${FORGEJO_BASE}/tag_protections`, [tag]],
    [`${FORGEJO_BASE}/actions/secrets`, secrets.map((name) => ({ name, created_at: '2026-11-01T08:00:00Z' }))],
  ]);
}

export const AZURE_KINDS = {
  reviewers: 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd',
  build: '0609b952-1397-4640-95ec-e00a01b2c241',
  included: 'fd2167ab-b0be-447a-8ec8-39368250530e',
};

function azure(): Answers {
  const policy = (id: string, settings: Row): PolicyConfiguration => ({
    type: { id },
    isEnabled: true,
    isBlocking: true,
    settings,
  });
  const secret = (...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, { isSecret: true, value: null }]));
  return new Map<string, unknown>([
    [`${AZURE_BASE}/git/repositories/accounts`, { id: 'r-1', name: 'accounts', project: { name: 'Accounts', visibility: 'private' } }], // prettier-ignore
    [
      `${AZURE_BASE}/git/policy/configurations`,
      {
        value: [
          policy(AZURE_KINDS.reviewers, {
            minimumApproverCount: 1,
            creatorVoteCounts: false,
            allowDownvotes: false,
            resetOnSourcePush: true,
            blockLastPusherVote: true,
          }),
          policy(AZURE_KINDS.build, { buildDefinitionId: 3, queueOnSourceUpdateOnly: false, validDuration: 0 }),
          policy(AZURE_KINDS.included, { requiredReviewerIds: ['g-1'], filenamePatterns: ['/desired/*'] }),
        ],
      },
    ],
    [
      `${AZURE_BASE}/distributedtask/variablegroups`,
      {
        value: [
          { name: 'zivver-plan-company', variables: secret('LDAP_PASSWORD', 'ZIVVER_API_KEY') },
          { name: 'zivver-apply-company', variables: secret('ZIVVER_API_KEY', 'ZIVVER_GITOPS_IDENTITY') },
        ],
      },
    ],
  ]);
}

const token = { ZIVVER_GITOPS_FORGE_TOKEN: SETTINGS_TOKEN };

export const SETTINGS_STORIES: readonly SettingsStory[] = [
  { kind: 'gitlab', repository: 'city/accounts', api: '/api/v4', environment: token, answers: gitlab },
  { kind: 'forgejo', repository: 'city/accounts', api: '/api/v1', environment: token, answers: forgejo },
  {
    kind: 'azure',
    repository: 'Accounts/accounts',
    api: '',
    environment: { SYSTEM_ACCESSTOKEN: SETTINGS_TOKEN },
    answers: azure,
  },
];
