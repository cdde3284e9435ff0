import type { Check } from '../../check.ts';
import type { GithubSettings } from './github-settings.ts';
import { flagAt, listAt, textAt, valueAt } from '../../../../adapters/forge/settings/setting-values.ts';
import type { Setting } from '../../../../model/forge/setting.ts';
import { judgeOn } from '../judge-setting.ts';

const judgeSetting = judgeOn('github');

const PLACE = 'In Settings, Actions, General,';
const FORK_SECRETS = 'send_secrets_and_variables';

/** What workflows may do, whoever wrote them. */
export async function checkGithubActions(
  settings: GithubSettings,
  isPrivate: boolean | null,
): Promise<readonly Check[]> {
  return [
    ...(await checkAllowedActions(settings)),
    await checkWorkflowToken(settings),
    isPrivate === false ? await checkPublicForks(settings) : await checkPrivateForks(settings),
  ];
}

async function checkAllowedActions(settings: GithubSettings): Promise<readonly Check[]> {
  const answer = await settings.read('/actions/permissions', 'Administration');
  const allowed: Setting = {
    id: 'forge.allowedActions',
    subject: '',
    good: 'only actions by GitHub',
    bad: 'actions of strangers may run here',
    code: 'ACTIONS_UNLIMITED',
    fix: `${PLACE} choose “Allow … select non-… actions” and tick only “Allow actions created by GitHub”.`,
  };
  const pinned: Setting = {
    id: 'forge.pinnedActions',
    subject: '',
    good: 'must be pinned to a full commit',
    bad: 'may be named by a tag, which can be moved to other code',
    code: 'ACTIONS_UNPINNED',
    fix: `${PLACE} set “Require actions to be pinned to a full-length commit SHA”.`,
  };
  if (!answer.isKnown) return [judgeSetting(allowed, null, answer.why), judgeSetting(pinned, null, answer.why)];
  return [
    await judgeAllowed(settings, allowed, answer.data),
    judgeSetting(pinned, flagAt(answer.data, 'sha_pinning_required')),
  ];
}

async function judgeAllowed(settings: GithubSettings, setting: Setting, data: unknown): Promise<Check> {
  if (flagAt(data, 'enabled') === false)
    return judgeSetting({ ...setting, bad: 'Actions are off: nothing runs', fix: `${PLACE} allow Actions.` }, false);
  const allowed = textAt(data, 'allowed_actions');
  if (allowed === 'local_only')
    return judgeSetting({ ...setting, bad: 'not even actions by GitHub may run, such as checkout' }, false);
  if (allowed !== 'selected') return judgeSetting(setting, allowed === undefined ? null : false);
  const answer = await settings.read('/actions/permissions/selected-actions', 'Administration');
  if (!answer.isKnown) return judgeSetting(setting, null, answer.why);
  const details = listAt(answer.data, 'patterns_allowed').map((pattern) => `allowed by pattern: ${String(pattern)}`);
  const strangers = [
    ...(flagAt(answer.data, 'verified_allowed') === true ? ['allowed: verified creators'] : []),
    ...details,
  ];
  const isGithub = flagAt(answer.data, 'github_owned_allowed');
  return judgeSetting(
    { ...setting, details: strangers },
    isGithub === null ? null : isGithub && strangers.length === 0,
  );
}

async function checkWorkflowToken(settings: GithubSettings): Promise<Check> {
  const answer = await settings.read('/actions/permissions/workflow', 'Administration');
  const setting: Setting = {
    id: 'forge.workflowToken',
    subject: '',
    good: 'reads only, and cannot approve pull requests',
    bad: 'can write unless a workflow says otherwise, or approve pull requests',
    code: 'WORKFLOW_TOKEN_STRONG',
    fix: `${PLACE} set “Read repository contents and packages permissions”, and do not allow Actions to approve pull requests.`,
  };
  if (!answer.isKnown) return judgeSetting(setting, null, answer.why);
  const rights = textAt(answer.data, 'default_workflow_permissions');
  const approves = flagAt(answer.data, 'can_approve_pull_request_reviews');
  return judgeSetting(setting, rights === undefined || approves === null ? null : rights === 'read' && !approves);
}

async function checkPublicForks(settings: GithubSettings): Promise<Check> {
  const answer = await settings.read('/actions/permissions/fork-pr-contributor-approval', 'Administration');
  if (!answer.isKnown) return judgeSetting(FORKS, null, answer.why);
  const policy = textAt(answer.data, 'approval_policy');
  return judgeSetting(FORKS, policy === undefined ? null : policy === 'all_external_contributors');
}

/** Forks of a private repository have settings of their own. */
async function checkPrivateForks(settings: GithubSettings): Promise<Check> {
  const answer = await settings.read('/actions/permissions/fork-pr-workflows-private-repos', 'Administration');
  if (!answer.isKnown) return judgeSetting(FORKS, null, answer.why);
  const { data } = answer;
  const runs = flagAt(data, 'run_workflows_from_fork_pull_requests');
  if (runs === null) return judgeSetting(FORKS, null);
  const isMild =
    flagAt(data, 'send_write_tokens_to_workflows') === false &&
    valueAt(data, FORK_SECRETS) === false &&
    flagAt(data, 'require_approval_for_fork_pr_workflows') === true;
  return judgeSetting(FORKS, !runs || isMild);
}

const FORKS: Setting = {
  id: 'forge.forks',
  subject: '',
  good: 'their workflows wait for approval, without secrets and write tokens',
  bad: 'workflows of a fork run without approval, or with more than they may know',
  code: 'FORKS_TRUSTED',
  fix: `${PLACE} require approval for workflows of all outside collaborators, and send them no secrets and no write tokens.`,
};
