import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../support/e2e/cli.ts';
import { REPOSITORY, startGithubStub, type GithubStub } from '../support/github-writes.ts';
import { runWorkflow, type RunResult } from '../support/pipelines/workflow-runner.ts';
import { alterBranch, failuresOf, mergeInto, writePeople } from '../support/pipelines/workflow-world.ts';
import { PipelineWorld } from '../support/pipelines/pipeline-world.ts';

const PLAN_BRANCH = 'zivver-gitops/plan-city-hospital';
const SECRETS = { pull: 'canary-pull-request-token', workflow: 'canary-workflow-token', ldap: 'canary-ldap-password' };

/** The scripts of the generated workflows, run by bash against a bare git remote, the sandbox and a stub of GitHub. */
describe.skipIf(process.platform !== 'linux')('the generated workflows', () => {
  const world = new PipelineWorld('workflows');
  const { folder, remote, clone, people, identity } = world;
  let github: GithubStub;

  const git = (...args: readonly string[]): string => world.git(...args);
  const tipOf = (branch: string): string => world.tipOf(branch);

  const start = (name: string, names: Readonly<Record<string, string>> = {}): Promise<RunResult> =>
    runWorkflow({
      workflow: readFileSync(path.join(clone, '.github/workflows', `${name}.yml`), 'utf8'),
      folder,
      names: {
        'matrix.organisation': 'city-hospital',
        'github.server_url': 'https://github.com',
        'github.repository': REPOSITORY,
        'github.ref_name': 'main',
        'github.token': SECRETS.workflow,
        'secrets.LDAP_PASSWORD': SECRETS.ldap,
        'secrets.ZIVVER_API_KEY': 'sandbox-token',
        'secrets.ZIVVER_GITOPS_FINGERPRINT_KEY': '',
        'secrets.ZIVVER_GITOPS_LEDGER_KEY': '',
        'secrets.ZIVVER_GITOPS_SMTP_PASSWORD': '',
        'secrets.ZIVVER_GITOPS_WEBHOOKS': '',
        'secrets.ZIVVER_GITOPS_PR_TOKEN': SECRETS.pull,
        'secrets.ZIVVER_GITOPS_IDENTITY': readFileSync(identity, 'utf8'),
        'inputs.bootstrap': '',
        'inputs.died': 'none',
        ...names,
      },
      environment: {
        PATH: `${path.join(folder, 'bin')}:${process.env['PATH']}`,
        HOME: folder,
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_API_URL: github.apiUrl,
        GITHUB_RUN_ID: '4711',
      },
      checkOut: async ({ ref }, target) => {
        execFileSync('git', ['clone', '-q', remote, target]);
        if (ref !== undefined) execFileSync('git', ['checkout', '-q', ref], { cwd: target });
        else mergeInto(target, 'origin/proposal');
      },
    });
  const review = (branch: string, headRepository = REPOSITORY): Promise<RunResult> => {
    execFileSync('git', ['update-ref', 'refs/heads/proposal', tipOf(branch)], { cwd: remote });
    return start('review', {
      'github.event.merge_group.base_sha': '',
      'github.event.pull_request.base.sha': tipOf('main'),
      'github.event.pull_request.head.sha': tipOf(branch),
      'github.event.pull_request.number': String(github.pulls.at(-1)?.number),
      'github.event.pull_request.head.repo.full_name': headRepository,
    });
  };

  beforeAll(async () => {
    github = await startGithubStub();
    await world.start('github');
  });

  afterAll(async () => {
    await world.close();
    await github.close();
  });

  it('open one pull request with the plan and nothing else', async () => {
    const run = await start('plan', { 'inputs.bootstrap': 'true' });
    expect(failuresOf(run)).toEqual([]);
    expect(github.pulls).toMatchObject([
      {
        number: 1,
        title: 'Plan 1 for city-hospital: 3 new accounts',
        head: { ref: PLAN_BRANCH },
        base: { ref: 'main' },
      },
    ]);
    expect(github.pulls[0]?.body).toContain('**May I approve?**');
    git('fetch', '-q');
    const authors = git('log', '-1', '--format=%an <%ae> %cn <%ce>', `origin/${PLAN_BRANCH}`);
    const author = 'zivver-bot <77+zivver-bot@users.noreply.github.com>';
    expect(authors).toBe(`${author} ${author}`);
    const files = git('diff', '--name-only', 'main', `origin/${PLAN_BRANCH}`).split('\n');
    expect(files.map((file) => file.replace(/\/0001-[0-9a-f]{8}\//, '/PLAN/'))).toEqual([
      'desired/city-hospital/users/anna@hospital.example.yaml',
      'desired/city-hospital/users/bram@hospital.example.yaml',
      'desired/city-hospital/users/celine@hospital.example.yaml',
      'plans/city-hospital/PLAN/plan.json',
      'plans/city-hospital/PLAN/plan.md',
    ]);
  });

  it('leave the pull request alone while the plan says the same', async () => {
    const before = { tip: tipOf(PLAN_BRANCH), writes: github.writes.length };
    const run = await start('plan', { 'inputs.bootstrap': 'true' });
    expect(run.step('Open or update the pull request').output).toContain('pull request #1 stays as it is');
    expect({ tip: tipOf(PLAN_BRANCH), writes: github.writes.length }).toEqual(before);
  });

  it('replace the plan in the same pull request when the directory has changed', async () => {
    const tip = tipOf(PLAN_BRANCH);
    writePeople(people, ['anna', 'bram', 'celine', 'dirk']);
    expect(failuresOf(await start('plan', { 'inputs.bootstrap': 'true' }))).toEqual([]);
    expect(tipOf(PLAN_BRANCH)).not.toBe(tip);
    expect(github.pulls).toMatchObject([{ title: 'Plan 1 for city-hospital: 4 new accounts', state: 'open' }]);
    expect(github.comments.map(({ body }) => body)).toEqual([expect.stringContaining('was replaced')]);
  });

  it('review it: proven, shown in one comment, labelled, with a summary and a page', async () => {
    const run = await review(PLAN_BRANCH);
    expect(failuresOf(run)).toEqual([]);
    expect(run.summary).toContain('# Plan 1 for');
    expect(readdirSync(path.join(run.workspace, 'report'))).toEqual([
      expect.stringMatching(/^city-hospital-0001-.*\.html$/),
    ]);
    const shown = github.comments.filter(({ body }) => body.includes('Verified:'));
    expect(shown).toHaveLength(1);
    expect(shown[0]?.body).toContain(`https://github.com/${REPOSITORY}/blob/${tipOf(PLAN_BRANCH)}/desired/`);
    expect(github.issues[0]?.labels).toEqual([{ name: 'zivver: new accounts' }]);
    const writes = github.writes.length;
    await review(PLAN_BRANCH);
    expect(github.writes).toHaveLength(writes);
  });

  it('review a pull request from a fork without writing anything', async () => {
    const writes = github.writes.length;
    const run = await review(PLAN_BRANCH, 'stranger/zivver-accounts');
    expect(run.steps.map(({ name, outcome }) => [name, outcome])).toContainEqual(['Comment', 'skipped']);
    expect(run.step('Verify').exitCode).toBe(0);
    expect(github.writes).toHaveLength(writes);
  });

  it('refuse a plan that comes with a relaxed limit, and one that was edited', async () => {
    const writes = github.writes.length;
    const file = 'desired/city-hospital/organisation.yaml';
    const relaxed = alterBranch(clone, {
      from: PLAN_BRANCH,
      branch: 'relaxed',
      file,
      change: (text) => `${text}limits: { suspend: { floor: 999 } }\n`,
    });
    expect((await review(relaxed)).step('Verify')).toMatchObject({ exitCode: 29 });
    const [plan = ''] = git('ls-tree', '-r', '--name-only', `origin/${PLAN_BRANCH}`, 'plans').split('\n');
    const edited = alterBranch(clone, {
      from: PLAN_BRANCH,
      branch: 'edited',
      file: plan.replace('plan.json', 'plan.md'),
      change: (text) => text.replace('4 new accounts', '1 new account'),
    });
    const run = await review(edited);
    expect(run.step('Verify')).toMatchObject({ exitCode: 29 });
    expect(run.step('Comment').outcome).toBe('skipped');
    expect(github.writes).toHaveLength(writes);
  });

  function commitSettings(file: string, text: string): void {
    writeFileSync(file, text);
    git('commit', '-q', '-a', '-m', 'Change the settings');
    git('push', '-q', 'origin', 'main');
  }

  it('apply it after the merge, and tell the pull request', async () => {
    git('checkout', '-q', 'main');
    git('merge', '-q', '--no-ff', '-m', 'Merge plan 1', `origin/${PLAN_BRANCH}`);
    git('push', '-q', 'origin', 'main');
    Object.assign(github.pulls[0] ?? {}, { state: 'closed', merged_at: '2026-11-24T08:00:00Z' });
    const run = await start('apply');
    expect(failuresOf(run)).toEqual([]);
    expect(world.sandbox.status()).toMatchObject({ users: 4, writes: 4 });
    expect(github.comments.at(-1)?.body).toMatch(/\*\*Plan `0001-[0-9a-f]{8}`: applied completely and confirmed\*\*/);
    expect(tipOf('ledger')).toMatch(/^[0-9a-f]{40}$/);
    const { stdout } = await callCli(clone, ['history', 'dirk@hospital.example'], {});
    expect(stdout).toMatch(/state +active since .* by plan 0001-[\s\S]*actions\/runs\/4711/);
  });

  it('do nothing when nothing is left to apply', async () => {
    const run = await start('apply');
    expect(run.steps.slice(-2).map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped']);
  });

  it('fail, and tell the pull request, when apply refuses', async () => {
    writePeople(people, ['anna', 'bram', 'celine', 'dirk', 'gijs']);
    expect(failuresOf(await start('plan'))).toEqual([]);
    git('fetch', '-q', 'origin');
    git('pull', '-q', '--ff-only', 'origin', 'main');
    git('merge', '-q', '--no-ff', '-m', 'Merge plan 2', `origin/${PLAN_BRANCH}`);
    Object.assign(github.pulls.at(-1) ?? {}, { state: 'closed', merged_at: '2026-11-24T09:00:00Z' });
    const settings = path.join(clone, 'desired/city-hospital/organisation.yaml');
    const before = readFileSync(settings, 'utf8');
    commitSettings(settings, `${before}# changed after the review\n`);
    const run = await start('apply');
    expect(run.step('Apply').exitCode).toBe(27);
    expect(run.step('Report to the pull request').outcome).toBe('success');
    commitSettings(settings, before);
    expect(failuresOf(await start('apply'))).toEqual([]);
    expect(world.sandbox.status()).toMatchObject({ users: 5 });
  });

  it('close the pull request when there is nothing to do any more', async () => {
    writePeople(people, ['anna', 'bram', 'celine', 'dirk', 'gijs', 'esra']);
    expect(failuresOf(await start('plan'))).toEqual([]);
    expect(github.pulls.at(-1)).toMatchObject({ title: 'Plan 3 for city-hospital: 1 new account', state: 'open' });
    writePeople(people, ['anna', 'bram', 'celine', 'dirk', 'gijs']);
    expect(failuresOf(await start('plan'))).toEqual([]);
    expect(github.pulls.at(-1)?.state).toBe('closed');
    expect(github.comments.at(-1)?.body).toContain('had nothing to do any more');
  });

  it('watch every day: silent if all is well, and one issue for what is not', async () => {
    const issues = github.issues.length;
    expect(failuresOf(await start('drift'))).toEqual([]);
    expect(github.issues).toHaveLength(issues);
    const anna = world.sandbox.accounts().find(({ address }) => address === 'anna@hospital.example');
    await fetch(`${world.sandbox.url}/Users/${anna?.id}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer sandbox-token' },
    });
    const run = await start('drift');
    expect(run.step('Compare Zivver with the branch').exitCode).toBe(50);
    expect(run.step('Verify the ledger').exitCode).toBe(0);
    expect(github.issues.slice(issues)).toMatchObject([
      { title: 'Zivver is not as approved: city-hospital', state: 'open', labels: [{ name: 'zivver-gitops' }] },
    ]);
    expect(github.issues.at(-1)?.body).toMatch(/Missing in Zivver\n +anna@hospital\.example/);
  });

  it('send each token only where it belongs, and print none', async () => {
    const run = await start('plan');
    expect([...github.tokens].sort()).toEqual([`Bearer ${SECRETS.pull}`, `Bearer ${SECRETS.workflow}`]);
    const said = run.steps.map(({ output }) => output).join('\n');
    for (const secret of [...Object.values(SECRETS), 'sandbox-token']) expect(said).not.toContain(secret);
    expect(readFileSync(path.join(run.workspace, '.git/config'), 'utf8')).not.toContain('canary');
  });
});
