import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../support/e2e/cli.ts';
import type { ForgeStub } from '../support/forge/forge-memory.ts';
import { AZURE_HOST } from '../support/pipelines/azure-host.ts';
import { FORGEJO_HOST } from '../support/pipelines/forgejo-host.ts';
import { GITLAB_HOST } from '../support/pipelines/gitlab-host.ts';
import { SECRETS, type JobRequest, type JobResult } from '../support/pipelines/pipeline-host.ts';
import { PipelineWorld } from '../support/pipelines/pipeline-world.ts';
import { alterBranch, writePeople } from '../support/pipelines/workflow-world.ts';

const PLAN_BRANCH = 'zivver-gitops/plan-city-hospital';
/** What the log of a runner would take for a command. */
const HOSTILE = '##vso[task.setvariable variable=ORGANISATION]town-hall';

/** The scripts of the generated pipelines, run by bash against a bare git remote, the sandbox and a stub of the forge. */
describe.skipIf(process.platform !== 'linux').each([GITLAB_HOST, FORGEJO_HOST, AZURE_HOST])(
  'the generated pipelines of $kind',
  (host) => {
    const world = new PipelineWorld(host.kind);
    const { clone, people } = world;
    let forge: ForgeStub;
    let said = '';

    const git = (...args: readonly string[]): string => world.git(...args);
    const start = async (request: JobRequest): Promise<JobResult> => {
      const result = await host.run(world, forge, request);
      said += result.output;
      return result;
    };
    const lastPull = () => forge.memory.pulls.at(-1);

    const mergePlan = (number: number): void => {
      git('fetch', '-q');
      git('merge', '-q', '--no-ff', '-m', `Merge plan ${number}`, `origin/${PLAN_BRANCH}`);
      git('push', '-q', 'origin', 'main');
      Object.assign(forge.memory.pull(number), { state: 'merged', mergeCommit: world.tipOf('main') });
    };

    beforeAll(async () => {
      forge = await host.startStub();
      await world.start(host.kind);
    });

    afterAll(async () => {
      await world.close();
      await forge.close();
    });

    it('plan: one pull request with the review in a comment and its risks as labels, left alone while nothing changes', async () => {
      const run = await start({ job: 'plan', bootstrap: true });
      expect(run.exitCode, run.output).toBe(0);
      expect(run.output).toContain('Plan 1 for city-hospital: 3 new accounts');
      const labels = ['zivver: new accounts'];
      expect(forge.memory.pulls).toEqual([expect.objectContaining({ branch: PLAN_BRANCH, base: 'main', labels })]);
      const shown = lastPull()?.comments.map(({ body }) => body) ?? [];
      expect(shown).toEqual([expect.stringContaining('anna@hospital.example')]);
      const before = { tip: world.tipOf(PLAN_BRANCH), writes: forge.memory.writes.length };
      expect((await start({ job: 'plan', bootstrap: true })).output).toContain('stays as it is');
      expect({ tip: world.tipOf(PLAN_BRANCH), writes: forge.memory.writes.length }).toEqual(before);
    });

    it('review: with the tool of the target branch and without any secret; an edited plan is refused', async () => {
      git('fetch', '-q');
      const run = await start({ job: 'review', branch: PLAN_BRANCH });
      expect(run.exitCode, run.output).toBe(0);
      if (run.report !== null)
        expect(readdirSync(run.report)).toEqual([expect.stringMatching(/^city-hospital-0001-.*\.html$/)]);
      const again = await start({ job: 'review', branch: PLAN_BRANCH, folder: run.folder });
      expect(again.exitCode, `a second time on the same runner: ${again.output}`).toBe(0);
      const file = git('ls-tree', '-r', '--name-only', `origin/${PLAN_BRANCH}`, 'plans').split('\n')[1] ?? '';
      const change = (text: string): string => text.replace('3 new accounts', '1 new account');
      const branch = alterBranch(clone, { from: PLAN_BRANCH, branch: 'edited', file, change });
      const edited = await start({ job: 'review', branch });
      expect(edited.exitCode).toBe(29);
      expect(edited.output).toContain('error PLAN_REVIEW_DISAGREES');
    });

    it('apply: what was merged, once, told in the pull request, with a ledger and a history', async () => {
      mergePlan(1);
      const run = await start({ job: 'apply' });
      expect(run.exitCode, run.output).toBe(0);
      expect(lastPull()?.comments.at(-1)?.body).toContain('applied completely and confirmed');
      expect(world.sandbox.status()).toMatchObject({ users: 3, writes: 3 });
      const writes = forge.memory.writes.length;
      expect((await start({ job: 'apply' })).exitCode).toBe(0);
      expect(world.sandbox.status()).toMatchObject({ writes: 3 });
      expect(forge.memory.writes).toHaveLength(writes);
      const { stdout } = await callCli(clone, ['history', 'anna@hospital.example'], {});
      expect(stdout).toMatch(/state +active since .* by plan 0001-/);
      expect(stdout).toContain(host.runUrl);
    });

    it('apply: fails where it is refused, tells the pull request, and writes nothing', async () => {
      writePeople(people, ['anna', 'bram', 'celine', HOSTILE]);
      expect((await start({ job: 'plan' })).exitCode).toBe(0);
      mergePlan(2);
      const settings = path.join(clone, 'desired/city-hospital/organisation.yaml');
      writeFileSync(settings, `${readFileSync(settings, 'utf8')}# changed after the review\n`);
      git('commit', '-qam', 'Change the settings');
      git('push', '-q', 'origin', 'main');
      const run = await start({ job: 'apply' });
      expect(run.exitCode, run.output).toBe(27);
      expect(world.sandbox.status()).toMatchObject({ writes: 3 });
      expect(forge.memory.pulls[1]?.comments.at(-1)?.body).toContain('refused before the first write');
    });

    it('drift: one alarm for what is not well, and the job fails', async () => {
      for (let day = 1; day <= 2; day += 1) expect((await start({ job: 'drift' })).exitCode).toBeGreaterThan(0);
      expect(forge.memory.alarms.filter(({ isOpen }) => isOpen).map(({ title }) => title)).toEqual([
        'A merged plan is not applied: city-hospital',
      ]);
    });

    it('send the token to its forge only, and print no secret and no command of a log', () => {
      expect([...forge.memory.tokens]).toEqual([host.tokenSent]);
      const told = [...forge.memory.alarms, ...forge.memory.pulls.flatMap(({ comments }) => comments)];
      for (const text of [said, ...told.map(({ body }) => body)]) {
        for (const secret of [...Object.values(SECRETS), 'AGE-SECRET-KEY']) expect(text).not.toContain(secret);
        expect(text).not.toContain(HOSTILE);
      }
    });
  },
);
