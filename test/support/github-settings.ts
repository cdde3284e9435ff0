/** Settings of a repository as GitHub's REST API (2022-11-28) sends them, all as the checklist wants them. */
import { REPOSITORY } from './github-shapes.ts';

const REPOSITORY_URL = `https://api.github.com/repos/${REPOSITORY}`;

/** Path below the repository → body. */
export function buildSettings(organisation: string): Map<string, Record<string, unknown> | unknown[]> {
  const plan = `zivver-plan-${organisation}`;
  const apply = `zivver-apply-${organisation}`;
  return new Map<string, Record<string, unknown> | unknown[]>([
    [
      '',
      {
        id: 811_204,
        name: 'zivver',
        full_name: REPOSITORY,
        private: true,
        visibility: 'private',
        default_branch: 'main',
      },
    ],
    ['/branches/main/protection', unprotected()],
    ['/branches/ledger/protection', unprotected()],
    ['/rules/branches/main', [pullRequestRule(), statusRule(), rule('non_fast_forward'), rule('deletion')]],
    ['/rules/branches/ledger', [rule('non_fast_forward', 12), rule('deletion', 12), rule('update', 12)]],
    ['/rulesets/11', ruleset(11, 'main')],
    ['/rulesets/12', ruleset(12, 'ledger')],
    ['/environments', { total_count: 2, environments: [environment(plan), environment(apply)] }],
    [`/environments/${plan}/deployment-branch-policies`, policies('main')],
    [`/environments/${apply}/deployment-branch-policies`, policies('main')],
    [`/environments/${plan}/secrets`, secrets('LDAP_PASSWORD', 'ZIVVER_API_KEY', 'ZIVVER_GITOPS_PR_TOKEN')],
    [`/environments/${apply}/secrets`, secrets('ZIVVER_API_KEY', 'ZIVVER_GITOPS_IDENTITY')],
    ['/actions/secrets', secrets('UNRELATED')],
    ['/actions/organization-secrets', secrets()],
    [
      '/actions/permissions',
      {
        enabled: true,
        allowed_actions: 'selected',
        selected_actions_url: `${REPOSITORY_URL}/actions/permissions/selected-actions`,
        sha_pinning_required: true,
      },
    ],
    [
      '/actions/permissions/selected-actions',
      { github_owned_allowed: true, verified_allowed: false, patterns_allowed: [] },
    ],
    [
      '/actions/permissions/workflow',
      { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false },
    ],
    [
      '/actions/permissions/fork-pr-workflows-private-repos',
      {
        run_workflows_from_fork_pull_requests: true,
        send_write_tokens_to_workflows: false,
        send_secrets_and_variables: false,
        require_approval_for_fork_pr_workflows: true,
      },
    ],
    ['/actions/permissions/fork-pr-contributor-approval', { approval_policy: 'all_external_contributors' }],
  ]);
}

export function rule(type: string, ruleset_id = 11, parameters?: object) {
  return {
    type,
    ...(parameters === undefined ? {} : { parameters }),
    ruleset_source_type: 'Repository',
    ruleset_source: REPOSITORY,
    ruleset_id,
  };
}

export function pullRequestRule(parameters: object = {}) {
  return rule('pull_request', 11, {
    required_approving_review_count: 1,
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: true,
    require_last_push_approval: true,
    required_review_thread_resolution: false,
    allowed_merge_methods: ['merge', 'squash', 'rebase'],
    ...parameters,
  });
}

export function statusRule(parameters: object = {}) {
  return rule('required_status_checks', 11, {
    strict_required_status_checks_policy: true,
    do_not_enforce_on_create: false,
    required_status_checks: [{ context: 'review', integration_id: 15_368 }],
    ...parameters,
  });
}

/** The older way: branch protection, with everything on. */
export function buildProtection(change: object = {}) {
  return {
    url: `${REPOSITORY_URL}/branches/main/protection`,
    required_status_checks: {
      strict: true,
      contexts: ['review'],
      checks: [{ context: 'review', app_id: 15_368 }],
    },
    required_pull_request_reviews: {
      dismiss_stale_reviews: true,
      require_code_owner_reviews: true,
      require_last_push_approval: true,
      required_approving_review_count: 1,
    },
    enforce_admins: { url: `${REPOSITORY_URL}/branches/main/protection/enforce_admins`, enabled: true },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
    ...change,
  };
}

export function secrets(...names: readonly string[]) {
  const times = { created_at: '2026-11-01T08:00:00Z', updated_at: '2026-11-01T08:00:00Z' };
  return { total_count: names.length, secrets: names.map((name) => ({ name, ...times })) };
}

export function policies(...names: readonly string[]) {
  const branch_policies = names.map((name, id) => ({ id, node_id: `GBP_${id}`, name, type: 'branch' }));
  return { total_count: names.length, branch_policies };
}

export function environment(
  name: string,
  policy: object | null = { protected_branches: false, custom_branch_policies: true },
) {
  return {
    id: name.length,
    node_id: `EN_${name.length}`,
    name,
    url: `${REPOSITORY_URL}/environments/${name}`,
    protection_rules: policy === null ? [] : [{ id: 1, node_id: 'GA_1', type: 'branch_policy' }],
    deployment_branch_policy: policy,
  };
}

function ruleset(id: number, name: string) {
  return {
    id,
    name,
    target: 'branch',
    source_type: 'Repository',
    source: REPOSITORY,
    enforcement: 'active',
    bypass_actors: [],
    current_user_can_bypass: 'never',
  };
}

function unprotected() {
  return {
    status: 404,
    message: 'Branch not protected',
    documentation_url: 'https://docs.github.com/rest/branches/branch-protection#get-branch-protection',
  };
}
