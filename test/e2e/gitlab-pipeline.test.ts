import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callCli } from '../support/e2e/cli.ts';
import type { ForgeStub } from '../support/forge/forge-memory.ts';
import { PROJECT, startGitlabStub } from '../support/forge/gitlab-stub.ts';
import { runGitlabJob, type GitlabResult } from '../support/gitlab-runner.ts';
import { alterBranch, writePeople } from '../support/workflow-world.ts';
import { PipelineWorld } from '../support/pipeline-world.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PLAN_BRANCH = 'zivver-gitops/plan-city-hospital';
const FORGE_TOKEN = 'canary-forge-token';

/** The scripts of the generated GitLab pipeline, run by bash against a bare git remote and the sandbox. */
describe.skipIf(process.platform !== 'linux')('the generated GitLab pipeline', () => {
  const world = new PipelineWorld('gitlab');
  const { folder, remote, clone, people, identity } = world;
  let forge: ForgeStub;

  const git = (...args: readonly string[]): string => world.git(...args);
  const tipOf = (branch: string): string => world.tipOf(branch);

  const start = (
    job: string,
    ref: string,
    variables: Readonly<Record<string, string>> = {},
    project?: string,
  ): Promise<GitlabResult> =>
    runGitlabJob({
      ...(project === undefined ? {} : { project }),
      pipeline: readFileSync(path.join(clone, '.gitlab-ci.yml'), 'utf8'),
      job,
      ref,
      remote,
      folder,
      variables: {
        PATH: `${path.join(folder, 'bin')}:${process.env['PATH']}`,
        HOME: folder,
        CI_SERVER_URL: `file://${folder}`,
        CI_PROJECT_PATH: 'remote',
        CI_JOB_URL: 'https://gitlab.example/job/1',
        ORGANISATION: 'city-hospital',
        GITLAB_CI: 'true',
        CI_API_V4_URL: `${forge.url}/api/v4`,
        CI_PROJECT_ID: String(PROJECT),
        CI_PROJECT_URL: 'https://gitlab.example/city/accounts',
        // Protected: only jobs on protected branches get it.
        ...(job === 'review' ? {} : { ZIVVER_GITOPS_FORGE_TOKEN: FORGE_TOKEN }),
        ...variables,
      },
    });
  const plan = (variables: Readonly<Record<string, string>> = {}): Promise<GitlabResult> =>
    start('plan', 'origin/main', { ZIVVER_API_KEY: 'sandbox-token', ...variables });
  const review = (branch: string, project?: string): Promise<GitlabResult> =>
    start('review', `origin/${branch}`, { CI_MERGE_REQUEST_DIFF_BASE_SHA: tipOf('main') }, project);
  const apply = (): Promise<GitlabResult> =>
    start('apply', 'origin/main', {
      ZIVVER_API_KEY: 'sandbox-token',
      ZIVVER_GITOPS_IDENTITY: readFileSync(identity, 'utf8'),
    });

  const mergePlan = (number: number): void => {
    git('fetch', '-q');
    git('merge', '-q', '--no-ff', '-m', `Merge plan ${number}`, `origin/${PLAN_BRANCH}`);
    git('push', '-q', 'origin', 'main');
    const pull = forge.memory.pull(number);
    Object.assign(pull, { state: 'merged', mergeCommit: tipOf('main') });
  };

  beforeAll(async () => {
    forge = await startGitlabStub();
    await world.start('gitlab');
  });

  afterAll(async () => {
    await world.close();
    await forge.close();
  });

  it('plans, and opens one merge request with the review in a comment and its risks as labels', async () => {
    const run = await plan({ BOOTSTRAP: 'yes' });
    expect(run.exitCode, run.output).toBe(0);
    expect(run.output).toContain('Plan 1 for city-hospital: 3 new accounts');
    expect(forge.memory.pulls).toEqual([
      expect.objectContaining({ branch: PLAN_BRANCH, base: 'main', labels: ['zivver: new accounts'] }),
    ]);
    expect(forge.memory.pulls[0]?.comments.map(({ body }) => body)).toEqual([
      expect.stringContaining('anna@hospital.example'),
    ]);
    const tip = tipOf(PLAN_BRANCH);
    expect((await plan({ BOOTSTRAP: 'yes' })).output).toContain('Nothing changed');
    expect(tipOf(PLAN_BRANCH)).toBe(tip);
  });

  it('reviews it with the tool of the target branch, without any secret, and refuses one that was edited', async () => {
    git('fetch', '-q');
    const run = await review(PLAN_BRANCH);
    expect(run.exitCode, run.output).toBe(0);
    expect(readdirSync(path.join(run.project, 'report'))).toEqual([
      expect.stringMatching(/^city-hospital-0001-.*\.html$/),
    ]);
    const again = await review(PLAN_BRANCH, run.project);
    expect(again.exitCode, `a second time on the same runner: ${again.output}`).toBe(0);
    const file = git('ls-tree', '-r', '--name-only', `origin/${PLAN_BRANCH}`, 'plans').split('\n')[1] ?? '';
    const change = (text: string): string => text.replace('3 new accounts', '1 new account');
    const edited = await review(alterBranch(clone, { from: PLAN_BRANCH, branch: 'edited', file, change }));
    expect(edited.exitCode).toBe(29);
    expect(edited.output).toContain('error PLAN_REVIEW_DISAGREES');
  });

  it('applies what was merged, once, with a ledger and a history', async () => {
    mergePlan(1);
    const run = await apply();
    expect(forge.memory.pulls[0]?.comments.at(-1)?.body).toContain('applied completely and confirmed');
    expect(run.exitCode, run.output).toBe(0);
    expect(world.sandbox.status()).toMatchObject({ users: 3, writes: 3 });
    expect(tipOf('ledger')).toMatch(/^[0-9a-f]{40}$/);
    expect((await apply()).exitCode).toBe(0);
    expect(world.sandbox.status()).toMatchObject({ writes: 3 });
    const { stdout } = await callCli(clone, ['history', 'anna@hospital.example'], {});
    expect(stdout).toMatch(/state +active since .* by plan 0001-/);
    expect(stdout).toContain('https://gitlab.example/job/1');
    expect(run.output).not.toMatch(/canary|AGE-SECRET-KEY|sandbox-token/);
  });

  it('fails where apply refuses, with nothing written', async () => {
    writePeople(people, ['anna', 'bram', 'celine', 'dirk']);
    expect((await plan()).exitCode).toBe(0);
    git('fetch', '-q');
    mergePlan(2);
    const settings = path.join(clone, 'desired/city-hospital/organisation.yaml');
    writeFileSync(settings, `${readFileSync(settings, 'utf8')}# changed after the review\n`);
    git('commit', '-qam', 'Change the settings');
    git('push', '-q', 'origin', 'main');
    expect((await apply()).exitCode).toBe(27);
    expect(world.sandbox.status()).toMatchObject({ writes: 3 });
    expect(forge.memory.pulls[1]?.comments.at(-1)?.body).toContain('refused before the first write');
  });

  it('watches: one issue for what is not well, and the job fails', async () => {
    const run = await start('drift', 'origin/main', { ZIVVER_API_KEY: 'sandbox-token', DRIFT: 'yes' });
    expect(run.exitCode, run.output).toBe(1);
    expect(forge.memory.alarms.filter(({ isOpen }) => isOpen).map(({ title }) => title)).toContain(
      'A merged plan is not applied: city-hospital',
    );
    expect(forge.memory.alarms.map(({ body }) => body).join('')).not.toMatch(/canary|sandbox-token/);
    expect([...forge.memory.tokens]).toEqual([FORGE_TOKEN]);
  });
});
