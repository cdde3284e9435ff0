import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FORGES } from '../../src/model/forge/forges.ts';
import { checkForge } from '../../src/operations/doctor/forge/check-forge.ts';
import { buildQuestion, summarise } from '../support/doctor-question.ts';
import { callCli } from '../support/e2e/cli.ts';
import {
  AZURE_BASE,
  AZURE_KINDS,
  FORGEJO_BASE,
  GITLAB_BASE,
  SETTINGS_STORIES,
  SETTINGS_TOKEN,
  type Answers,
  type Row,
} from '../support/forge/good-settings.ts';
import { close, listen } from '../support/loopback-server.ts';

const LDAP = '[{ name: ad, ldap: { urls: [ldaps://dc1.company.org], user: svc, baseDn: "DC=company,DC=org" } }]';
const RECIPIENTS = `secrets: { recipients: [age1${'q'.repeat(58)}] }`;
const BRANCHES = `${GITLAB_BASE}/protected_branches`;
const RULES = `${FORGEJO_BASE}/branch_protections`;
const POLICIES = `${AZURE_BASE}/git/policy/configurations`;
const GROUPS = `${AZURE_BASE}/distributedtask/variablegroups`;

type Spoil = (answers: Answers) => void;
const at = (answers: Answers, place: string): Row => answers.get(place) as Row;
const rowOf = (answers: Answers, place: string, index = 0): Row => (answers.get(place) as Row[])[index] ?? {};
const set =
  (place: string, values: Row): Spoil =>
  (answers) =>
    Object.assign(at(answers, place), values);
const setRow =
  (place: string, values: Row, index = 0): Spoil =>
  (answers) =>
    Object.assign(rowOf(answers, place, index), values);
const setPolicy =
  (kind: string, values: Row, isPolicy = false): Spoil =>
  (answers) => {
    const found = (at(answers, POLICIES)['value'] as Row[]).find((one) => (one['type'] as Row)['id'] === kind) ?? {};
    Object.assign(isPolicy ? found : (found['settings'] as Row), values);
  };

const everybody = [{ access_level: 30 }];

