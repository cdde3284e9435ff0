import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { GitRepository } from '../../../../src/adapters/git/repository.ts';
import { commitPlan } from '../../../../src/operations/proposal/plan-commit.ts';
import { FixtureGit } from '../../../support/e2e/fixture-git.ts';

it('the commit of a plan has its desired files, and neither the configuration nor files of sources', async () => {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'plan-commit-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const git = new FixtureGit(folder);
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  };
  await git.call('init', '--quiet', '--initial-branch', 'main');
  await write('desired/office/organisation.yaml', 'a');
  await write('desired/office/users/gone@company.org.yaml', 'a');
  await write('desired/office/accounts/info.yaml', 'a');
  await git.commitAll('Start');
  await rm(path.join(folder, 'desired/office/users'), { recursive: true });
  await write('desired/office/organisation.yaml', 'changed');
  await write('desired/office/accounts/info.yaml', 'changed');
  await write('desired/office/people.xlsx', 'personal data');
  await write('desired/office/functional/info@company.org.yaml', 'b');
  await write('plans/office/0001-aaaaaaaa/plan.json', '{}');
  const commit = await commitPlan(new GitRepository(folder), {
    organisation: 'office',
    name: '0001-aaaaaaaa',
    base: await git.call('rev-parse', 'HEAD'),
    message: 'Plan 1',
    author: { name: 'Planner', address: 'planner@company.org' },
  });
  expect((await git.call('diff', '--name-status', 'HEAD', commit)).split('\n')).toEqual([
    'A\tdesired/office/functional/info@company.org.yaml',
    'D\tdesired/office/users/gone@company.org.yaml',
    'A\tplans/office/0001-aaaaaaaa/plan.json',
  ]);
});
