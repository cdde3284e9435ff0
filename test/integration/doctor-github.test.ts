import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkGithub } from '../../src/operations/doctor/forge/github/check-github.ts';
import type { Check } from '../../src/operations/doctor/check.ts';
import { renderChecks } from '../../src/operations/doctor/render-checks.ts';
import { buildQuestion, summarise } from '../support/doctor-question.ts';
import { callCli } from '../support/e2e/cli.ts';
import {
  buildProtection,
  buildSettings,
  environment,
  policies,
  pullRequestRule,
  rule,
  secrets,
  statusRule,
} from '../support/github-settings.ts';
import { REPOSITORY } from '../support/github-shapes.ts';
import { startGithubStub, type GithubStub } from '../support/github-stub.ts';

const TOKEN = 'ghs_CanaryOfTheToken9d02';
const LDAP = '[{ name: ad, ldap: { urls: [ldaps://dc1.company.org], user: svc, baseDn: "DC=company,DC=org" } }]';
const RECIPIENT = `age1${'q'.repeat(58)}`;
const PLAN = '/environments/zivver-plan-company';
const APPLY = '/environments/zivver-apply-company';
const MAIN = '/rules/branches/main';
const RIGHTS = /needs “(Metadata|Administration|Actions|Environments|Secrets): read”/;

/** What is set otherwise: paths and their answers. */
type Spoiled = Readonly<Record<string, unknown>>;

const SPOILERS: Readonly<Record<string, [Spoiled, string[]]>> = {
  'a public repository': [{ '': { private: false } }, ['forge.private failed REPOSITORY_PUBLIC']],
  'a branch without rules': [
    { [MAIN]: [] },
    [
      'forge.pullRequest failed PULL_REQUEST_OPTIONAL',
      'forge.approvals failed APPROVALS_TOO_FEW',
      'forge.staleApprovals failed STALE_APPROVALS_COUNT',
      'forge.lastPush failed LAST_PUSH_UNAPPROVED',
      'forge.codeOwners failed CODE_OWNERS_OPTIONAL',
      'forge.reviewCheck failed REVIEW_CHECK_OPTIONAL',
      'forge.upToDate failed BRANCH_MAY_BE_BEHIND',
      'forge.forcePush failed FORCE_PUSH_ALLOWED',
    ],
  ],
  'no approval': [withReviews({ required_approving_review_count: 0 }), ['forge.approvals failed APPROVALS_TOO_FEW']],
  'approvals that outlive a push': [
    withReviews({ dismiss_stale_reviews_on_push: false }),
    ['forge.staleApprovals failed STALE_APPROVALS_COUNT'],
  ],
  'a last push nobody approves': [
    withReviews({ require_last_push_approval: false }),
    ['forge.lastPush failed LAST_PUSH_UNAPPROVED'],
  ],
  'approvals by anybody': [
    withReviews({ require_code_owner_review: false }),
    ['forge.codeOwners failed CODE_OWNERS_OPTIONAL'],
  ],
  'another required check': [
    withStatus({ required_status_checks: [{ context: 'lint' }] }),
    ['forge.reviewCheck failed REVIEW_CHECK_OPTIONAL'],
  ],
  'branches that are behind': [
    withStatus({ strict_required_status_checks_policy: false }),
    ['forge.upToDate failed BRANCH_MAY_BE_BEHIND'],
  ],
  'force pushes': [
    { [MAIN]: [pullRequestRule(), statusRule(), rule('deletion')] },
    ['forge.forcePush failed FORCE_PUSH_ALLOWED'],
  ],
  'a bypass for administrators': [
    { '/rulesets/11': { name: 'main', bypass_actors: [{ actor_id: 5, actor_type: 'RepositoryRole' }] } },
    ['forge.bypass failed RULES_BYPASSABLE'],
  ],
  'a protection that administrators may ignore': [
    { '/branches/main/protection': buildProtection({ enforce_admins: { enabled: false } }) },
    ['forge.bypass failed RULES_BYPASSABLE'],
  ],
  'a ledger that can be rewritten': [
    { '/rules/branches/ledger': [rule('deletion', 12), rule('update', 12)] },
    ['forge.ledger failed LEDGER_UNPROTECTED'],
  ],
  'a ledger anybody can add to': [
    { '/rules/branches/ledger': [rule('deletion', 12), rule('non_fast_forward', 12)] },
    ['forge.ledgerPush warned LEDGER_OPEN'],
  ],
  'no environment for apply': [
    { '/environments': { total_count: 1, environments: [environment('zivver-plan-company')] } },
    ['forge.environment failed ENVIRONMENT_MISSING'],
  ],
  'an environment for every branch': [
    {
      '/environments': {
        total_count: 2,
        environments: [environment('zivver-plan-company'), environment('zivver-apply-company', null)],
      },
    },
    ['forge.environmentBranch failed ENVIRONMENT_UNLIMITED'],
  ],
  'an environment for another branch too': [
    { [`${APPLY}/deployment-branch-policies`]: policies('main', 'release/*') },
    ['forge.environmentBranch failed ENVIRONMENT_UNLIMITED'],
  ],
  'a secret that is missing': [
    { [`${PLAN}/secrets`]: secrets('LDAP_PASSWORD', 'ZIVVER_API_KEY') },
    ['forge.environmentSecret failed SECRET_ABSENT'],
  ],
  'the identity where plans are made': [
    {
      [`${PLAN}/secrets`]: secrets(
        ...['LDAP_PASSWORD', 'ZIVVER_API_KEY', 'ZIVVER_GITOPS_PR_TOKEN', 'ZIVVER_GITOPS_IDENTITY'],
      ),
    },
    ['forge.environmentSecret failed SECRET_MISPLACED'],
  ],
  'the key for the whole repository': [
    { '/actions/secrets': secrets('ZIVVER_API_KEY') },
    ['forge.repositorySecret failed SECRET_MISPLACED'],
  ],
  'the key for the whole organisation': [
    { '/actions/organization-secrets': secrets('ZIVVER_API_KEY') },
    ['forge.repositorySecret failed SECRET_MISPLACED'],
  ],
  'all actions': [
    { '/actions/permissions': { enabled: true, allowed_actions: 'all', sha_pinning_required: true } },
    ['forge.allowedActions failed ACTIONS_UNLIMITED'],
  ],
  'actions by pattern': [
    {
      '/actions/permissions/selected-actions': {
        github_owned_allowed: true,
        verified_allowed: false,
        patterns_allowed: ['stranger/*'],
      },
    },
    ['forge.allowedActions failed ACTIONS_UNLIMITED'],
  ],
  'actions by tag': [
    { '/actions/permissions': { enabled: true, allowed_actions: 'selected', sha_pinning_required: false } },
    ['forge.pinnedActions failed ACTIONS_UNPINNED'],
  ],
  'a workflow token that writes': [
    {
      '/actions/permissions/workflow': {
        default_workflow_permissions: 'write',
        can_approve_pull_request_reviews: false,
      },
    },
    ['forge.workflowToken failed WORKFLOW_TOKEN_STRONG'],
  ],
  'a workflow token that approves': [
    {
      '/actions/permissions/workflow': { default_workflow_permissions: 'read', can_approve_pull_request_reviews: true },
    },
    ['forge.workflowToken failed WORKFLOW_TOKEN_STRONG'],
  ],
  'forks that get secrets': [
    {
      '/actions/permissions/fork-pr-workflows-private-repos': {
        run_workflows_from_fork_pull_requests: true,
        send_write_tokens_to_workflows: false,
        send_secrets_and_variables: true,
        require_approval_for_fork_pr_workflows: true,
      },
    },
    ['forge.forks failed FORKS_TRUSTED'],
  ],
};