/** What is set otherwise, and what the doctor says of it. */
const SPOILERS: Readonly<Record<string, readonly (readonly [what: string, spoil: Spoil, said: readonly string[]])[]>> =
  {
    gitlab: [
      [
        'the project is internal',
        set(GITLAB_BASE, { visibility: 'internal' }),
        ['forge.private failed REPOSITORY_PUBLIC'],
      ],
      [
        'merges are fast-forwards',
        set(GITLAB_BASE, { merge_method: 'ff' }),
        ['forge.mergeMethod failed MERGE_UNNAMED'],
      ],
      [
        'a red pipeline can be merged',
        set(GITLAB_BASE, { only_allow_merge_if_pipeline_succeeds: false }),
        ['forge.reviewCheck failed REVIEW_CHECK_OPTIONAL'],
      ],
      [
        'maintainers push',
        setRow(BRANCHES, { push_access_levels: [{ access_level: 40 }] }),
        ['forge.pullRequest failed PULL_REQUEST_OPTIONAL'],
      ],
      [
        'developers merge',
        setRow(BRANCHES, { merge_access_levels: everybody }),
        ['forge.merging failed ANYBODY_MERGES'],
      ],
      [
        'the branch can be forced',
        setRow(BRANCHES, { allow_force_push: true }),
        ['forge.forcePush failed FORCE_PUSH_ALLOWED'],
      ],
      [
        'another protection with a pattern lets the ledger be forced',
        (answers) =>
          (answers.get(BRANCHES) as Row[]).push({ name: 'led*', allow_force_push: true, push_access_levels: [] }),
        ['forge.ledger failed LEDGER_UNPROTECTED'],
      ],
      [
        'developers push the ledger',
        setRow(BRANCHES, { push_access_levels: everybody }, 1),
        ['forge.ledgerPush warned LEDGER_OPEN'],
      ],
      [
        'nothing is protected',
        (answers) => answers.set(BRANCHES, []),
        [
          'forge.pullRequest failed PULL_REQUEST_OPTIONAL',
          'forge.merging failed ANYBODY_MERGES',
          'forge.forcePush failed FORCE_PUSH_ALLOWED',
          'forge.ledger failed LEDGER_UNPROTECTED',
          'forge.ledgerPush warned LEDGER_OPEN',
        ],
      ],
      [
        'the tags are free',
        (answers) => answers.set(`${GITLAB_BASE}/protected_tags`, [{ name: 'v*', create_access_levels: everybody }]),
        ['forge.tags failed TAGS_UNPROTECTED'],
      ],
      [
        'no approval is asked for',
        setRow(`${GITLAB_BASE}/approval_rules`, { approvals_required: 0 }),
        ['forge.approvals failed APPROVALS_TOO_FEW'],
      ],
      [
        'the rule is for another branch',
        setRow(`${GITLAB_BASE}/approval_rules`, { protected_branches: [{ name: 'release/*' }] }),
        ['forge.approvals failed APPROVALS_TOO_FEW'],
      ],
      [
        'approvals stay',
        set(`${GITLAB_BASE}/approvals`, { reset_approvals_on_push: false }),
        ['forge.staleApprovals failed STALE_APPROVALS_COUNT'],
      ],
      [
        'committers approve',
        set(`${GITLAB_BASE}/approvals`, { merge_requests_disable_committers_approval: false }),
        ['forge.ownApproval failed OWN_APPROVAL_COUNTS'],
      ],
      [
        'rules can be edited',
        set(`${GITLAB_BASE}/approvals`, { disable_overriding_approvers_per_merge_request: false }),
        ['forge.approvalRules failed APPROVAL_RULES_LOOSE'],
      ],
      [
        'a schedule sleeps',
        setRow(`${GITLAB_BASE}/pipeline_schedules`, { active: false }),
        ['forge.schedule failed SCHEDULE_MISSING'],
      ],
    ],
    forgejo: [
      ['the repository is public', set(FORGEJO_BASE, { private: false }), ['forge.private failed REPOSITORY_PUBLIC']],
      ['people push', setRow(RULES, { enable_push: true }), ['forge.pullRequest failed PULL_REQUEST_OPTIONAL']],
      ['writers merge', setRow(RULES, { enable_merge_whitelist: false }), ['forge.merging failed ANYBODY_MERGES']],
      ['nobody need approve', setRow(RULES, { required_approvals: 0 }), ['forge.approvals failed APPROVALS_TOO_FEW']],
      [
        'approvals stay',
        setRow(RULES, { dismiss_stale_approvals: false }),
        ['forge.staleApprovals failed STALE_APPROVALS_COUNT'],
      ],
      [
        'objections do not block',
        setRow(RULES, { block_on_rejected_reviews: false }),
        ['forge.objections failed OBJECTIONS_IGNORED'],
      ],
      [
        'old branches merge',
        setRow(RULES, { block_on_outdated_branch: false }),
        ['forge.upToDate failed BRANCH_MAY_BE_BEHIND'],
      ],
      [
        'another check is asked for',
        setRow(RULES, { status_check_contexts: ['lint*'] }),
        ['forge.reviewCheck failed REVIEW_CHECK_OPTIONAL'],
      ],
      ['administrators go around', setRow(RULES, { apply_to_admins: false }), ['forge.bypass failed RULES_BYPASSABLE']],
      [
        'Gitea lets it be forced',
        setRow(RULES, { enable_force_push: true }),
        ['forge.forcePush failed FORCE_PUSH_ALLOWED'],
      ],
      [
        'everybody pushes the ledger',
        setRow(RULES, { enable_push_whitelist: false }, 1),
        ['forge.ledgerPush warned LEDGER_OPEN'],
      ],
      [
        'the ledger is not protected',
        (answers) => (answers.get(RULES) as Row[]).pop(),
        ['forge.ledger failed LEDGER_UNPROTECTED', 'forge.ledgerPush warned LEDGER_OPEN'],
      ],
      [
        'the tags are free',
        (answers) => answers.set(`${FORGEJO_BASE}/tag_protections`, []),
        ['forge.tags failed TAGS_UNPROTECTED'],
      ],
      [
        'a secret is missing',
        (answers) => (answers.get(`${FORGEJO_BASE}/actions/secrets`) as Row[]).pop(),
        ['forge.environmentSecret failed SECRET_ABSENT'],
      ],
    ],
    azure: [
      [
        'the project is public',
        set(`${AZURE_BASE}/git/repositories/accounts`, { project: { visibility: 'public' } }),
        ['forge.private failed REPOSITORY_PUBLIC'],
      ],
      [
        'no vote is needed',
        setPolicy(AZURE_KINDS.reviewers, { minimumApproverCount: 0 }),
        ['forge.approvals failed APPROVALS_TOO_FEW'],
      ],
      [
        'votes stay',
        setPolicy(AZURE_KINDS.reviewers, { resetOnSourcePush: false }),
        ['forge.staleApprovals failed STALE_APPROVALS_COUNT'],
      ],
      [
        'the last pusher votes',
        setPolicy(AZURE_KINDS.reviewers, { blockLastPusherVote: false }),
        ['forge.lastPush failed LAST_PUSH_UNAPPROVED'],
      ],
      [
        'the requestor votes',
        setPolicy(AZURE_KINDS.reviewers, { creatorVoteCounts: true }),
        ['forge.ownApproval failed OWN_APPROVAL_COUNTS'],
      ],
      [
        'rejections do not block',
        setPolicy(AZURE_KINDS.reviewers, { allowDownvotes: true }),
        ['forge.objections failed OBJECTIONS_IGNORED'],
      ],
      [
        'the named reviewers are optional',
        setPolicy(AZURE_KINDS.included, { isBlocking: false }, true),
        ['forge.codeOwners failed CODE_OWNERS_OPTIONAL'],
      ],
      [
        'the build is switched off',
        setPolicy(AZURE_KINDS.build, { isEnabled: false }, true),
        ['forge.reviewCheck failed REVIEW_CHECK_OPTIONAL', 'forge.upToDate failed BRANCH_MAY_BE_BEHIND'],
      ],
      [
        'a build stays good for 12 hours',
        setPolicy(AZURE_KINDS.build, { validDuration: 720 }),
        ['forge.upToDate failed BRANCH_MAY_BE_BEHIND'],
      ],
      [
        'a password is no secret',
        (answers) => {
          const [group = {}] = at(answers, GROUPS)['value'] as Row[];
          Object.assign((group['variables'] as Row)['LDAP_PASSWORD'] as Row, { isSecret: false });
        },
        ['forge.environmentSecret failed SECRET_ABSENT'],
      ],
    ],
  };

