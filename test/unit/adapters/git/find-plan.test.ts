import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choosePlanName, findPlanName, readAnyPlan } from '../../../../src/adapters/git/find-plan.ts';
import { GitRepository } from '../../../../src/adapters/git/repository.ts';
import { buildPlanFile } from '../../../../src/model/plan/plan-file.ts';
import { planName } from '../../../../src/model/plan/plan-name.ts';
import { formatPlanFile } from '../../../support/format-plan-file.ts';
import { buildPlan } from '../../../support/plan-builder.ts';

const ORGANISATION = 'city-hospital';

describe('a plan that somebody names', () => {
  let root = '';
  let repository: GitRepository;
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  const plans = [1, 2, 3].map((sequence) => buildPlanFile(buildPlan({ sequence }).body));
  const [pruned, second, newest] = plans.map(planName);

  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'plans-'));
    repository = new GitRepository(root);
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'a');
    git('config', 'user.email', 'a@company.org');
    for (const plan of plans) {
      const folder = path.join(root, 'plans', ORGANISATION, planName(plan));
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, 'plan.json'), formatPlanFile(plan));
      git('add', '-A');
      git('commit', '-q', '-m', `plan ${plan.body.sequence}`);
    }
    rmSync(path.join(root, 'plans', ORGANISATION, pruned ?? ''), { recursive: true });
    git('commit', '-qam', 'prune');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it.each([
    ['its number', '2'],
    ['its number with zeros', '0002'],
    ['its name', second ?? ''],
    ['its digest', plans[1]?.digest ?? ''],
    ['the beginning of its digest', second?.slice(5, 11) ?? ''],
  ])('is found by %s', async (_, given) => {
    expect(await findPlanName(repository, ORGANISATION, given)).toBe(second);
  });

  it('is the newest if nobody names one', async () => {
    expect(await choosePlanName(repository, ORGANISATION, undefined)).toBe(newest);
  });

  it('is read from the work tree, and from git once it was pruned', async () => {
    const name = await findPlanName(repository, ORGANISATION, '1');
    expect(name).toBe(pruned);
    expect(await readAnyPlan(repository, ORGANISATION, name)).toEqual({
      plan: plans[0],
      commit: git('rev-parse', 'HEAD~3'),
    });
    expect((await readAnyPlan(repository, ORGANISATION, second ?? '')).commit).toBeNull();
  });

  it('is refused with 20 if there never was one', async () => {
    for (const given of ['7', 'abcdef0123', 'nothing'])
      await expect(findPlanName(repository, ORGANISATION, given)).rejects.toMatchObject({ code: 'PLAN_MISSING' });
    await expect(readAnyPlan(repository, ORGANISATION, '0009-01234567')).rejects.toMatchObject({
      code: 'PLAN_MISSING',
    });
  });
});