function withReviews(parameters: object): Spoiled {
  return { [MAIN]: [pullRequestRule(parameters), statusRule(), rule('non_fast_forward'), rule('deletion')] };
}

function withStatus(parameters: object): Spoiled {
  return { [MAIN]: [pullRequestRule(), statusRule(parameters), rule('non_fast_forward'), rule('deletion')] };
}

describe('doctor --forge', () => {
  let stub: GithubStub;

  beforeAll(async () => {
    stub = await startGithubStub();
  });

  beforeEach(() => {
    stub.settings = buildSettings('company');
    stub.requests.length = 0;
    stub.fault = () => false;
  });

  afterAll(() => stub.close());

  const examine = (sealing = ''): Promise<readonly Check[]> =>
    checkGithub(
      buildQuestion({
        sources: LDAP,
        more: `approval: { reviews: { forge: github, repository: ${REPOSITORY}, apiUrl: "${stub.url}" } }\nsecrets: { recipients: [${RECIPIENT}]${sealing} }`,
        environment: { GITHUB_TOKEN: TOKEN },
      }),
    );

  it('passes every setting of the checklist, with GET alone', async () => {
    const checks = await examine();
    expect(checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(checks).toHaveLength(24);
    expect(new Set(stub.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(new Set(stub.requests.map(({ url }) => url)).size).toBe(stub.requests.length);
  });

  it('takes branch protection, the older way, as well', async () => {
    stub.settings.set(MAIN, []);
    stub.settings.set('/branches/main/protection', buildProtection());
    expect(summarise(await examine())).toEqual([]);
  });

  it.each(Object.entries(SPOILERS))('finds %s, with its cure', async (_, [spoiled, found]) => {
    for (const [where, answer] of Object.entries(spoiled)) stub.settings.set(where, answer);
    const checks = await examine();
    expect(summarise(checks)).toEqual(found);
    for (const { diagnosis, status } of checks)
      if (status === 'failed') expect(diagnosis?.fix.length).toBeGreaterThan(20);
  });

  it.each([
    ['/branches/main/protection', 404],
    ['/rules/branches/main', 403],
    ['/rules/branches/ledger', 403],
    ['/rulesets/11', 404],
    ['/environments', 403],
    [`${APPLY}/deployment-branch-policies`, 404],
    [`${PLAN}/secrets`, 403],
    ['/actions/secrets', 403],
    ['/actions/organization-secrets', 404],
    ['/actions/permissions', 403],
    ['/actions/permissions/selected-actions', 404],
    ['/actions/permissions/workflow', 403],
    ['/actions/permissions/fork-pr-workflows-private-repos', 403],
  ])('%s with status %i is unknown, never passed, and names the right', async (where, status) => {
    const before = await examine();
    stub.settings.set(where, { status, message: 'Resource not accessible by personal access token' });
    const checks = await examine();
    const changed = checks.filter(
      (check, index) => before[index]?.status !== check.status || checks.length < before.length,
    );
    const unknown = checks.filter((check) => check.status === 'unknown');
    expect(unknown.length).toBeGreaterThan(0);
    expect(changed.every((check) => check.status === 'unknown' || check.status === 'passed')).toBe(true);
    expect(summarise(checks)).toEqual([]);
    for (const { what } of unknown) expect(what).toMatch(/rulesets?\b.*Administration: write|needs “/);
    if (where !== '/rulesets/11') expect(unknown.some(({ what }) => RIGHTS.test(what))).toBe(true);
    expect(renderChecks(checks, { width: 100, color: false })).toMatch(/^\? \d+ passed, \d+ unknown$/m);
  });

  it('asks for the fingerprint key where mobile numbers are sealed', async () => {
    const found = await examine(', seal: [ssoKey, mobile], fingerprintKey: "5f0c2a"');
    expect(summarise(found)).toEqual(['forge.environmentSecret failed SECRET_ABSENT']);
    expect(found.find(({ status }) => status === 'failed')?.what).toBe('lacks ZIVVER_GITOPS_FINGERPRINT_KEY');
  });

  it('believes no list that is not whole, and no rule that an unread place could lift', async () => {
    stub.settings.set('/actions/secrets', { ...secrets('OTHER'), total_count: 101 });
    stub.settings.set('/rulesets/11', { id: 11, name: 'main' });
    expect((await examine()).filter(({ status }) => status === 'unknown').map(({ id }) => id)).toEqual([
      'forge.bypass',
      'forge.repositorySecret',
    ]);
  });

  it('with a token that is refused says so and nothing else', async () => {
    stub.settings.set('', { status: 401, message: 'Bad credentials' });
    expect(summarise(await examine())).toEqual(['forge.connection failed GITHUB_TOKEN_REFUSED']);
    stub.fault = (response) => {
      response.destroy();
      return true;
    };
    stub.settings.clear();
    expect(summarise(await examine())).toEqual(['forge.connection failed GITHUB_UNREACHABLE']);
  });

  it('on the built program exits 3 for a wrong setting, 0 for right ones, as JSON too, and never shows the token', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'doctor-github-'));
    try {
      await execa('git', ['init', '-q', '-b', 'main', folder]);
      mkdirSync(path.join(folder, 'desired/company'), { recursive: true });
      writeFileSync(
        path.join(folder, 'desired/company/organisation.yaml'),
        `zivver: { url: https://zivver.invalid/api/scim/v2, claimedDomains: [company.org] }\nsources: ${LDAP}\napproval: { reviews: { forge: github, repository: ${REPOSITORY}, apiUrl: "${stub.url}" } }\n`,
      );
      const call = (...args: string[]) => callCli(folder, ['doctor', '--forge', ...args], { GITHUB_TOKEN: TOKEN });
      const good = await call();
      expect([good.exitCode, good.stderr.includes('error')]).toEqual([0, false]);
      stub.settings.set('/actions/secrets', secrets('ZIVVER_API_KEY'));
      const wrong = await call('--json');
      expect(wrong.exitCode).toBe(3);
      expect(JSON.parse(wrong.stdout)).toMatchObject({ ok: false, exitCode: 3 });
      expect(wrong.stdout).toContain('"code": "SECRET_MISPLACED"');
      for (const { stdout, stderr } of [good, wrong]) expect(stdout + stderr).not.toContain(TOKEN);
      const none = await callCli(folder, ['doctor', '--forge'], { GITHUB_TOKEN: undefined });
      expect([none.exitCode, none.code]).toEqual([3, 'CONFIGURATION_SECRET_MISSING']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