let url: string;
let answers: Answers;
let refused: string | null;
const asked: { readonly method: string; readonly token: string }[] = [];

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
  const { authorization, 'private-token': own } = request.headers;
  asked.push({ method: request.method ?? '', token: String(own ?? authorization) });
  const place = decodeURIComponent(pathname);
  const found = answers.get(place);
  const shown = Array.isArray(found) && Number(searchParams.get('page') ?? 1) > 1 ? [] : found;
  const status = place === refused ? 403 : shown === undefined ? 404 : 200;
  const body = status === 200 ? shown : { message: `canary of ${place}` };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});

beforeAll(async () => {
  url = `http://127.0.0.1:${await listen(server)}`;
});
afterAll(() => close(server));

describe.each(SETTINGS_STORIES)('the settings on $kind', ({ kind, repository, api, environment, answers: tell }) => {
  beforeEach(() => {
    answers = tell();
    refused = null;
    asked.length = 0;
  });

  const reviews = () =>
    `approval: { reviews: { forge: ${kind}, repository: "${repository}", apiUrl: "${url}${api}" } }`;
  const examine = () => checkForge(buildQuestion({ sources: LDAP, more: `${reviews()}\n${RECIPIENTS}`, environment }));
  const faults = async () => summarise(await examine()).filter((said) => !said.startsWith('forge.limits'));

  it('as the checklist says are fine, read with GET only, and what is not read is said', async () => {
    const checks = await examine();
    expect(summarise(checks)).toEqual(FORGES[kind].limits.map(() => 'forge.limits warned REVIEWS_LIMITED'));
    expect(checks.filter(({ status }) => status === 'unknown').map(({ id }) => id)).toEqual(['forge.settings']);
    expect(checks.filter(({ status }) => status === 'passed').length).toBeGreaterThan(8);
    expect(asked.every(({ method, token }) => method === 'GET' && token.endsWith(SETTINGS_TOKEN))).toBe(true);
  });

  it.each(SPOILERS[kind] ?? [])('are told where %s', async (_what, spoil, said) => {
    spoil(answers);
    expect(await faults()).toEqual(said);
  });

  it('that cannot be read are unknown, never passed, and no answer is quoted', async () => {
    const whole = await examine();
    const first = [...answers.keys()][0];
    for (const place of [...answers.keys()].filter((one) => one !== first)) {
      refused = place;
      const checks = await examine();
      const changed = checks.filter(({ status }, index) => status !== whole[index]?.status);
      expect(changed.length, place).toBeGreaterThan(0);
      for (const { status, what } of changed) {
        expect(status).toBe('unknown');
        expect(what).toContain('status 403');
      }
      expect(JSON.stringify(checks)).not.toContain('canary');
    }
  });

  it('on the built program end 3 where one is wrong and 0 where all are right', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'doctor-forges-'));
    try {
      await execa('git', ['init', '-q', '-b', 'main', folder]);
      mkdirSync(path.join(folder, 'desired/company'), { recursive: true });
      const zivver = 'zivver: { url: https://zivver.invalid/api/scim/v2, claimedDomains: [company.org] }';
      const text = `${zivver}\nsources: ${LDAP}\n${reviews()}\n${RECIPIENTS}\n`;
      writeFileSync(path.join(folder, 'desired/company/organisation.yaml'), text);
      const good = await callCli(folder, ['doctor', '--forge'], environment);
      expect([good.exitCode, good.stderr.includes('error')], good.stdout + good.stderr).toEqual([0, false]);
      expect(good.stdout.split('\n')[0]).toBe(`Settings on ${FORGES[kind].name}`);
      (SPOILERS[kind] ?? [])[0]?.[1](answers);
      const wrong = await callCli(folder, ['doctor', '--forge', '--json'], environment);
      expect(wrong.exitCode).toBe(3);
      expect(wrong.stdout).toContain('"code": "REPOSITORY_PUBLIC"');
      for (const { stdout, stderr } of [good, wrong]) expect(stdout + stderr).not.toContain(SETTINGS_TOKEN);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
